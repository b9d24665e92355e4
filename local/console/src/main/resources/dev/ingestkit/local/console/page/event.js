// One event: what happened to it, step by step, and the actions on it.

import { h } from './view.js';
import { base64Of, dynamoDb, envelope, get, kinesis, record, textOf, unread } from './api.js';
import { badge, button, cli, code, copy, failure, say } from './parts.js';
import * as message from './message.js';
import { clock, item, millis, moment, named, option, pretty, several, shell, size } from './format.js';

const PERIOD = 1000;
const MAX_SHOWN = 200_000;
const MAX_LINE = 2000;

let app = null;
let number = null;
let answer = null;
let payload = null;
let items = null;
let editing = null;
/** The failure of the latest action, which stays until the next one, and that of the latest read. */
let error = null;
let readError = null;
/** The state of the event when its items were read. */
let itemsOf = null;

async function read() {
  const asked = number;
  try {
    const found = await get(`/_ingest/events/${encodeURIComponent(asked)}`);
    if (asked !== number) return;
    answer = found;
    app.redraw();
    const { event } = found;
    if (payload === null && event.sequenceNumber) {
      const bytes = await record(event.stream, event.shardId, event.sequenceNumber);
      if (asked !== number) return;
      payload = bytes ?? undefined;
    }
    if (event.state !== itemsOf) {
      const stored = await readItems(event.id);
      if (asked !== number) return;
      items = stored;
      itemsOf = event.state;
    }
    readError = null;
  } catch (failed) {
    if (asked === number) readError = unread(failed);
  }
  app.redraw();
}

/** Reads the items under an event's id, from each table whose first key is a text. */
async function readItems(id) {
  const found = [];
  const tables = (app.status?.resources ?? []).filter(resource => resource.type === 'AWS::DynamoDB::Table');
  for (const table of tables) {
    const { Table } = await dynamoDb('DescribeTable', { TableName: table.physicalId });
    const hash = Table.KeySchema.find(key => key.KeyType === 'HASH').AttributeName;
    const type = Table.AttributeDefinitions.find(definition => definition.AttributeName === hash).AttributeType;
    if (type !== 'S') continue;
    const { Items } = await dynamoDb('Query', {
      TableName: table.physicalId, KeyConditionExpression: '#k = :v', ConsistentRead: true,
      ExpressionAttributeNames: { '#k': hash }, ExpressionAttributeValues: { ':v': { S: id } },
    });
    found.push(...Items.map(one => ({ table: table.logicalId, item: item(one) })));
  }
  return found;
}

/** Returns the lane that delivered a batch, for a mapping with several. */
function lane(entry) {
  const { lanes } = (app.status?.mappings ?? []).find(mapping => mapping.uuid === entry.mapping) ?? {};
  return lanes > 1 && entry.lane ? `, lane ${entry.lane} of ${lanes}` : '';
}

const GROUNDS = { function: 'function invoked', cache: 'cached', token: 'token checked' };

