// Functions: state, invocations, cold starts, memory, output, reload, and an invocation by hand.

import { h } from './view.js';
import { ApiError, act, get, getLines, invocation, unread } from './api.js';
import { badge, button, cli, code, count, empty, failure, say, table } from './parts.js';
import { clock, millis, option, pretty, shell } from './format.js';

const PERIOD = 1000;
const MAX_LINES = 500;
const MAX_REPORTS = 20;
const REPORT = /^REPORT RequestId: (\S+)\tDuration: ([\d.]+) ms\t.*?Max Memory Used: (\d+) MB(?:.*?Init Duration: ([\d.]+) ms)?(?:.*?Status: (\S+))?/;

let app = null;
let rates = null;
let chosen = null;
let lines = [];
let lastLine = 0;
let startedAt = null;
let event = '{}';
let saved = [];
let name = '';
let result = null;
/** The failure of the latest action, which stays until the next one, and that of the latest read. */
let error = null;
let readError = null;
let working = false;

async function read() {
  if (app.status?.console) return;
  try {
    rates = await get('/_ingest/rates');
    const fresh = await getLines(`/_ingest/logs?after=${lastLine}`);
    if (fresh.length > 0) {
      lastLine = fresh[fresh.length - 1].number;
      lines = [...lines, ...fresh].slice(-20 * MAX_LINES);
    }
    readError = null;
  } catch (failed) {
    readError = unread(failed);
  }
  app.redraw();
}

/** A runtime that has started again numbers its lines from 1. */
function forgetAnotherRuntimesLines() {
  if (startedAt === app.status?.startedAt) return;
  startedAt = app.status?.startedAt;
  lines = [];
  lastLine = 0;
}

async function invoke() {
  const function_ = chosen;
  working = true;
  app.redraw();
  try {
    const began = performance.now();
    const { ok, status, headers, text } = await invocation(function_, event);
    if (!ok) throw new ApiError(status, text);
    result = { function: function_, text, failed: headers.get('X-Amz-Function-Error'), millis: performance.now() - began };
    error = null;
  } catch (failed) {
    error = failed;
  }
  working = false;
  await read();
}

async function reload() {
  try {
    await act('POST', `/_ingest/functions/${encodeURIComponent(chosen)}/reload`);
    say(`${chosen} is reloading`);
    error = null;
  } catch (failed) {
    error = failed;
  }
  await read();
}

function choose(function_) {
  chosen = function_;
  saved = readSaved();
  app.redraw();
}

const key = () => `events of ${chosen}`;

