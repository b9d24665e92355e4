// Dead letters: parked by a function, with their payload, on-failure from a mapping, with their range, and messages that a
// queue's redrive policy moved.

import { h } from './view.js';
import { act, get, receive, sqs, textOf, unread } from './api.js';
import { DEAD_LETTERS, explained, parse, recordsOf } from './deadletter.js';
import { diff } from './diff.js';
import { linesOf, save } from './drain.js';
import { send } from './redrive.js';
import { badge, button, cli, code, count, empty, failure, say } from './parts.js';
import { moment, named, pretty, several, shell, size } from './format.js';

const PERIOD = 2000;
/** The records of a batch that an opened dead letter shows. */
const MAX_SHOWN = 20;
const LIMIT = 1000;
/** The messages that a line of the tool names. */
const MAX_NAMED = 20;

let app = null;
let queue = null;
let queues = [];
let messages = [];
/** The failure of the latest action, which stays until the next one, and that of the latest read. */
let error = null;
let readError = null;
let filter = '';
let selected = new Set();
let openId = null;
let records = null;
let editing = null;
let plan = null;
let purging = null;
/** The messages whose records are in the file that was saved last. */
let drained = null;
/** The drain whose records are being read: nothing is deleted before its file is saved. */
let draining = null;
let working = false;
/** The route of a redrive: 'invoke' gives the function the records as they were, 'stream' puts them as the newest. */
let via = 'invoke';
/** Whether messages are read by receiving them, at the user's word only: the queue is at another endpoint. */
let remote = false;
let received = false;

/** Returns the queues that receive dead letters; all queues where the template names none. */
async function findQueues() {
  const graph = await get('/_ingest/stack');
  const targets = new Set(graph.edges.filter(edge => DEAD_LETTERS.has(edge.kind)).map(edge => edge.to));
  const all = graph.nodes.filter(node => node.kind === 'queue');
  const chosen = all.filter(node => targets.has(node.id));
  queues = (chosen.length > 0 ? chosen : all).map(node => node.name);
  queue = queues.includes(queue) ? queue : queues[0] ?? null;
}

async function read() {
  if (queue === null || working || remote) return;
  const asked = queue;
  try {
    const answer = await get(`/_ingest/queues/${encodeURIComponent(asked)}/messages?limit=${LIMIT}`);
    // The messages of a queue that is not shown any more would be redriven and deleted in another one.
    if (asked !== queue || working) return;
    const found = await explained(answer.messages.map(parse));
    if (asked !== queue || working) return;
    messages = found;
    const held = new Set(messages.map(message => message.id));
    selected = new Set([...selected].filter(id => held.has(id)));
    readError = null;
  } catch (failed) {
    if (asked !== queue) return;
    readError = unread(failed);
  }
  app.redraw();
}

async function receiveAll() {
  const asked = queue;
  working = true;
  app.redraw();
  try {
    const all = (await receive(url(), LIMIT)).map(parse);
    const found = app.status?.console ? all : await explained(all);
    if (asked === queue) {
      messages = found;
      received = true;
      error = null;
    }
  } catch (failed) {
    if (asked === queue) error = failed;
  }
  working = false;
  app.redraw();
}

const url = () => app.status.queues.find(candidate => candidate.name === queue).url;

/** Deletes a message once its records are redriven. */
const remove = message => remote ? sqs('DeleteMessage', { QueueUrl: url(), ReceiptHandle: message.receipt }) : act('DELETE', `/_ingest/queues/${encodeURIComponent(queue)}/messages/${encodeURIComponent(message.id)}`);

async function redrive(chosen, edited) {
  working = true;
  plan = null;
  let done = 0;
  try {
    for (const message of chosen) {
      const entries = await recordsOf(message);
      if (edited !== undefined) entries[0].bytes = new TextEncoder().encode(edited);
      await send(entries, via, app.status?.mappings ?? []);
      await remove(message);
      if (remote) messages = messages.filter(other => other !== message);
      done += entries.length;
    }
    say(`${several(done, 'record')} redriven`);
    editing = null;
    openId = null;
    error = null;
  } catch (failed) {
    error = new Error(`${several(done, 'record')} redriven, then: ${failed.message}`);
  }
  working = false;
  await read();
}

