// Dead letters of both kinds: parked by a function, with their payload, and on-failure from a mapping, with their range.

import { h } from './view.js';
import { act, base64Of, bytesOf, envelope, get, invocation, kinesis, receive, record, sqs, textOf, unread } from './api.js';
import { badge, button, cli, code, count, empty, failure, say } from './parts.js';
import { moment, pretty, several, shell, size } from './format.js';

const PERIOD = 2000;
/** The records of a batch that an opened dead letter shows. */
const MAX_SHOWN = 20;
const LIMIT = 1000;
const PAGE = 500;
const MAX_INVOKE_RECORDS = 100;
/** Lambda accepts 6 MB; base64 adds a third, and each record its envelope. */
const MAX_INVOKE_BYTES = 4_000_000;

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
  const targets = new Set(graph.edges.filter(edge => edge.kind === 'on-failure').map(edge => edge.to));
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
    messages = answer.messages.map(parse);
    const held = new Set(messages.map(message => message.id));
    selected = new Set([...selected].filter(id => held.has(id)));
    readError = null;
  } catch (failed) {
    if (asked !== queue) return;
    readError = unread(failed);
  }
  app.redraw();
}

function parse(message) {
  let body = null;
  try {
    body = JSON.parse(message.body);
  } catch {
    body = null;
  }
  if (body?.format === 'ingest-kit/parked') {
    return { ...message, kind: 'parked', reason: `${body.code.toLowerCase().replaceAll('_', '-')}: ${body.reason}`, key: body.partitionKey, records: 1, parsed: body };
  }
  const error = body?.responseContext?.functionError ? `, function ${body.responseContext.functionError.toLowerCase()}` : '';
  const reason = `${body?.requestContext?.condition ?? 'given up'}${error}`;
  const batch = body?.KinesisBatchInfo;
  if (batch) return { ...message, kind: 'on-failure', reason, key: batch.shardId, records: batch.batchSize, parsed: body };
  const changes = body?.DDBStreamBatchInfo;
  if (changes) return { ...message, kind: 'other', reason, key: changes.shardId, records: changes.batchSize, parsed: null };
  // An invocation without a caller that waits: its message holds the event itself.
  if (body?.requestContext?.functionArn) return { ...message, kind: 'other', reason, key: body.requestContext.functionArn.split(':')[6], records: 1, parsed: null };
  return { ...message, kind: 'other', reason: '', key: '', records: 0, parsed: null };
}

async function unpacked(payload, message) {
  switch (payload?.encoding) {
    case 'utf8': return new TextEncoder().encode(payload.data);
    case 'gzip+base64': {
      const stream = new Blob([bytesOf(payload.data)]).stream().pipeThrough(new DecompressionStream('gzip'));
      return new Uint8Array(await new Response(stream).arrayBuffer());
    }
    default: {
      const bytes = await record(message.stream.split('/').pop(), message.shard, message.sequenceNumber);
      if (bytes === null) throw new Error('the message holds no payload, and the stream no longer holds the record');
      return bytes;
    }
  }
}

/** Reads the records that a dead letter stands for. */
async function recordsOf(message) {
  if (message.kind === 'parked') {
    const parked = message.parsed;
    return [{ stream: parked.stream.split('/').pop(), arn: parked.stream, shard: parked.shard, key: parked.partitionKey, number: parked.sequenceNumber,
      arrivedAt: Date.parse(parked.arrivedAt) / 1000, bytes: await unpacked(parked.payload, parked) }];
  }
  if (message.kind !== 'on-failure') throw new Error('the message is not a dead letter of a Kinesis stream: a dead letter of another kind is redriven by the command shown with it');
  const batch = message.parsed.KinesisBatchInfo;
  const stream = batch.streamArn.split('/').pop();
  const found = [];
  let { ShardIterator: iterator } = await kinesis('GetShardIterator', {
    StreamName: stream, ShardId: batch.shardId, ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: batch.startSequenceNumber });
  const end = BigInt(batch.endSequenceNumber);
  while (iterator) {
    const page = await kinesis('GetRecords', { ShardIterator: iterator, Limit: PAGE });
    for (const entry of page.Records) {
      if (BigInt(entry.SequenceNumber) > end) return found;
      found.push({ stream, arn: batch.streamArn, shard: batch.shardId, key: entry.PartitionKey, number: entry.SequenceNumber,
        arrivedAt: entry.ApproximateArrivalTimestamp, bytes: bytesOf(entry.Data) });
    }
    if (page.MillisBehindLatest === 0) break;
    iterator = page.NextShardIterator;
  }
  return found;
}

