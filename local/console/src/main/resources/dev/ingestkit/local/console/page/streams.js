// Streams: shards, their readers, and a look at the newest records.

import { h } from './view.js';
import { bytesOf, get, kinesis, textOf, unread } from './api.js';
import { badge, button, cli, count, empty, failure, say, table } from './parts.js';
import { moment, millis, several, shell, size } from './format.js';

const PERIOD = 2000;
const MAX_RECORDS = 1000;

let app = null;
let streams = [];
let name = null;
let shards = [];
let summary = null;
let records = null;
let peeked = null;
/** The failure of the latest action, which stays until the next one, and that of the latest read. */
let error = null;
let readError = null;

async function read() {
  if (name === null) return;
  const asked = name;
  try {
    const described = (await kinesis('DescribeStreamSummary', { StreamName: asked })).StreamDescriptionSummary;
    const listed = (await kinesis('ListShards', { StreamName: asked })).Shards;
    if (asked !== name) return;
    summary = described;
    shards = listed;
    readError = null;
  } catch (failed) {
    readError = unread(failed);
  }
  app.redraw();
}

async function peek(shard) {
  const asked = name;
  try {
    const { ShardIterator } = await kinesis('GetShardIterator', { StreamName: asked, ShardId: shard, ShardIteratorType: 'TRIM_HORIZON' });
    let iterator = ShardIterator;
    let held = [];
    while (iterator) {
      const page = await kinesis('GetRecords', { ShardIterator: iterator, Limit: MAX_RECORDS });
      held = [...held, ...page.Records].slice(-50);
      if (page.MillisBehindLatest === 0) break;
      iterator = page.NextShardIterator;
    }
    if (asked !== name) return;
    records = held.reverse();
    peeked = shard;
    error = null;
  } catch (failed) {
    error = failed;
  }
  app.redraw();
}

const isOpen = shard => shard.SequenceNumberRange.EndingSequenceNumber === undefined;

async function change(action, input, said) {
  try {
    await kinesis(action, { StreamName: name, ...input });
    say(said);
    error = null;
  } catch (failed) {
    error = failed;
  }
  await read();
}

function split(shard) {
  const start = BigInt(shard.HashKeyRange.StartingHashKey);
  const end = BigInt(shard.HashKeyRange.EndingHashKey);
  return change('SplitShard', { ShardToSplit: shard.ShardId, NewStartingHashKey: String((start + end) / 2n) }, `${shard.ShardId} is split`);
}

/** Returns the open shard whose hash range begins where this one's ends. */
const neighbor = shard => shards.find(other => isOpen(other)
  && BigInt(other.HashKeyRange.StartingHashKey) === BigInt(shard.HashKeyRange.EndingHashKey) + 1n);

function row(shard) {
  const reader = (app.status?.mappings ?? []).filter(mapping => mapping.stream === name)
    .flatMap(mapping => mapping.shards).find(state => state.shardId === shard.ShardId);
  const next = isOpen(shard) ? neighbor(shard) : undefined;
  return { key: shard.ShardId, cells: [
    h('span', { class: 'mono' }, shard.ShardId), badge(isOpen(shard) ? 'open' : 'closed', isOpen(shard) ? 'good' : 'calm'),
    ...(app.status?.console ? [] : [millis(reader?.iteratorAgeMillis), count(reader?.inFlight)]),
    h('span', { class: 'bar' }, button('Peek', () => peek(shard.ShardId), { class: 'small', 'aria-label': `Peek at ${shard.ShardId}` }),
      isOpen(shard) && !app.status?.console?.readOnly && button('Split', () => split(shard), { class: 'small', 'aria-label': `Split ${shard.ShardId}` }),
      next && !app.status?.console?.readOnly && button('Merge with next', () => change('MergeShards', { ShardToMerge: shard.ShardId, AdjacentShardToMerge: next.ShardId }, 'the shards are merged'), { class: 'small', 'aria-label': `Merge ${shard.ShardId} with ${next.ShardId}` }))] };
}

function recordRow(record) {
  const bytes = bytesOf(record.Data);
  const text = textOf(bytes);
  return { key: record.SequenceNumber, cells: [moment(new Date(record.ApproximateArrivalTimestamp * 1000).toISOString()),
    app.status?.console ? record.PartitionKey : h('a', { href: `#/events?${new URLSearchParams({ text: record.PartitionKey })}` }, record.PartitionKey), size(bytes.length),
    h('span', { class: 'mono' }, text === null ? 'not text' : text.slice(0, 160))] };
}

/** Shows the lines that split and merge as the buttons do, for the first shard with which each can be done. */
function splitLine() {
  const shard = shards.find(isOpen);
  if (!shard || app.status?.console?.readOnly) return null;
  const start = BigInt(shard.HashKeyRange.StartingHashKey);
  const end = BigInt(shard.HashKeyRange.EndingHashKey);
  const first = shards.find(candidate => isOpen(candidate) && neighbor(candidate));
  return [cli(`aws kinesis split-shard --stream-name ${shell(name)} --shard-to-split ${shard.ShardId} --new-starting-hash-key ${(start + end) / 2n}`),
    first && cli(`aws kinesis merge-shards --stream-name ${shell(name)} --shard-to-merge ${first.ShardId} --adjacent-shard-to-merge ${neighbor(first).ShardId}`)];
}

export default {
  title: 'Streams',
  async start(shellApp) {
    app = shellApp;
    error = readError = records = null;
    const graph = await get('/_ingest/stack');
    streams = graph.nodes.filter(node => node.kind === 'stream').map(node => node.name);
    name = streams.includes(name) ? name : streams[0] ?? null;
    await read();
  },
  period: PERIOD,
  refresh: read,
  view() {
    if (name === null) return h('div', null, h('h1', null, 'Streams'), failure(error ?? readError), empty('The stack has no stream'));
    const number = text => ({ text, class: 'number' });
    return h('div', null,
      h('div', { class: 'title' }, h('h1', null, 'Streams'), h('span', { class: 'muted' }, summary ? `${name}: ${summary.StreamStatus}, ${several(summary.OpenShardCount, 'open shard')}, keeps ${summary.RetentionPeriodHours} h` : name)),
      streams.length > 1 && h('div', { class: 'bar' }, h('select', { 'aria-label': 'Stream', onchange: event => { name = event.target.value; records = null; read(); } }, streams.map(stream => h('option', { value: stream, selected: stream === name }, stream)))),
      failure(error ?? readError),
      h('section', null, table('Shards', ['Shard', 'State', ...(app.status?.console ? [] : [number('Iterator age'), number('In flight')]), 'Actions'], shards.map(row))),
      records && h('section', null, h('h2', null, `Newest records of ${peeked}`), records.length === 0 ? h('p', { class: 'muted' }, 'The shard holds no record.')
        : table('Records', ['Arrived', 'Key', number('Size'), 'Data'], records.map(recordRow))),
      splitLine(),
      cli(`aws kinesis list-shards --stream-name ${shell(name)}`));
  },
};