/** Reads what a redrive would send, and changes nothing. */
async function dryRun(chosen) {
  const started = { messages: chosen, records: 0, bytes: 0, failures: [] };
  plan = started;
  for (const message of chosen) {
    try {
      const entries = await recordsOf(message);
      started.records += entries.length;
      started.bytes += entries.reduce((sum, entry) => sum + entry.bytes.length, 0);
    } catch (failed) {
      started.failures.push(`${message.key || message.id}: ${failed.message}`);
    }
    if (plan !== started) return;
  }
  app.redraw();
}

async function open(message) {
  openId = openId === message.id ? null : message.id;
  editing = records = error = null;
  app.redraw();
  if (openId === null) return;
  try {
    const found = await recordsOf(message);
    if (openId !== message.id) return;
    records = found;
  } catch (failed) {
    if (openId !== message.id) return;
    records = [];
    if (message.kind !== 'other') error = failed;
  }
  app.redraw();
}

/** Saves the records as lines that send accepts. The browser does not tell when a file is on the disk, so the messages stay. */
async function drain(chosen) {
  const lines = [];
  const started = { messages: [], records: 0, failures: [] };
  draining = started;
  drained = null;
  for (const message of chosen) {
    try {
      const entries = await recordsOf(message);
      lines.push(...linesOf(message, entries));
      started.messages.push(message);
    } catch (failed) {
      started.failures.push(`${message.key || message.id}: ${failed.message}`);
    }
    if (draining !== started) return;
  }
  if (lines.length > 0) save(lines, `${queue}.ndjson`);
  started.records = lines.length;
  draining = null;
  drained = started;
  app.redraw();
}

async function removeDrained() {
  working = true;
  let done = 0;
  try {
    for (const message of drained.messages) {
      await remove(message);
      if (remote) messages = messages.filter(other => other !== message);
      done++;
    }
    say(`${several(done, 'message')} drained`);
    drained = error = null;
  } catch (failed) {
    error = new Error(`${several(done, 'message')} deleted, then: ${failed.message}`);
  }
  working = false;
  await read();
}

async function purge() {
  const asked = queue;
  try {
    await sqs('PurgeQueue', { QueueUrl: url() });
    say(`${asked} purged`);
    if (asked !== queue) return;
    if (remote) messages = [];
    purging = null;
    error = null;
  } catch (failed) {
    if (asked !== queue) return say(`${asked} not purged: ${failed.message}`, 'bad');
    error = failed;
  }
  await read();
}

/** Shows another queue, without what was begun in the one before. */
function choose(name) {
  queue = name;
  messages = [];
  received = false;
  plan = draining = drained = purging = editing = records = openId = error = readError = null;
  read();
}

/** Says how many messages the queue holds: of one at another endpoint, what the endpoint counts, beside those that were read. */
function amount() {
  const counted = app.status?.queues.find(candidate => candidate.name === queue);
  // Messages that are being read are hidden, so that the endpoint counts them as in flight.
  if (remote) return `${received ? `${count(messages.length)} read of ` : ''}about ${count((counted?.visible ?? 0) + (counted?.inFlight ?? 0))} in ${queue}`;
  return `${count(messages.length)}${messages.length === LIMIT ? ' or more' : ''} in ${queue}`;
}

const matching = () => messages.filter(message => filter === ''
  || `${message.kind} ${message.reason} ${message.key} ${message.id} ${message.body}`.toLowerCase().includes(filter.toLowerCase()));

/** Returns a line of the tool, which has to be told the queue where the stack has several for dead letters. */
const dlq = (...words) => ['ingest-cli dlq', ...words, ...(queues.length > 1 ? ['--queue', shell(queue)] : [])].join(' ');

/** Returns the option of the route, which a message that returns to its queue does not take. */
const route = some => (via === 'stream' && some.some(message => message.kind !== 'message') ? ['--via stream'] : []);

/** Returns the tool's line for the messages that the button would redrive: without ids it redrives all of the queue. */
function redriveLine(shown) {
  const chosen = messages.filter(message => selected.has(message.id));
  const some = plan?.messages ?? (chosen.length > 0 ? chosen : shown);
  const all = some.length === messages.length || some.length === 0;
  if (!all && some.length > MAX_NAMED) return null;
  const ids = all ? [] : some.map(message => message.id.slice(0, 8));
  return dlq('redrive', ...ids, ...(plan ? [] : ['--dry-run']), ...route(some));
}