/** Returns the function that a mapping delivers a stream's records to. */
function functionOf(stream) {
  const mapping = (app.status?.mappings ?? []).find(candidate => candidate.stream === stream);
  if (!mapping) throw new Error(`no mapping delivers the records of ${stream}: redrive them by the stream`);
  return mapping.function.split(':function:').pop().split(':')[0];
}

/** Gives records to the function in the form in which the mapping delivers them. */
async function invoke(entries) {
  const region = entries[0].arn.split(':')[3];
  const event = { Records: entries.map(entry => ({
    kinesis: { kinesisSchemaVersion: '1.0', partitionKey: entry.key, sequenceNumber: entry.number, data: base64Of(entry.bytes), approximateArrivalTimestamp: entry.arrivedAt },
    eventSource: 'aws:kinesis', eventVersion: '1.0', eventID: `${entry.shard}:${entry.number}`, eventName: 'aws:kinesis:record', awsRegion: region, eventSourceARN: entry.arn,
  })) };
  const { ok, headers, text } = await invocation(functionOf(entries[0].stream), JSON.stringify(event));
  if (!ok || headers.get('X-Amz-Function-Error')) throw new Error(`the function failed: ${text.slice(0, 300)}`);
  const failures = text === '' ? [] : JSON.parse(text)?.batchItemFailures ?? [];
  if (failures.length > 0) throw new Error(`${failures.length} of ${entries.length} records failed again`);
}

/** Splits records into parts that one invocation takes. */
function batches(entries) {
  const parts = [];
  let bytes = MAX_INVOKE_BYTES;
  for (const entry of entries) {
    if (bytes + entry.bytes.length > MAX_INVOKE_BYTES || parts[parts.length - 1].length >= MAX_INVOKE_RECORDS) {
      parts.push([]);
      bytes = 0;
    }
    parts[parts.length - 1].push(entry);
    bytes += entry.bytes.length;
  }
  return parts;
}

async function send(entries) {
  if (via === 'stream') for (const entry of entries) await put(entry);
  else for (const part of batches(entries)) await invoke(part);
}

const put = entry => kinesis('PutRecord', { StreamName: entry.stream, PartitionKey: entry.key, Data: base64Of(entry.bytes) });

async function receiveAll() {
  const asked = queue;
  working = true;
  app.redraw();
  try {
    const found = (await receive(url(), LIMIT)).map(parse);
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
      await send(entries);
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
      entries.forEach((entry, index) => lines.push(JSON.stringify({
        ...envelope(entry.key, entry.bytes), messageId: message.id, record: index + 1, records: entries.length, kind: message.kind,
        reason: message.reason, stream: entry.stream, shard: entry.shard, sequenceNumber: entry.number, arrivedAt: new Date(entry.arrivedAt * 1000).toISOString(),
      })));
      started.messages.push(message);
    } catch (failed) {
      started.failures.push(`${message.key || message.id}: ${failed.message}`);
    }
    if (draining !== started) return;
  }
  if (lines.length > 0) save(`${lines.join('\n')}\n`);
  started.records = lines.length;
  draining = null;
  drained = started;
  app.redraw();
}

