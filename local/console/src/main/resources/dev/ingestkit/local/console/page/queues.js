// Queues: their depth, and their messages, read without receiving them.

import { h } from './view.js';
import { get, receive, sqs, unread } from './api.js';
import { badge, button, cli, code, count, empty, failure, say, table } from './parts.js';
import { moment, option, pretty, several, shell } from './format.js';

const PERIOD = 2000;

let app = null;
let name = null;
let messages = [];
let received = false;
let body = '';
/** The message group of a message for a FIFO queue. */
let group = 'console';
/** The failure of the latest action, which stays until the next one, and that of the latest read. */
let error = null;
let readError = null;

async function read() {
  name ??= app.status?.queues?.[0]?.name ?? null;
  if (name === null || app.status.console || app.status.attachedTo) return;
  const asked = name;
  try {
    const answer = await get(`/_ingest/queues/${encodeURIComponent(asked)}/messages?limit=100`);
    if (asked !== name) return;
    messages = answer.messages;
    readError = null;
  } catch (failed) {
    readError = unread(failed);
  }
  app.redraw();
}

/** Reads the messages of another endpoint's queue, only when the user asks. */
async function receiveAll() {
  const asked = name;
  try {
    const found = await receive(app.status.queues.find(queue => queue.name === asked).url, 100);
    if (asked !== name) return;
    messages = found;
    received = true;
    error = null;
  } catch (failed) {
    error = failed;
  }
  app.redraw();
}

const isFifo = () => name.endsWith('.fifo');

async function send() {
  try {
    await sqs('SendMessage', { QueueUrl: app.status.queues.find(queue => queue.name === name).url, MessageBody: body,
      // Each message counts as a new one, also one with the text of the message before.
      ...(isFifo() ? { MessageGroupId: group, MessageDeduplicationId: crypto.randomUUID() } : {}) });
    say('message sent');
    body = '';
    error = null;
  } catch (failed) {
    error = failed;
  }
  await read();
}

export default {
  title: 'Queues',
  async start(shellApp) {
    app = shellApp;
    error = readError = null;
    await read();
  },
  period: PERIOD,
  refresh: read,
  view() {
    const queues = app.status?.queues ?? [];
    if (queues.length === 0) return h('div', null, h('h1', null, 'Queues'), empty('The stack has no queue'));
    const number = text => ({ text, class: 'number' });
    return h('div', null, h('h1', null, 'Queues'), failure(error ?? readError),
      h('section', null, table('Queues', ['Queue', number('Messages'), number('In flight')], queues.map(queue => ({ key: queue.name, cells: [
        h('button', { type: 'button', class: 'link mono', 'aria-pressed': String(queue.name === name), onclick: () => { name = queue.name; messages = []; received = false; read(); } }, queue.name), count(queue.visible), count(queue.inFlight)] })))),
      h('section', null, h('h2', null, `The first messages of ${name}`), (app.status.console || app.status.attachedTo) && h('p', { class: 'muted' }, 'Reading hides the messages from others for a moment, and each counts as received one more time. ', button(received ? 'Read again' : 'Read messages', receiveAll)),
        messages.length === 0 ? h('p', { class: 'muted' }, (app.status.console || app.status.attachedTo) && !received ? 'Not read yet.' : 'The queue is empty.')
        : messages.map(message => h('details', { key: message.id }, h('summary', null, moment(message.sentAt), ' ', badge(message.state, 'calm'), ` received ${several(message.receives, 'time')} `, h('span', { class: 'mono muted' }, message.id)), code(pretty(message.body), 'Message')))),
      !app.status.console?.readOnly && h('section', null, h('h2', null, 'Send a message'), h('textarea', { rows: 3, 'aria-label': 'Message to send', value: body, oninput: event => { body = event.target.value; app.redraw(); } }),
        h('div', { class: 'bar form' },
          isFifo() && h('label', { class: 'field' }, h('span', null, 'Message group'), h('input', { 'aria-label': 'Message group', value: group, oninput: event => { group = event.target.value; app.redraw(); } })),
          button('Send', send, { class: 'accent', disabled: body === '' || (isFifo() && group === '') }))),
      body !== '' && cli(`aws sqs send-message --queue-url ${shell(queues.find(queue => queue.name === name)?.url ?? '')} ${option('--message-body', body)}${isFifo() ? ` ${option('--message-group-id', group)} --message-deduplication-id "$(uuidgen)"` : ''}`),
      cli(`aws sqs get-queue-attributes --attribute-names All --queue-url ${shell(queues.find(queue => queue.name === name)?.url ?? '')}`));
  },
};