/** Shows the records that the message of a batch stands for. */
function batch(message) {
  return h('div', null,
    h('p', null, `${count(records.length)} of ${count(message.records)} records of ${message.key} can still be read from the stream`,
      records.length > MAX_SHOWN ? `; these are the first ${MAX_SHOWN}:` : records.length > 0 ? ':' : '.'),
    records.slice(0, MAX_SHOWN).map(entry => {
      const text = textOf(entry.bytes);
      return h('div', { key: entry.number }, h('p', { class: 'mono' }, remote ? entry.key : h('a', { href: `#/events?${new URLSearchParams({ text: entry.number })}` }, entry.key)),
        code(text === null ? `${size(entry.bytes.length)} that are not text` : pretty(text), `Payload of ${entry.key}`));
    }));
}

function detail(message) {
  const text = records?.length === 1 ? textOf(records[0].bytes) : null;
  return h('tr', { key: `${message.id} open` }, h('td', { colspan: 6, class: 'inside' },
    records === null ? h('p', { class: 'muted' }, 'Reading the records')
      : message.kind === 'on-failure' ? batch(message)
        : text === null ? code(message.body, 'Message')
          : editing === null ? code(pretty(text), 'Payload')
            : h('div', { class: 'columns' },
              h('textarea', { rows: 10, 'aria-label': 'Edited payload', spellcheck: 'false', value: editing, oninput: event => { editing = event.target.value; app.redraw(); } }),
              h('div', { class: 'diff', role: 'img', 'aria-label': 'Difference of the edited payload' }, diff(pretty(text), editing).map(([mark, line]) =>
                h('div', { class: mark === '+' ? 'added' : mark === '-' ? 'removed' : '' }, `${mark} ${line}`)))),
    h('div', { class: 'bar' },
      message.kind === 'other' || app.status?.console?.readOnly ? null : editing === null
        ? button('Redrive', () => redrive([message]), { disabled: working })
        : button('Redrive edited', () => redrive([message], editing), { class: 'accent', disabled: working }),
      text !== null && ['parked', 'message'].includes(message.kind) && (editing === null
        ? button('Edit', () => { editing = pretty(text); app.redraw(); })
        : button('Cancel', () => { editing = null; app.redraw(); }))),
    cli(dlq(editing === null ? 'redrive' : 'edit', message.id.slice(0, 8), ...route([message])))));
}

function row(message) {
  const chosen = selected.has(message.id);
  const toggle = () => {
    if (chosen) selected.delete(message.id);
    else selected.add(message.id);
    app.redraw();
  };
  return h('tr', { key: message.id },
    h('td', null, h('input', { type: 'checkbox', checked: chosen, onchange: toggle, 'aria-label': `Select ${named(message.key || message.id)}` })),
    h('td', { class: 'nowrap' }, moment(message.sentAt)),
    h('td', null, badge(message.kind, message.kind === 'other' ? 'calm' : 'bad')),
    h('td', { class: 'mono' }, h('button', { type: 'button', class: 'link', 'aria-expanded': String(openId === message.id), onclick: () => open(message) }, named(message.key || message.id))),
    h('td', { class: 'number' }, count(message.records)),
    h('td', { class: 'reason' }, message.reason));
}

/** Says where a redrive sends the records of messages. */
function destination(some) {
  const moved = [...new Set(some.filter(message => message.kind === 'message').map(message => message.movedFrom.split(':').pop()))];
  const others = some.some(message => message.kind !== 'message');
  return [others && (via === 'stream' ? 'to the stream again' : 'to the function'), moved.length > 0 && `back to ${moved.join(', ')}`].filter(Boolean).join(', or ');
}

function planned() {
  if (!plan) return null;
  return h('div', { class: 'plan', role: 'status' },
    h('p', null, `Dry run: ${several(plan.messages.length, 'message')}, ${several(plan.records, 'record')}, ${size(plan.bytes)} would go ${destination(plan.messages)}.`),
    plan.failures.map(text => h('p', { class: 'failure' }, text)),
    h('div', { class: 'bar' },
      button(`Redrive ${count(plan.messages.length)}`, () => redrive(plan.messages), { class: 'accent', disabled: working || plan.records === 0 }),
      button('Cancel', () => { plan = null; app.redraw(); })));
}

function confirmDrained() {
  if (!drained) return null;
  const number = drained.messages.length;
  return h('div', { class: 'plan', role: 'status' },
    h('p', null, `${several(drained.records, 'record')} of ${several(number, 'message')} saved as ${queue}.ndjson, which send accepts. The queue holds them until they are deleted.`),
    drained.failures.map(text => h('p', { class: 'failure' }, text)),
    cli(dlq('drain', shell(`${queue}.ndjson`))),
    h('div', { class: 'bar' },
      number > 0 && !app.status?.console?.readOnly && button(`Delete ${count(number)} saved`, removeDrained, { class: 'danger', disabled: working }),
      button('Keep', () => { drained = null; app.redraw(); })));
}