/** Returns the events that this browser keeps for the function. */
function readSaved() {
  try {
    const kept = JSON.parse(localStorage.getItem(key()) ?? '[]');
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

function keep(events, said) {
  try {
    localStorage.setItem(key(), JSON.stringify(events));
    saved = events;
    say(said);
  } catch {
    error = new Error('the browser has no space for the event: delete others, or keep it in a file for ingest-cli invoke --event');
  }
  app.redraw();
}

const saveEvent = () => keep([...saved.filter(one => one.name !== name), { name, event }], `${name} saved in this browser`);

function deleteEvent() {
  keep(saved.filter(one => one.name !== name), `${name} deleted`);
  name = '';
}

function load(wanted) {
  name = wanted;
  event = saved.find(one => one.name === wanted)?.event ?? event;
  app.redraw();
}

/** Returns the latest invocations of a function, newest first, read from their REPORT lines. */
const reports = function_ => lines.filter(line => line.function === function_ && line.source === 'platform')
  .map(line => [line, REPORT.exec(line.text)]).filter(([, found]) => found).slice(-MAX_REPORTS).reverse()
  .map(([line, [, requestId, duration, memory, init, status]]) => ({ at: line.at, requestId, duration: Number(duration), memory: Number(memory), init: init && Number(init), status }));

function row(state) {
  const work = rates?.functions[state.name];
  const [last] = reports(state.name);
  return h('tr', { key: state.name },
    h('td', null, h('button', { type: 'button', class: 'link mono', 'aria-pressed': String(chosen === state.name), onclick: () => choose(state.name) }, state.name)),
    h('td', null, badge(state.state, state.state === 'failed' ? 'bad' : state.state === 'running' ? 'good' : 'calm')),
    app.status.console ? settings(state) : figures(state, work, last));
}

/** Shows how a function at another endpoint is set up; its counts are not known here. */
const settings = state => [h('td', null, state.runtime ?? '–'), h('td', { class: 'mono' }, state.handler ?? '–'),
  h('td', { class: 'number nowrap' }, `${count(state.memoryMb)} MB`), h('td', { class: 'number nowrap' }, `${count(state.timeoutSeconds)} s`)];

const figures = (state, work, last) => [
    h('td', { class: 'number' }, count(work?.invocations)), h('td', { class: 'number' }, count(work?.errors)),
    h('td', { class: 'number' }, millis(work?.p50)), h('td', { class: 'number' }, millis(work?.p99)),
    h('td', { class: 'number' }, count(work?.coldStarts)),
    h('td', { class: 'number nowrap' }, last ? `${count(last.memory)} of ${count(state.memoryMb)} MB` : `${count(state.memoryMb)} MB`), h('td', { class: 'number' }, state.environments),
    h('td', { class: 'number' }, state.debugPort ?? '–')];

function invocations() {
  const latest = reports(chosen);
  if (latest.length === 0) return null;
  const number = text => ({ text, class: 'number' });
  return h('section', null, h('h2', null, `Latest invocations of ${chosen}`),
    table('Latest invocations', ['Ended', 'Request', number('Duration'), number('Loading'), number('Memory'), 'Result'], latest.map(report => ({ key: `${report.requestId} ${report.at}`, cells: [
      clock(report.at), h('span', { class: 'mono' }, report.requestId), millis(report.duration), report.init ? millis(report.init) : '–', `${count(report.memory)} MB`, report.status ?? 'answered'] }))));
}

function output() {
  const own = lines.filter(line => line.function === chosen).slice(-MAX_LINES);
  return h('section', null, h('h2', null, `Output of ${chosen}`), own.length === 0 ? h('p', { class: 'muted' }, 'No output yet') : h('div', { class: 'log', tabindex: 0, role: 'region', 'aria-label': 'Output' },
    own.map(line => h('div', { key: line.number }, h('span', { class: 'muted' }, clock(line.at)), ' ', line.text))), cli(`ingest-cli logs -f ${shell(chosen)}`));
}

function savedEvents() {
  return h('div', { class: 'bar' },
    saved.length > 0 && h('select', { 'aria-label': 'Saved event', onchange: input => load(input.target.value) },
      h('option', { value: '' }, 'Saved events'), saved.map(one => h('option', { value: one.name, selected: one.name === name }, one.name))),
    h('input', { 'aria-label': 'Name of the event', placeholder: 'name', value: name, oninput: input => { name = input.target.value.trim(); app.redraw(); } }),
    button('Save event', saveEvent, { disabled: name === '' }),
    saved.some(one => one.name === name) && button('Delete event', deleteEvent));
}

function one() {
  const state = app.status.functions.find(candidate => candidate.name === chosen);
  if (!state) return null;
  return h('div', { class: 'columns' },
    !app.status.console && h('div', null, output(),
      h('section', null, h('h2', null, 'Code'),
        h('p', { class: 'muted' }, 'New code is loaded when its file changes. Reload also restarts unchanged code.'),
        h('div', { class: 'bar' }, button('Reload', reload)), cli(`ingest-cli reload ${shell(chosen)}`))),
    !app.status.console?.readOnly && h('section', null, h('h2', null, 'Invoke'),
      state.error && h('p', { class: 'failure' }, state.error), state.codeError && h('p', { class: 'failure' }, state.codeError),
      h('textarea', { rows: 8, 'aria-label': 'Event', spellcheck: 'false', value: event, oninput: input => { event = input.target.value; app.redraw(); } }),
      savedEvents(),
      h('div', { class: 'bar' }, button(working ? 'Running' : 'Invoke', invoke, { class: 'accent', disabled: working })),
      result?.function === chosen && h('div', { class: 'result' }, h('p', { class: result.failed ? 'failure' : 'muted' }, result.failed ? `error: ${result.failed}` : `answered in ${millis(result.millis)}`), code(pretty(result.text), 'Answer')),
      cli(`ingest-cli invoke ${shell(chosen)} ${option('--data', event)}`)));
}

export default {
  title: 'Functions',
  async start(shellApp) {
    app = shellApp;
    error = readError = null;
    forgetAnotherRuntimesLines();
    chosen ??= app.status?.functions?.[0]?.name ?? null;
    saved = readSaved();
    await read();
  },
  period: PERIOD,
  refresh: read,
  view() {
    const functions = app.status?.functions ?? [];
    const number = text => h('th', { scope: 'col', class: 'number' }, text);
    return h('div', null, h('div', { class: 'title' }, h('h1', null, 'Functions'), h('span', { class: 'muted' }, app.status?.console ? 'what the endpoint knows; counts and output are in CloudWatch' : 'every invocation of the last 15 minutes, whatever caused it')),
      failure(error ?? readError),
      functions.length === 0 ? empty('The stack has no function') : h('div', { class: 'scroll card', tabindex: 0, role: 'region', 'aria-label': 'Functions' }, h('table', null,
        h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Function'), h('th', { scope: 'col' }, 'State'), app.status.console
          ? [h('th', { scope: 'col' }, 'Runtime'), h('th', { scope: 'col' }, 'Handler'), number('Memory'), number('Timeout')]
          : ['Invocations', 'Failed', 'p50', 'p99', 'Cold starts', 'Memory', 'Environments', 'Debug port'].map(number))),
        h('tbody', null, functions.map(row)))),
      one(), !app.status?.console && invocations());
  },
};