const TITLES = {
  'authorizer': entry => [entry.grounds === 'cache' ? 'Authorized by a cached decision' : 'Authorized',
    `${entry.name}${entry.principal === '' ? '' : ` as ${entry.principal}`}, ${GROUNDS[entry.grounds]}, in ${millis(entry.millis)}`],
  'mapping': entry => [entry.name.includes('/') ? 'Mapping template' : 'Parameter mapping', `${entry.name}, in ${millis(entry.millis)}`],
  'integration': entry => ['Integration called', `answered in ${millis(entry.millis)}`],
  'write': entry => [entry.outcome === 'written' ? `${entry.action} written` : `${entry.action} not carried out: ${entry.outcome}`,
    `${entry.table}${entry.condition === '' ? '' : `, if ${entry.condition}`}, call of ${millis(entry.millis)}`],
  'accepted': entry => [`API answered ${entry.status}`, `${entry.method} ${entry.path}, in ${millis(entry.micros / 1000)}`],
  'rejected': entry => [`API rejected it with ${entry.status}`, `${entry.method} ${entry.path}: ${entry.reason}`],
  'put': entry => ['Put into the stream', `${entry.shardId}, ${size(entry.bytes)}, key ${entry.partitionKey}`],
  'delivered': entry => [`Delivered to ${entry.function.split(':function:').pop()}`, `attempt ${entry.attempt}, batch of ${entry.records}${lane(entry)}`],
  'attempt': entry => [`Invocation ${entry.outcome.replace('_', ' ')}`,
    `${millis(entry.micros / 1000)}, batch of ${entry.records}${lane(entry)}${entry.failed > 0 ? `, ${entry.failed} failed` : ''}${entry.error ? `: ${entry.error}` : ''}`],
  'stored': entry => ['Item written', `${entry.table}, key ${entry.key}`],
  'parked': entry => ['Message sent to a queue', `${entry.queue}, ${size(entry.bytes)}`],
  'dead-letter': entry => ['Given up by the mapping', `${entry.condition}; ${several(entry.records, 'record')} to ${entry.destination ?? 'nowhere'}`],
  'filtered': () => ['Dropped by the mapping\'s filter', ''],
  ...message.TITLES,
};

const BAD = entry => ['rejected', 'parked', 'dead-letter'].includes(entry.kind) || (entry.kind === 'attempt' && entry.outcome !== 'succeeded')
  || (entry.kind === 'invoked' && !message.isProcessed(entry, answer.event)) || (entry.kind === 'queued' && Boolean(entry.from))
  || (entry.kind === 'dropped' && entry.cause !== 'filtered')
  || (entry.kind === 'write' && entry.outcome !== 'written');

/** Returns the milliseconds from one time to another, with the parts that a Date does not hold. */
const between = (from, to) => Date.parse(to) - Date.parse(from) + micros(to) - micros(from);

/** Returns the journal's entries and the steps between them, in the order of their times. */
function steps() {
  const all = [...answer.history, ...(answer.steps ?? []).map((step, index) => ({ ...step, number: `step ${index}` }))];
  // An API's answer is journaled after the put that it reports, and the item before the end of its write.
  const rank = entry => ['authorizer', 'mapping', 'put', 'queued', 'integration', 'accepted', 'delivered', 'stored', 'write', 'attempt', 'invoked'].indexOf(entry.kind);
  return all.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : rank(a) - rank(b)));
}

function timeline() {
  let before = null;
  return h('ol', { class: 'timeline' }, steps().map(entry => {
    const [title, detail] = (TITLES[entry.kind] ?? (() => [entry.kind, '']))(entry, answer.event);
    const offset = between(answer.event.at, entry.at);
    const since = before === null ? null : between(before, entry.at);
    before = entry.at;
    return h('li', { key: entry.number, class: BAD(entry) ? 'bad' : '' },
      h('span', { class: 'offset' }, `${offset >= 0 ? '+' : '−'}${Math.abs(offset).toFixed(1)} ms`, since === null ? null : h('small', { title: 'since the step before' }, `${since.toFixed(1)} ms`)),
      h('span', { class: 'step' }, h('strong', null, title), h('span', { class: 'detail' }, detail), inside(entry)));
  }));
}

/** Shows what belongs to a step: a template's input and output, an invocation's output. */
function inside(entry) {
  if (entry.kind === 'mapping') {
    const body = name => entry[name] ?? `(base64) ${entry[`${name}Base64`]}`;
    return h('details', null, h('summary', null, 'Input and output'),
      h('p', { class: 'muted' }, 'Input'), code(pretty(body('input')).slice(0, MAX_SHOWN), 'Input of the mapping'),
      h('p', { class: 'muted' }, 'Output'), code(pretty(body('output')).slice(0, MAX_SHOWN), 'Output of the mapping'));
  }
  const lines = ['attempt', 'invoked'].includes(entry.kind) && entry.requestId ? answer.logs.filter(line => line.requestId === entry.requestId) : [];
  return lines.length === 0 ? null : h('details', null, h('summary', null, `Output: ${several(lines.length, 'line')}`),
    h('div', { class: 'log', tabindex: 0, role: 'region', 'aria-label': `Output of ${entry.requestId}` }, lines.map(line => h('div', { key: line.number },
      h('span', { class: 'muted' }, clock(line.at)), ' ', line.text))));
}

