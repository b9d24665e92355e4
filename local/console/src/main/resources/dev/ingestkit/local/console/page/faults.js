// Faults: make a stage fail by rule, and see how often it has failed.

import { h } from './view.js';
import { act, get, unread } from './api.js';
import { button, cli, count, empty, failure, say, table } from './parts.js';
import { shell } from './format.js';

const PERIOD = 1000;
let app = null;
let faults = [];
let stages = {};
/** The failure of the latest action, which stays until the next one, and that of the latest read. */
let error = null;
let readError = null;
let stage = 'dynamodb';
let kind = 'throttle';
let rate = '0.1';
let match = '';

const specification = () => [`${stage}:${kind}`, rate === '' || rate === '1' ? '' : `rate=${rate}`, match === '' ? '' : `match=${match}`].filter(Boolean).join(',');

async function read() {
  try {
    const answer = await get('/_ingest/faults');
    faults = answer.faults;
    stages = answer.stages;
    // Another endpoint does the work of the other stages while the runtime is attached to it.
    if (!(stage in stages)) {
      stage = Object.keys(stages)[0];
      kind = stages[stage][0];
    }
    readError = null;
  } catch (failed) {
    readError = unread(failed);
  }
  app.redraw();
}

async function change(method, body, said) {
  try {
    faults = (await act(method, '/_ingest/faults', body)).faults;
    error = null;
    say(said);
  } catch (failed) {
    error = failed;
  }
  app.redraw();
}

const field = (label, control) => h('label', { class: 'field' }, h('span', null, label), control);

export default {
  title: 'Faults',
  async start(shellApp) {
    app = shellApp;
    error = readError = null;
    await read();
  },
  period: PERIOD,
  refresh: read,
  view() {
    return h('div', null,
      h('h1', null, 'Faults'),
      failure(error ?? readError),
      app.status?.attachedTo && h('p', { class: 'muted' }, `Calls of the other stages are answered by ${app.status.attachedTo}, where no fault can be injected.`),
      h('section', null, h('h2', null, 'Inject a fault'), h('div', { class: 'bar form' },
        field('Stage', h('select', { 'aria-label': 'Stage', onchange: event => { stage = event.target.value; kind = stages[stage].includes(kind) ? kind : stages[stage][0]; app.redraw(); } },
          Object.keys(stages).map(name => h('option', { value: name, selected: name === stage }, name)))),
        field('Kind', h('select', { 'aria-label': 'Kind', onchange: event => { kind = event.target.value; app.redraw(); } },
          (stages[stage] ?? []).map(name => h('option', { key: `${stage} ${name}`, value: name, selected: name === kind }, name)))),
        field('Rate', h('input', { 'aria-label': 'Rate', value: rate, inputmode: 'decimal', size: 5, oninput: event => { rate = event.target.value; app.redraw(); } })),
        field('Only targets like', h('input', { 'aria-label': 'Only targets like', value: match, placeholder: 'any; * is any text', oninput: event => { match = event.target.value; app.redraw(); } })),
        button('Inject', () => change('POST', { faults: [specification()] }, `${specification()} is active`), { class: 'accent' })),
      cli(`ingest-cli faults set ${shell(specification())}`)),
      faults.length === 0 ? empty('No fault is active', 'A fault makes a stage throttle, fail or wait, at the rate that it names.') : h('section', null,
        h('h2', null, 'Active faults'),
        table('Active faults', ['Fault', { text: 'Calls', class: 'number' }, { text: 'Injected', class: 'number' }],
          faults.map(fault => ({ key: fault.fault, cells: [h('code', null, fault.fault), count(fault.calls), count(fault.hits)] }))),
        h('div', { class: 'bar' }, button('Clear all', () => change('DELETE', undefined, 'all faults cleared')))),
      cli('ingest-cli faults clear'));
  },
};
