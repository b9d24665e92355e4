// Puts records with lifion-kinesis, reads them by polling with its lease table, and prints each as "received DATA".
'use strict';
const Kinesis = require('lifion-kinesis');

const endpoint = process.env.AWS_ENDPOINT_URL;
const streamName = process.env.STREAM;
const kinesis = new Kinesis({
  streamName,
  endpoint,
  region: process.env.AWS_REGION,
  createStreamIfNeeded: true,
  initialPositionInStream: 'TRIM_HORIZON',
  leaseAcquisitionInterval: 1000,
  parseJson: true,
  consumerGroup: 'clients',
  dynamoDb: { endpoint, region: process.env.AWS_REGION, tableName: `${streamName}-leases` },
});
let received = 0;
kinesis.on('error', (failure) => {
  console.error(failure);
  process.exit(1);
});
kinesis.on('data', ({ records }) => {
  for (const { data } of records) {
    console.log('received', data.text);
    received += 1;
  }
  if (received >= 5) process.exit(0);
});
(async () => {
  await kinesis.startConsumer();
  await kinesis.putRecord({ partitionKey: 'k1', data: { text: 'record-1' } });
  const records = [2, 3, 4, 5].map((i) => ({ partitionKey: `k${i}`, data: { text: `record-${i}` } }));
  await kinesis.putRecords({ records });
})();