/** Returns the part of a time that a Date does not hold, in milliseconds. */
function micros(iso) {
  const digits = /\.(\d+)Z$/.exec(iso)?.[1] ?? '';
  return Number(`0.${digits.slice(3) || '0'}`);
}

const numberOf = entry => [BigInt(entry.firstSequenceNumber), BigInt(entry.lastSequenceNumber)];

const includes = (outer, inner) => outer !== inner && outer.range[0] <= inner.range[0] && outer.range[1] >= inner.range[1] && outer.records > inner.records;

/** Returns the batches as a tree: a half is below the batch that it was made of. */
export function tree(attempts) {
  const nodes = new Map();
  for (const attempt of attempts) {
    const key = `${attempt.firstSequenceNumber} ${attempt.lastSequenceNumber}`;
    const node = nodes.get(key) ?? { key, range: numberOf(attempt), records: attempt.records, attempts: [], parts: [] };
    node.attempts.push(attempt);
    nodes.set(key, node);
  }
  const all = [...nodes.values()];
  const roots = [];
  for (const node of all) {
    const parent = all.filter(other => includes(other, node)).sort((a, b) => a.records - b.records)[0];
    (parent ? parent.parts : roots).push(node);
  }
  for (const node of all) node.parts.sort((a, b) => (a.range[0] < b.range[0] ? -1 : 1));
  return roots;
}

function branch(node) {
  const own = BigInt(answer.event.sequenceNumber);
  const holds = node.range[0] <= own && own <= node.range[1];
  const last = node.attempts[node.attempts.length - 1];
  return h('li', { key: node.key },
    h('div', { class: `batch ${last.outcome === 'succeeded' ? 'good' : 'bad'}${holds ? ' own' : ''}` },
      h('strong', null, several(node.records, 'record')),
      h('span', null, node.attempts.map(attempt => `attempt ${attempt.attempt} ${attempt.outcome.replace('_', ' ')}`).join(', ')),
      holds && h('span', { class: 'muted' }, 'holds this event')),
    node.parts.length > 0 && h('ul', null, node.parts.map(branch)));
}

/** Draws how a failed batch was halved, the halves without the event as well. */
function bisect() {
  const halves = answer.halves ?? [];
  if (new Set(halves.map(entry => entry.records)).size < 2) return null;
  return h('section', null, h('h2', null, 'Bisect'), h('ul', { class: 'tree' }, tree(halves).map(branch)));
}

/** Shows the other events of the batch that held the event last. */
function neighbors() {
  const others = answer.neighbors ?? [];
  if (others.length === 0) return null;
  return h('section', null, h('h2', null, 'In the same batch'), h('ul', { class: 'plain neighbors' }, others.map(other => h('li', { key: other.number },
    h('a', { class: 'mono', href: `#/event/${other.number}` }, named(other.id)), ' ', badge(other.state)))));
}

/** Shows how the batch of a failed event becomes a capsule and a test. */
function capsule() {
  const failed = entry => (entry.kind === 'attempt' && entry.outcome !== 'succeeded') || (entry.kind === 'invoked' && !message.isProcessed(entry, answer.event));
  if (!answer.history.some(failed)) return null;
  const name = (answer.event.id || 'event').replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 60).replaceAll(/^-+|-+$/g, '') || 'event';
  const line = `ingest-cli capsule save ${shell(answer.event.sequenceNumber ?? answer.event.messageId)} --name ${shell(name)}`;
  return h('section', null, h('h2', null, 'Capsule and test'),
    h('p', { class: 'muted' }, 'A capsule is the failed batch as a file, with its attempts; a test replays it in a Maven project.'),
    cli(line), cli(`ingest-cli capsule test ${shell(name)}`));
}

