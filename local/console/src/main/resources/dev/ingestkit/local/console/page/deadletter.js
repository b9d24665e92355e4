// One dead letter: what its message says, and the records that it stands for.

import { bytesOf, get, kinesis, record } from './api.js';
import { several } from './format.js';

const PAGE = 500;
/** The states of a queue's messages that the journal may know an error of. */
const FAILED = 'dead,in-flight,queued';
const MAX_EVENTS = 1000;

/** The edges of the stack's graph that lead to queues of dead letters: from a mapping, and by a redrive policy. */
export const DEAD_LETTERS = new Set(['on-failure', 'moves']);

/** What the journal knows of moved messages, by their ids: null of those that it does not know. */
let causes = new Map();

const nameIn = arn => arn.split(':').pop();

/** Returns why a redrive policy moved a message; how often it was received is known of this runtime's own queues. */
function moveReason(message, error) {
  const times = message.receivesBeforeMove === undefined ? 'too often' : several(message.receivesBeforeMove, 'time');
  return `received ${times} from ${nameIn(message.movedFrom)}${error ? `: ${error}` : ''}`;
}

/** Returns a message with its kind, its reason, and what identifies its records. */
export function parse(message) {
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
  if (message.movedFrom) return { ...message, kind: 'message', reason: moveReason(message, null), key: '', records: 1, parsed: null };
  // An invocation without a caller that waits: its message holds the event itself.
  if (body?.requestContext?.functionArn) return { ...message, kind: 'other', reason, key: body.requestContext.functionArn.split(':')[6], records: 1, parsed: null };
  return { ...message, kind: 'other', reason: '', key: '', records: 0, parsed: null };
}

/** Returns the queues' events that the journal knows, by the ids of their messages. */
async function eventsOf(queues) {
  const found = new Map();
  for (const queue of queues) {
    const { events } = await get(`/_ingest/events?${new URLSearchParams({ queue, state: FAILED, limit: MAX_EVENTS })}`);
    for (const event of events) found.set(event.messageId, event);
  }
  return found;
}

/** Adds the event's id and the last error of its function to messages that a redrive policy moved, where the journal knows them. */
export async function explained(messages) {
  const moved = messages.filter(message => message.kind === 'message');
  const asked = moved.filter(message => !causes.has(message.id));
  const events = await eventsOf(new Set(asked.map(message => nameIn(message.movedFrom))));
  causes = new Map(moved.map(message => [message.id, causes.get(message.id) ?? events.get(message.id) ?? null]));
  return messages.map(message => {
    const event = causes.get(message.id);
    if (!event) return message;
    // The journal's own words name the move, too.
    const error = (event.reason ?? '').replace(`received too often from ${nameIn(message.movedFrom)}`, '').replace(/^: /, '');
    return { ...message, key: event.id, reason: moveReason(message, error) };
  });
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
export async function recordsOf(message) {
  if (message.kind === 'parked') {
    const parked = message.parsed;
    return [{ stream: parked.stream.split('/').pop(), arn: parked.stream, shard: parked.shard, key: parked.partitionKey, number: parked.sequenceNumber,
      arrivedAt: Date.parse(parked.arrivedAt) / 1000, bytes: await unpacked(parked.payload, parked) }];
  }
  if (message.kind === 'message') {
    return [{ stream: message.movedFrom, shard: '', key: message.id, number: message.id, arrivedAt: Date.parse(message.sentAt) / 1000,
      bytes: new TextEncoder().encode(message.body), moved: message }];
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
