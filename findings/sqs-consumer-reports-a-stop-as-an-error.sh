#!/usr/bin/env bash
# sqs-consumer 14.2.8: stopping a consumer by its documented `stop({ abort: true })` while it waits for messages emits `aborted`,
# and then `error` with "SQS receive message failed: Request aborted", although nothing failed. Every regular shutdown so looks
# like an outage to whoever counts or reports the errors of the consumer.
# Needs Node.js 20 or newer. The queue is a server of this script that holds each receive open, as a long poll of an empty queue.
set -euo pipefail
version=14.2.8
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
printf '{"private": true, "type": "module"}\n' >package.json
npm install --silent --no-audit --no-fund "sqs-consumer@$version" @aws-sdk/client-sqs@3.1143.0 >/dev/null
cat >stop.js <<'J'
import { createServer } from 'node:http';
import { SQSClient } from '@aws-sdk/client-sqs';
import { Consumer } from 'sqs-consumer';

const events = [];
const server = createServer(() => consumer.stop({ abort: true })); // the request is there, its answer is due in 20 seconds
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const sqs = new SQSClient({
  endpoint: `http://127.0.0.1:${server.address().port}`,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
const consumer = Consumer.create({
  queueUrl: `http://127.0.0.1:${server.address().port}/000000000000/q`,
  sqs,
  waitTimeSeconds: 20,
  handleMessage: async (message) => message,
});
for (const name of ['aborted', 'stopped', 'error']) {
  consumer.on(name, (problem) => events.push(problem?.message ? `${name}: ${problem.message}` : name));
}
consumer.start();
await new Promise((done) => consumer.on('error', () => setTimeout(done, 100)));
console.log(events.join('\n'));
process.exit(0);
J
output=$(timeout 60 node stop.js 2>/dev/null)
printf 'sqs-consumer %s, events of a consumer that is stopped with abort while it waits:\n%s\n' "$version" "$output"
grep -qx aborted <<<"$output"
grep -qx 'error: SQS receive message failed: Request aborted' <<<"$output"
