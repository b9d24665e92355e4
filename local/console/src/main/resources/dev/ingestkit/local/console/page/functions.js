// Functions: state, invocations, durations, output, and an invocation by hand.

import { h } from './view.js';
import { ApiError, get, lambda } from './api.js';
import { badge, button, cli, code, count, empty, failure } from './parts.js';
import { clock, millis, pretty, shell } from './format.js';

const PERIOD = 1000;
const MAX_LINES = 500;

let app = null;
let rates = null;
let chosen = null;
let lines = [];
let lastLine = 0;
let event = '{}';
let result = null;
let error = null;
let working = false;
let timer = null;

async function read() {
  if (app.status?.console) return;
  try {
    rates = await get('/_ingest/rates');
    const text = await (await fetch(`/_ingest/logs?after=${lastLine}`)).text();
    const fresh = text.split('\n').filter(Boolean).map(line => JSON.parse(line));
    if (fresh.length > 0) {
      lastLine = fresh[fresh.length - 1].number;
      lines = [...lines, ...fresh].slice(-20 * MAX_LINES);
    }
  } catch (failed) {
    error = app.lost ? null : failed;
  }
  app.redraw();
}

async function invoke() {
  working = true;
  app.redraw();
  try {
    const began = performance.now();
    const response = await lambda('POST', `functions/${encodeURIComponent(chosen)}/invocations`, event);
    const text = await response.text();
    if (!response.ok) throw new ApiError(response.status, text);
    result = { text, failed: response.headers.get('X-Amz-Function-Error'), millis: performance.now() - began };
    error = null;
  } catch (failed) {
    error = failed;
  }
  working = false;
  await read();
}

function row(state) {
  const work = rates?.functions[state.name];
  return h('tr', { key: state.name },
    h('td', null, h('button', { type: 'button', class: 'link mono', 'aria-pressed': String(chosen === state.name), onclick: () => { chosen = state.name; result = null; app.redraw(); } }, state.name)),
    h('td', null, badge(state.state, state.state === 'failed' ? 'bad' : state.state === 'running' ? 'good' : 'calm')),
    h('td', { class: 'number' }, count(work?.invocations)), h('td', { class: 'number' }, count(work?.errors)),
    h('td', { class: 'number' }, millis(work?.p50)), h('td', { class: 'number' }, millis(work?.p99)),
    h('td', { class: 'number' }, `${count(state.memoryMb)} MB`), h('td', { class: 'number' }, state.environments),
    h('td', { class: 'number' }, state.debugPort ?? '–'));
}

function one() {
  const state = app.status.functions.find(candidate => candidate.name === chosen);
  if (!state) return null;
  const own = lines.filter(line => line.function === chosen).slice(-MAX_LINES);
  return h('div', { class: 'columns' },
    !app.status.console && h('section', null, h('h2', null, `Output of ${chosen}`), own.length === 0 ? h('p', { class: 'muted' }, 'No output yet') : h('div', { class: 'log', tabindex: 0, role: 'region', 'aria-label': 'Output' },
      own.map(line => h('div', { key: line.number }, h('span', { class: 'muted' }, clock(line.at)), ' ', line.text))), cli(`ingest-cli logs -f ${shell(chosen)}`)),
    !app.status.console?.readOnly && h('section', null, h('h2', null, 'Invoke'),
      state.error && h('p', { class: 'failure' }, state.error), state.codeError && h('p', { class: 'failure' }, state.codeError),
      h('textarea', { rows: 8, 'aria-label': 'Event', spellcheck: 'false', value: event, oninput: input => { event = input.target.value; app.redraw(); } }),
      h('div', { class: 'bar' }, button(working ? 'Running' : 'Invoke', invoke, { class: 'accent', disabled: working })),
      result && h('div', { class: 'result' }, h('p', { class: result.failed ? 'failure' : 'muted' }, result.failed ? `error: ${result.failed}` : `answered in ${millis(result.millis)}`), code(pretty(result.text), 'Answer')),
      cli(`ingest-cli invoke ${shell(chosen)} --data ${shell(event)}`)));
}

export default {
  title: 'Functions',
  async start(shellApp) {
    app = shellApp;
    error = null;
    chosen ??= app.status?.functions?.[0]?.name ?? null;
    await read();
    clearInterval(timer);
    timer = setInterval(() => document.hidden || read(), PERIOD);
  },
  stop() {
    clearInterval(timer);
  },
  view() {
    const functions = app.status?.functions ?? [];
    const number = text => h('th', { scope: 'col', class: 'number' }, text);
    return h('div', null, h('div', { class: 'title' }, h('h1', null, 'Functions'), h('span', { class: 'muted' }, app.status?.console ? 'what the endpoint knows; counts and output are in CloudWatch' : 'figures of the last 15 minutes; new code is loaded automatically')),
      failure(error),
      functions.length === 0 ? empty('The stack has no function') : h('div', { class: 'scroll card', tabindex: 0, role: 'region', 'aria-label': 'Functions' }, h('table', null,
        h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Function'), h('th', { scope: 'col' }, 'State'), number('Invocations'), number('Failed'), number('p50'), number('p99'), number('Memory'), number('Environments'), number('Debug port'))),
        h('tbody', null, functions.map(row)))),
      one());
  },
};