const fields = () => payload instanceof Uint8Array ? textOf(payload) : null;

/** Returns the URL that takes the event: that of its request, or of the kit's own API; null if there is none. */
function url() {
  const { apis, outputs } = app.status;
  const accepted = answer.history.find(entry => entry.kind === 'accepted');
  if (outputs.SubmitUrl) return `${outputs.SubmitUrl}/${encodeURIComponent(answer.event.stream)}/${encodeURIComponent(answer.event.id)}`;
  if (!accepted || apis.length !== 1) return null;
  const [{ stage, url: api }] = apis;
  return api.replace(/\/$/, '') + (accepted.path.startsWith(`/${stage}/`) ? accepted.path.slice(stage.length + 1) : accepted.path);
}

function curl() {
  const credentials = app.status.outputs.SubmitUrl ? ' -u "$(ingest-cli credentials)"' : '';
  return `curl${credentials} -H 'Content-Type: application/json' --data-binary ${shell(fields())} ${shell(url())}`;
}

const sendInput = () => JSON.stringify(envelope(answer.event.id, payload));

/** Returns the tool's line that sends a payload as the buttons do; null for one that the tool reads otherwise, or a long one. */
function sendLine(text) {
  const { id, stream } = answer.event;
  try {
    const body = JSON.parse(text);
    const plain = text.trimStart().startsWith('{') && body.format === undefined && (body.eventId ?? id) === id;
    if (!plain || text.length > MAX_LINE || id.includes('{')) return null;
  } catch {
    return null;
  }
  return `ingest-cli send --via stream --stream ${shell(stream)} ${option('--id', id)} ${option('--data', text)}`;
}

async function resend(bytes) {
  try {
    const { SequenceNumber } = await kinesis('PutRecord', {
      StreamName: answer.event.stream, PartitionKey: answer.event.id, Data: base64Of(bytes),
    });
    say(`sent again as ${SequenceNumber.slice(-8)}`);
    editing = error = null;
    location.hash = `#/events?${new URLSearchParams({ text: answer.event.id })}`;
  } catch (failed) {
    error = failed;
  }
  app.redraw();
}

function payloadSection() {
  if (message.isMessage(answer.event)) return message.payload(answer);
  if (payload === null) return null;
  const text = fields();
  if (payload === undefined) return h('section', null, h('h2', null, 'Payload'), h('p', { class: 'muted' }, 'The stream no longer holds the record.'));
  const inputButton = button('Copy as send input', () => copy(sendInput(), 'send input'));
  if (text === null) {
    return h('section', null, h('h2', null, 'Payload'), h('p', { class: 'muted' }, `${size(payload.length)} of binary data`),
      h('div', { class: 'bar' }, button('Send again', () => resend(payload)), inputButton));
  }
  return h('section', null, h('h2', null, 'Payload'),
    editing === null
      ? code(pretty(text).slice(0, MAX_SHOWN), 'Payload')
      : h('textarea', { rows: 12, 'aria-label': 'Edited payload', spellcheck: 'false', value: editing, oninput: event => { editing = event.target.value; app.redraw(); } }),
    h('div', { class: 'bar' },
      editing === null ? [
        button('Send again', () => resend(payload)),
        button('Edit and send', () => { editing = pretty(text); app.redraw(); }),
        url() !== null && button('Copy as curl', () => copy(curl(), 'curl line')),
        inputButton,
      ] : [
        button('Send edited', () => resend(new TextEncoder().encode(editing)), { class: 'accent' }),
        button('Cancel', () => { editing = null; app.redraw(); }),
      ]),
    sendLine(editing ?? text) && cli(sendLine(editing ?? text)));
}