function save(text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/x-ndjson' }));
  link.download = `${queue}.ndjson`;
  link.click();
  URL.revokeObjectURL(link.href);
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

/** Returns the lines of two texts, marked as kept, removed or added. */
export function diff(before, after) {
  const a = before.split('\n');
  const b = after.split('\n');
  if (a.length * b.length > 4_000_000) return [...a.map(line => ['-', line]), ...b.map(line => ['+', line])];
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i][j] = a[i] === b[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const lines = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push([' ', a[i]]);
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && common[i + 1][j] >= common[i][j + 1])) lines.push(['-', a[i++]]);
    else lines.push(['+', b[j++]]);
  }
  return lines;
}

/** Says how many messages the queue holds: of one at another endpoint, what the endpoint counts, beside those that were read. */
function amount() {
  const counted = app.status?.queues.find(candidate => candidate.name === queue);
  // Messages that are being read are hidden, so that the endpoint counts them as in flight.
  if (remote) return `${received ? `${count(messages.length)} read of ` : ''}about ${count((counted?.visible ?? 0) + (counted?.inFlight ?? 0))} in ${queue}`;
  return `${count(messages.length)}${messages.length === LIMIT ? ' or more' : ''} in ${queue}`;
}

const matching = () => messages.filter(message => filter === ''
  || `${message.kind} ${message.reason} ${message.key} ${message.body}`.toLowerCase().includes(filter.toLowerCase()));

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
      text !== null && message.kind === 'parked' && (editing === null
        ? button('Edit', () => { editing = pretty(text); app.redraw(); })
        : button('Cancel', () => { editing = null; app.redraw(); }))),
    cli(editing === null ? `ingest-cli dlq redrive ${message.id.slice(0, 8)}${via === 'stream' ? ' --via stream' : ''}` : `ingest-cli dlq edit ${message.id.slice(0, 8)}${via === 'stream' ? ' --via stream' : ''}`)));
}

function row(message) {
  const chosen = selected.has(message.id);
  const toggle = () => {
    if (chosen) selected.delete(message.id);
    else selected.add(message.id);
    app.redraw();
  };
  return h('tr', { key: message.id },
    h('td', null, h('input', { type: 'checkbox', checked: chosen, onchange: toggle, 'aria-label': `Select ${message.key || message.id}` })),
    h('td', { class: 'nowrap' }, moment(message.sentAt)),
    h('td', null, badge(message.kind, message.kind === 'other' ? 'calm' : 'bad')),
    h('td', { class: 'mono' }, h('button', { type: 'button', class: 'link', 'aria-expanded': String(openId === message.id), onclick: () => open(message) }, message.key || message.id)),
    h('td', { class: 'number' }, count(message.records)),
    h('td', { class: 'reason' }, message.reason));
}

function planned() {
  if (!plan) return null;
  return h('div', { class: 'plan', role: 'status' },
    h('p', null, `Dry run: ${several(plan.messages.length, 'message')}, ${several(plan.records, 'record')}, ${size(plan.bytes)} would go ${via === 'stream' ? 'to the stream again' : 'to the function'}.`),
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
    cli(`ingest-cli dlq drain ${shell(`${queue}.ndjson`)}`),
    h('div', { class: 'bar' },
      number > 0 && !app.status?.console?.readOnly && button(`Delete ${count(number)} saved`, removeDrained, { class: 'danger', disabled: working }),
      button('Keep', () => { drained = null; app.redraw(); })));
}

function confirmPurge() {
  if (purging === null) return null;
  return h('div', { class: 'plan' },
    cli('ingest-cli dlq purge'),
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
    !app.status?.console?.readOnly && h('select', { 'aria-label': 'Route of a redrive', onchange: event => { via = event.target.value; plan = null; app.redraw(); } },
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
    return h('div', null,
      h('div', { class: 'title' }, h('h1', null, 'Dead letters'),
        h('span', { class: 'muted' }, queue === null ? '' : amount())),
      failure(error ?? readError),
      queue === null ? empty('The stack has no queue', 'A mapping with an on-failure destination, or a function that parks records, needs one.') : [
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
      cli(app.status?.console?.readOnly ? 'ingest-cli dlq list' : `ingest-cli dlq redrive --dry-run${via === 'stream' ? ' --via stream' : ''}`));
  },
};
