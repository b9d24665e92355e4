// An event that entered by a queue, a topic, a rule or a schedule: what its page shows otherwise than that of a stream's.

import { h } from './view.js';
import { sqs } from './api.js';
import { button, cli, code, copy, say } from './parts.js';
import { millis, option, pretty, shell, size } from './format.js';

const MAX_SHOWN = 200_000;
const MAX_LINE = 2000;

let app = null;
let answer = null;
let editing = null;
let error = null;

/** Begins with another event. */
export function begin(shellApp) {
  app = shellApp;
  answer = editing = error = null;
}

/** Whether an event entered otherwise than by a stream. */
export const isMessage = event => event.messageId !== undefined;

/** Whether a function has processed an event in an invocation, in which others of the batch may have failed. */
export const isProcessed = (entry, event) => entry.outcome === 'succeeded'
  || (entry.outcome === 'partial' && !(entry.failedIds ?? []).includes(event.messageId));

const nameOf = source => source.split(/[:/]/).pop();

const DROPPED = { filtered: 'Dropped by the mapping\'s filter', expired: 'Expired in the queue', purged: 'Purged with the queue' };

export const TITLES = {
  'queued': entry => (entry.from ? ['Moved to the dead letter queue', `${entry.queue}, received too often from ${entry.from}`] : ['Entered the queue', `${entry.queue}, ${size(entry.bytes)}`]),
  'dropped': entry => [DROPPED[entry.cause], entry.queue],
  'invoked': (entry, event) => [`Invocation ${isProcessed(entry, event) ? 'succeeded' : entry.outcome === 'not_invoked' ? 'not possible' : 'failed'}`,
    `${entry.function.split(':function:').pop()}, ${millis(entry.micros / 1000)}, batch of ${entry.ids.length}${entry.failed > 0 && entry.ids.length > 1 ? `, ${entry.failed} failed` : ''}${entry.error && !isProcessed(entry, event) ? `: ${entry.error}` : ''}`],
};

/** Returns the names and values that identify the event. */
export function facts(event) {
  const others = event.bodyIds.filter(id => id !== event.id);
  return [event.queue ? ['Queue', event.queue] : ['Source', nameOf(event.source)], [event.queue ? 'Message' : 'Event', event.messageId],
    ...(others.length > 0 ? [['Other ids', others.join(', ')]] : [])];
}

/** Whether the message waits in a queue that no mapping reads. */
const waits = event => event.state === 'queued' && event.queue && !(app.status?.mappings ?? []).some(mapping => mapping.queue === event.queue);

/** Says where the message is, as far as it needs an explanation. */
export function notes(event, held) {
  if (waits(event)) return h('p', { class: 'muted' }, `No mapping of the stack reads the queue ${event.queue}, so no function receives the message. A consumer of your own may have: the journal does not see that.`);
  if (event.state !== 'dead') return null;
  return held.heldBy
    ? h('p', null, h('a', { href: `#/deadletters?${new URLSearchParams({ queue: held.heldBy, text: event.id })}` }, 'Its dead letter'))
    : h('p', { class: 'muted' }, 'No queue holds its dead letter any more.');
}

const url = () => (app.status?.queues ?? []).find(queue => queue.name === answer.event.queue)?.url ?? null;

async function send(body) {
  try {
    const { MessageId } = await sqs('SendMessage', { QueueUrl: url(), MessageBody: body });
    say(`sent again as ${MessageId}`);
    editing = error = null;
    location.hash = `#/events?${new URLSearchParams({ text: answer.event.id })}`;
  } catch (failed) {
    error = failed;
  }
  app.redraw();
}

const line = body => `aws sqs send-message --queue-url ${shell(url())} ${option('--message-body', body)}`;

function actions(body) {
  const { queue } = answer.event;
  if (!queue || url() === null) return null;
  if (queue.endsWith('.fifo')) return h('p', { class: 'muted' }, 'To send it again, with a message group: ', h('a', { href: '#/queues' }, 'Queues'));
  return h('div', { class: 'bar' }, editing === null ? [
    button('Send again', () => send(body)),
    button('Edit and send', () => { editing = pretty(body); app.redraw(); }),
    button('Copy as aws line', () => copy(line(body), 'aws line')),
  ] : [
    button('Send edited', () => send(editing), { class: 'accent' }),
    button('Cancel', () => { editing = null; app.redraw(); }),
  ]);
}

/** Shows the body of a message, or the event of another source, while it is known. */
export function payload(found) {
  answer = found;
  const { body, event } = found;
  const title = event.queue ? 'Message' : 'Event';
  if (body === undefined) {
    return h('section', null, h('h2', null, title), h('p', { class: 'muted' }, event.queue
      ? 'No queue holds the message any more, and no failed invocation had it.' : 'The runtime keeps the events of failed invocations only.'));
  }
  const text = editing ?? body;
  return h('section', null, h('h2', null, title), error && h('p', { class: 'failure', role: 'alert' }, error.message),
    editing === null
      ? code(pretty(body).slice(0, MAX_SHOWN), title)
      : h('textarea', { rows: 12, 'aria-label': 'Edited payload', spellcheck: 'false', value: editing, oninput: change => { editing = change.target.value; app.redraw(); } }),
    actions(body), event.queue && url() !== null && !event.queue.endsWith('.fifo') && text.length <= MAX_LINE && cli(line(text)));
}

