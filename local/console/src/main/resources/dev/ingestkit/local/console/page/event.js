// One event: what happened to it, step by step, and what can be done with it.

import { h } from './view.js';
import { base64Of, dynamoDb, get, kinesis, record, textOf } from './api.js';
import { badge, button, cli, code, copy, failure, say } from './parts.js';
import { clock, item, millis, pretty, shell, size } from './format.js';

const PERIOD = 1000;
const MAX_SHOWN = 200_000;

let app = null;
let number = null;
let answer = null;
let payload = null;
let items = null;
let editing = null;
let error = null;
let timer = null;

async function read() {
  try {
    const before = answer?.event.state;
    answer = await get(`/_ingest/events/${encodeURIComponent(number)}`);
    error = null;
    if (payload === null && answer.event.sequenceNumber) {
      payload = await record(answer.event.stream, answer.event.shardId, answer.event.sequenceNumber) ?? undefined;
    }
    if (answer.event.state !== before) await readItems();
  } catch (failed) {
    error = failed;
  }
  app.redraw();
}

/** Reads the items under the event's id, from each table whose first key is a text. */
async function readItems() {
  items = [];
  const tables = (app.status?.resources ?? []).filter(resource => resource.type === 'AWS::DynamoDB::Table');
  for (const table of tables) {
    const { Table } = await dynamoDb('DescribeTable', { TableName: table.physicalId });
    const hash = Table.KeySchema.find(key => key.KeyType === 'HASH').AttributeName;
    const type = Table.AttributeDefinitions.find(definition => definition.AttributeName === hash).AttributeType;
    if (type !== 'S') continue;
    const { Items } = await dynamoDb('Query', {
      TableName: table.physicalId, KeyConditionExpression: '#k = :v', ConsistentRead: true,
      ExpressionAttributeNames: { '#k': hash }, ExpressionAttributeValues: { ':v': { S: answer.event.id } },
    });
    items.push(...Items.map(found => ({ table: table.logicalId, item: item(found) })));
  }
}

const TITLES = {
  'accepted': entry => [`API answered ${entry.status}`, `${entry.method} ${entry.path}, in ${millis(entry.micros / 1000)}`],
  'rejected': entry => [`API rejected it with ${entry.status}`, `${entry.method} ${entry.path}: ${entry.reason}`],
  'put': entry => ['Put into the stream', `${entry.shardId}, ${size(entry.bytes)}, key ${entry.partitionKey}`],
  'delivered': entry => [`Delivered to ${entry.function.split(':function:').pop()}`, `attempt ${entry.attempt}, batch of ${entry.records}`],
  'attempt': entry => [`Invocation ${entry.outcome.replace('_', ' ')}`,
    `${millis(entry.micros / 1000)}, batch of ${entry.records}${entry.failed > 0 ? `, ${entry.failed} failed` : ''}${entry.error ? `: ${entry.error}` : ''}`],
  'stored': entry => ['Item written', `${entry.table}, key ${entry.key}`],
  'parked': entry => ['Message sent to a queue', `${entry.queue}, ${size(entry.bytes)}`],
  'dead-letter': entry => ['Given up by the mapping', `${entry.condition}; ${entry.records} records to ${entry.destination ?? 'nowhere'}`],
  'filtered': () => ['Dropped by the mapping\'s filter', ''],
};

const BAD = entry => ['rejected', 'parked', 'dead-letter'].includes(entry.kind) || (entry.kind === 'attempt' && entry.outcome !== 'succeeded');

function timeline() {
  const start = Date.parse(answer.event.at);
  return h('ol', { class: 'timeline' }, [...answer.history].sort((a, b) => a.at < b.at ? -1 : a.at > b.at ? 1 : a.number - b.number).map(entry => {
    const [title, detail] = (TITLES[entry.kind] ?? (() => [entry.kind, '']))(entry);
    const offset = Date.parse(entry.at) - start + micros(entry.at) - micros(answer.event.at);
    return h('li', { key: entry.number, class: BAD(entry) ? 'bad' : '' },
      h('span', { class: 'offset' }, `${offset >= 0 ? '+' : '−'}${Math.abs(offset).toFixed(1)} ms`),
      h('span', { class: 'step' }, h('strong', null, title), h('span', { class: 'detail' }, detail)));
  }));
}

/** Returns the part of a time that a Date does not hold, in milliseconds. */
function micros(iso) {
  const digits = /\.(\d+)Z$/.exec(iso)?.[1] ?? '';
  return Number(`0.${digits.slice(3) || '0'}`);
}

/** Draws the batches that held the event: a smaller one is a half of the one above. */
function bisect() {
  const attempts = answer.history.filter(entry => entry.kind === 'attempt');
  if (new Set(attempts.map(entry => entry.records)).size < 2) return null;
  const most = Math.max(...attempts.map(entry => entry.records));
  return h('section', null, h('h2', null, 'Batches'), h('ol', { class: 'bisect' }, attempts.map(entry => h('li', { key: entry.number },
    h('span', { class: `bar ${entry.outcome === 'succeeded' ? 'good' : 'bad'}`, style: { width: `${Math.max(2, entry.records / most * 100)}%` } }),
    h('span', null, `attempt ${entry.attempt}: ${entry.records} records, ${entry.outcome.replace('_', ' ')}`)))));
}

