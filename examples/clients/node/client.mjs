// Puts records into a stream with the AWS SDK for JavaScript, reads them, and prints each as "received DATA".
import * as kinesis from '@aws-sdk/client-kinesis';
import * as sqs from '@aws-sdk/client-sqs';
import assert from 'node:assert';

const StreamName = process.env.STREAM;
const client = new kinesis.KinesisClient();
const send = (Command, input) => client.send(new kinesis[`${Command}Command`](input));
const bytes = (text) => new TextEncoder().encode(text);
const text = (data) => new TextDecoder().decode(data);

await send('CreateStream', { StreamName, ShardCount: 2 });
await kinesis.waitUntilStreamExists({ client, maxWaitTime: 30, minDelay: 1 }, { StreamName });
await send('PutRecord', { StreamName, PartitionKey: 'k1', Data: bytes('record-1') });
const Records = [2, 3, 4, 5].map((i) => ({ PartitionKey: `k${i}`, Data: bytes(`record-${i}`) }));
assert.equal((await send('PutRecords', { StreamName, Records })).FailedRecordCount, 0);

const { Shards } = await send('ListShards', { StreamName });
for (const { ShardId } of Shards) {
  const position = { StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
  const { ShardIterator } = await send('GetShardIterator', position);
  const page = await send('GetRecords', { ShardIterator });
  for (const record of page.Records) console.log('received', text(record.Data));
}

const { StreamDescriptionSummary: { StreamARN } } = await send('DescribeStreamSummary', { StreamName });
const { Consumer: { ConsumerARN } } = await send('RegisterStreamConsumer', { StreamARN, ConsumerName: 'node' });
let status;
while (status !== 'ACTIVE') {
  status = (await send('DescribeStreamConsumer', { ConsumerARN })).ConsumerDescription.ConsumerStatus;
}
let pushed = 0;
for (const { ShardId } of Shards) {
  const { EventStream } = await send('SubscribeToShard', { ConsumerARN, ShardId, StartingPosition: { Type: 'TRIM_HORIZON' } });
  for await (const event of EventStream) {
    pushed += event.SubscribeToShardEvent.Records.length;
    break;
  }
}
assert.equal(pushed, 5, 'records of enhanced fan-out');

const queues = new sqs.SQSClient();
const { QueueUrl } = await queues.send(new sqs.CreateQueueCommand({ QueueName: StreamName }));
await queues.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: '<a> & b' }));
const { Messages } = await queues.send(new sqs.ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
assert.equal(Messages[0].Body, '<a> & b');
process.exit(0);