function itemSection() {
  if (!items || items.length === 0) return null;
  return h('section', null, h('h2', null, items.length === 1 ? 'Stored item' : `Stored items (${items.length})`),
    items.map((found, index) => h('div', { key: index }, h('p', { class: 'muted' }, found.table), code(JSON.stringify(found.item, null, 2).slice(0, MAX_SHOWN), `Item in ${found.table}`))));
}

/** Returns the place of the message: a parked one names the record, one of a mapping the first record of its range. */
function deadLetter() {
  const range = answer.history.find(entry => entry.kind === 'dead-letter');
  return `#/deadletters?${new URLSearchParams({ text: range?.firstSequenceNumber ?? answer.event.sequenceNumber })}`;
}

function view() {
  if (!answer) return h('div', null, h('h1', null, 'Event'), failure(readError), readError ? null : h('p', { class: 'muted' }, 'Loading'));
  const event = answer.event;
  return h('div', null,
    h('p', { class: 'crumbs' }, h('a', { href: '#/events' }, 'Events')),
    h('div', { class: 'title' }, h('h1', { class: 'mono' }, named(event.id)), badge(event.state),
      h('span', { class: 'muted' }, event.millis === undefined ? '' : `after ${millis(event.millis)}`)),
    failure(error ?? readError),
    event.reason && h('p', { class: 'failure' }, event.reason),
    waits() && h('p', { class: 'muted' }, `No mapping of the stack reads the stream ${event.stream}, so nothing of this runtime takes the event from it. A consumer of your own may have: the journal does not see that.`),
    message.isMessage(event) ? message.notes(event, answer) : event.state === 'dead' && h('p', null, h('a', { href: deadLetter() }, 'Its dead letter')),
    h('dl', { class: 'facts' },
      fact('Arrived', moment(event.at)), fact('Attempts', event.attempts), fact('Size', size(event.bytes)),
      event.shardId && fact('Shard', event.shardId), event.sequenceNumber && fact('Sequence number', event.sequenceNumber),
      message.isMessage(event) && message.facts(event).map(([name, value]) => fact(name, value))),
    h('div', { class: 'columns' },
      h('div', null,
        h('section', null, h('h2', null, 'Timeline'),
          answer.complete ? null : h('p', { class: 'muted' }, 'The journal has dropped the first entries of this event.'),
          answer.recorded === false && h('p', { class: 'muted' }, 'Not all of its decisions, mappings and writes were recorded: without an open console the runtime records 100 calls a second, and it keeps the latest 4,096.'),
          timeline()),
        bisect(), neighbors(), capsule()),
      h('div', null, payloadSection(), itemSection())),
    h('div', { class: 'bar' }, h('a', { class: 'button', href: `/_ingest/events/${event.number}`, download: `trace-${event.number}.json` }, 'Trace as JSON')),
    cli('ingest-cli trace', event.messageId ?? event.id), items?.length > 0 && cli('ingest-cli replay', event.id));
}

/** Returns whether the event waits in a stream that no mapping reads. */
const waits = () => answer.event.state === 'in-flight' && answer.event.stream && app.status && !app.status.attachedTo
  && !(app.status.mappings ?? []).some(mapping => mapping.stream === answer.event.stream);

const fact = (name, value) => [h('dt', null, name), h('dd', null, String(value))];

export default {
  title: 'Event',
  under: 'events',
  async start(shellApp, place) {
    app = shellApp;
    number = place.rest[0] ?? '';
    answer = payload = items = editing = error = readError = itemsOf = null;
    message.begin(app);
    await read();
  },
  period: PERIOD,
  refresh: () => ['queued', 'in-flight'].includes(answer?.event.state) && read(),
  regained: read,
  view,
};