const fields = () => payload instanceof Uint8Array ? textOf(payload) : null;

function curl() {
  const api = app.status.outputs.SubmitUrl ?? app.status.apis[0]?.url ?? app.status.endpoint;
  const accepted = answer.history.find(entry => entry.kind === 'accepted');
  const path = accepted ? `${app.status.apis[0]?.url ?? ''}`.replace(/\/$/, '') + accepted.path.replace(/^\/[^/]+(?=\/submit)/, '') : `${api}/${answer.event.stream}/${encodeURIComponent(answer.event.id)}`;
  return `curl -u "$(ingest-cli credentials)" -H 'Content-Type: application/json' --data-binary ${shell(fields() ?? '')} ${shell(path)}`;
}

const sendInput = () => JSON.stringify({ eventId: answer.event.id, payload: JSON.parse(fields()) });

async function resend(text) {
  try {
    const { SequenceNumber } = await kinesis('PutRecord', {
      StreamName: answer.event.stream, PartitionKey: answer.event.id, Data: base64Of(new TextEncoder().encode(text)),
    });
    say(`sent again as ${SequenceNumber.slice(-8)}`);
    editing = null;
    location.hash = `#/events?${new URLSearchParams({ text: answer.event.id })}`;
  } catch (failed) {
    error = failed;
  }
  app.redraw();
}

function payloadSection() {
  if (payload === null) return null;
  const text = fields();
  if (payload === undefined) return h('section', null, h('h2', null, 'Payload'), h('p', { class: 'muted' }, 'The stream no longer holds the record.'));
  if (text === null) return h('section', null, h('h2', null, 'Payload'), h('p', { class: 'muted' }, `${size(payload.length)} of binary data`));
  return h('section', null, h('h2', null, 'Payload'),
    editing === null
      ? code(pretty(text).slice(0, MAX_SHOWN), 'Payload')
      : h('textarea', { rows: 12, 'aria-label': 'Edited payload', spellcheck: 'false', value: editing, oninput: event => { editing = event.target.value; } }),
    h('div', { class: 'bar' },
      editing === null ? [
        button('Send again', () => resend(text)),
        button('Edit and send', () => { editing = pretty(text); app.redraw(); }),
        button('Copy as curl', () => copy(curl(), 'curl line')),
        button('Copy as send input', () => copy(sendInput(), 'send input')),
      ] : [
        button('Send edited', () => resend(editing), { class: 'accent' }),
        button('Cancel', () => { editing = null; app.redraw(); }),
      ]));
}

function itemSection() {
  if (!items || items.length === 0) return null;
  return h('section', null, h('h2', null, items.length === 1 ? 'Stored item' : `Stored items (${items.length})`),
    items.map((found, index) => h('div', { key: index }, h('p', { class: 'muted' }, found.table), code(JSON.stringify(found.item, null, 2).slice(0, MAX_SHOWN), `Item in ${found.table}`))));
}

function logSection() {
  if (answer.logs.length === 0) return null;
  return h('section', null, h('h2', null, 'Output of its invocations'),
    h('div', { class: 'log', tabindex: 0, role: 'region', 'aria-label': 'Output' }, answer.logs.map(line => h('div', { key: line.number },
      h('span', { class: 'muted' }, clock(line.at)), ' ', line.text))));
}

function view() {
  if (!answer) return h('div', null, h('h1', null, 'Event'), failure(error), error ? null : h('p', { class: 'muted' }, 'Loading'));
  const event = answer.event;
  return h('div', null,
    h('p', { class: 'crumbs' }, h('a', { href: '#/events' }, 'Events')),
    h('div', { class: 'title' }, h('h1', { class: 'mono' }, event.id || '(without an id)'), badge(event.state),
      h('span', { class: 'muted' }, event.millis === undefined ? '' : `after ${millis(event.millis)}`)),
    failure(error),
    event.reason && h('p', { class: 'failure' }, event.reason),
    h('dl', { class: 'facts' },
      fact('Arrived', clock(event.at)), fact('Attempts', event.attempts), fact('Size', size(event.bytes)),
      event.shardId && fact('Shard', event.shardId), event.sequenceNumber && fact('Sequence number', event.sequenceNumber)),
    h('div', { class: 'columns' },
      h('div', null,
        h('section', null, h('h2', null, 'Timeline'),
          answer.complete ? null : h('p', { class: 'muted' }, 'The journal has dropped the first entries of this event.'), timeline()),
        bisect(), logSection()),
      h('div', null, payloadSection(), itemSection())),
    h('div', { class: 'bar' }, h('a', { class: 'button', href: `/_ingest/events/${event.number}`, download: `trace-${event.number}.json` }, 'Trace as JSON')),
    cli(`ingest-cli trace ${shell(event.id)}`));
}

const fact = (name, value) => [h('dt', null, name), h('dd', null, String(value))];

export default {
  title: 'Event',
  under: 'events',
  async start(shellApp, place) {
    app = shellApp;
    number = place.rest[0] ?? '';
    answer = payload = items = editing = error = null;
    await read();
    clearInterval(timer);
    timer = setInterval(() => answer?.event.state === 'in-flight' && read(), PERIOD);
  },
  stop() {
    clearInterval(timer);
  },
  view,
};
