// The runtime's clock: freeze it, or let time pass.

import { h } from './view.js';
import { act, get, unread } from './api.js';
import { badge, button, cli, failure, say } from './parts.js';

const PERIOD = 1000;
const STEPS = [['1 minute', 'PT1M', '1m'], ['1 hour', 'PT1H', '1h'], ['1 day', 'P1D', '1d'], ['1 week', 'P7D', '7d']];

let app = null;
let now = null;
/** The failure of the latest action, which stays until the next one, and that of the latest read. */
let error = null;
let readError = null;
let working = false;

async function read() {
  try {
    now = await get('/_ingest/clock');
    readError = null;
  } catch (failed) {
    readError = unread(failed);
  }
  app.redraw();
}

async function change(body, said) {
  working = true;
  app.redraw();
  try {
    now = await act('POST', '/_ingest/clock', body);
    error = null;
    say(said);
  } catch (failed) {
    error = failed;
  }
  working = false;
  await read();
}

const frozen = () => Boolean(now?.frozen);

export default {
  title: 'Clock',
  async start(shellApp) {
    app = shellApp;
    error = readError = null;
    await read();
  },
  period: PERIOD,
  refresh: () => working || read(),
  view() {
    if (!now) return h('div', null, h('h1', null, 'Clock'), failure(error ?? readError));
    return h('div', null,
      h('div', { class: 'title' }, h('h1', null, 'Clock'), badge(frozen() ? 'frozen' : 'running', frozen() ? 'busy' : 'good')),
      failure(error ?? readError),
      h('p', { class: 'big' }, String(now.now ?? now.time ?? '').replace('T', ' ').replace(/\.\d+/, '')),
      h('div', { class: 'bar' },
        frozen() ? button('Resume', () => change({ action: 'resume' }, 'the clock runs')) : button('Freeze', () => change({ action: 'freeze' }, 'the clock is frozen')),
        STEPS.map(([name, by]) => button(`Advance ${name}`, () => change({ action: 'advance', by }, `${name} later`), { disabled: working }))),
      h('p', { class: 'muted' }, app.status?.attachedTo
        ? `The clock is that of this runtime: advancing it runs its retries and windows that become due. Records, messages and items keep the time of ${app.status.attachedTo}.`
        : 'Advancing the clock runs everything that becomes due: schedules, retries, expiry of records, messages and items.'),
      cli(frozen() ? 'ingest-cli clock resume' : 'ingest-cli clock freeze'), cli('ingest-cli clock advance 1h'));
  },
};