function confirmPurge() {
  if (purging === null) return null;
  return h('div', { class: 'plan' },
    cli(dlq('purge')),
    h('p', null, `This deletes every message of the queue. Type its name to confirm: ${queue}`),
    h('div', { class: 'bar' },
      h('input', { 'aria-label': 'Name of the queue', size: Math.max(20, queue.length), value: purging, oninput: event => { purging = event.target.value; app.redraw(); } }),
      button('Purge', purge, { class: 'danger', disabled: purging !== queue }),
      button('Cancel', () => { purging = null; app.redraw(); })));
}

function actions(shown) {
  const chosen = messages.filter(message => selected.has(message.id));
  return h('div', { class: 'bar' },
    h('input', { type: 'search', 'aria-label': 'Filter dead letters', placeholder: 'Filter by reason, key or text', value: filter,
      oninput: event => { filter = event.target.value; plan = null; app.redraw(); } }),
    queues.length > 1 && h('select', { 'aria-label': 'Queue', disabled: working, onchange: event => choose(event.target.value) },
      queues.map(name => h('option', { value: name, selected: name === queue }, name))),
    !app.status?.console?.readOnly && (messages.length === 0 || messages.some(message => message.kind !== 'message')) && h('select', { 'aria-label': 'Route of a redrive', onchange: event => { via = event.target.value; plan = null; app.redraw(); } },
      [['invoke', 'to the function, as they were'], ['stream', 'to the stream, as the newest']].map(([value, text]) => h('option', { value, selected: value === via }, text))),
    !app.status?.console?.readOnly && button(chosen.length > 0 ? `Redrive ${count(chosen.length)} selected` : `Redrive ${count(shown.length)} shown`,
      () => dryRun(chosen.length > 0 ? chosen : shown), { disabled: working || shown.length === 0 }),
    button('Drain to a file', () => drain(chosen.length > 0 ? chosen : shown), { disabled: shown.length === 0 }),
    !app.status?.console?.readOnly && button('Purge', () => { purging = ''; app.redraw(); }, { class: 'danger', disabled: messages.length === 0 }));
}

export default {
  title: 'Dead letters',
  async start(shellApp, place) {
    app = shellApp;
    if (place.query.has('text')) filter = place.query.get('text');
    if (place.query.has('queue')) queue = place.query.get('queue');
    error = readError = null;
    remote = Boolean(app.status?.console || app.status?.attachedTo);
    if (remote && !received) messages = [];
    await findQueues();
    await read();
  },
  period: PERIOD,
  refresh: read,
  stop() {
    plan = draining = drained = purging = editing = openId = null;
  },
  view() {
    const shown = matching();
    const line = app.status?.console?.readOnly ? dlq('list') : redriveLine(shown);
    return h('div', null,
      h('div', { class: 'title' }, h('h1', null, 'Dead letters'),
        h('span', { class: 'muted' }, queue === null ? '' : amount())),
      failure(error ?? readError),
      queue === null ? empty('The stack has no queue', 'A mapping with an on-failure destination, a function that parks records, or a redrive policy needs one.') : [
        remote && h('p', { class: 'muted' }, 'The queue is at another endpoint: reading hides its messages from others for a moment, and each counts as received one more time. ',
          button(received ? 'Read again' : 'Read messages', receiveAll, { disabled: working })),
        actions(shown), planned(), confirmDrained(), confirmPurge(),
        shown.length === 0
          ? empty(remote && !received ? 'Not read yet' : messages.length === 0 ? 'No dead letters' : 'No dead letter matches', 'Events that cannot be stored appear here, with their payload and the reason.')
          : h('div', { class: 'scroll card', tabindex: 0, role: 'region', 'aria-label': 'Dead letters' }, h('table', null,
            h('thead', null, h('tr', null, ['', 'Sent', 'Kind', 'Key', 'Records', 'Reason'].map((text, index) => h('th', { scope: 'col', class: index === 4 ? 'number' : null },
              text === '' ? h('input', { type: 'checkbox', 'aria-label': 'Select all', checked: shown.every(message => selected.has(message.id)),
                onchange: event => { selected = new Set(event.target.checked ? shown.map(message => message.id) : []); app.redraw(); } }) : text)))),
            h('tbody', null, shown.flatMap(message => openId === message.id ? [row(message), detail(message)] : [row(message)])))),
      ],
      line && cli(line));
  },
};
