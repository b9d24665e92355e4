// Sends the records of dead letters again: to the function, as they were, or to the stream, as the newest; messages that a
// redrive policy moved go back to their queue.

import { base64Of, invocation, kinesis, sqs } from './api.js';

const MAX_INVOKE_RECORDS = 100;
/** Lambda accepts 6 MB; base64 adds a third, and each record its envelope. */
const MAX_INVOKE_BYTES = 4_000_000;

/** Returns the function that one of the mappings delivers a stream's records to. */
function functionOf(stream, mappings) {
  const mapping = mappings.find(candidate => candidate.stream === stream);
  if (!mapping) throw new Error(`no mapping delivers the records of ${stream}: redrive them by the stream`);
  return mapping.function.split(':function:').pop().split(':')[0];
}

/** Gives records to the function in the form in which the mapping delivers them. */
async function invoke(entries, mappings) {
  const region = entries[0].arn.split(':')[3];
  const event = { Records: entries.map(entry => ({
    kinesis: { kinesisSchemaVersion: '1.0', partitionKey: entry.key, sequenceNumber: entry.number, data: base64Of(entry.bytes), approximateArrivalTimestamp: entry.arrivedAt },
    eventSource: 'aws:kinesis', eventVersion: '1.0', eventID: `${entry.shard}:${entry.number}`, eventName: 'aws:kinesis:record', awsRegion: region, eventSourceARN: entry.arn,
  })) };
  const { ok, headers, text } = await invocation(functionOf(entries[0].stream, mappings), JSON.stringify(event));
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

const put = entry => kinesis('PutRecord', { StreamName: entry.stream, PartitionKey: entry.key, Data: base64Of(entry.bytes) });

/** Returns a message to its queue by the same calls as the tool, with its attributes and its group. */
async function sendBack({ moved, bytes }) {
  const [, , , , account, queue] = moved.movedFrom.split(':');
  const { QueueUrl } = await sqs('GetQueueUrl', { QueueName: queue, QueueOwnerAWSAccountId: account });
  await sqs('SendMessage', {
    QueueUrl, MessageBody: new TextDecoder().decode(bytes), MessageAttributes: moved.attributes, MessageGroupId: moved.group,
    // An id of its own: with the first one the queue may take the message for a duplicate.
    MessageDeduplicationId: queue.endsWith('.fifo') ? moved.id : undefined,
  });
}

/** Sends records by a route: 'invoke' gives them to the function of their stream's mapping, 'stream' puts them. */
export async function send(entries, via, mappings) {
  if (entries[0]?.moved) for (const entry of entries) await sendBack(entry);
  else if (via === 'stream') for (const entry of entries) await put(entry);
  else for (const part of batches(entries)) await invoke(part, mappings);
}
