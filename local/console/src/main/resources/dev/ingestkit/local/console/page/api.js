// The control API and AWS's APIs of the runtime that serves this page.

let token = null;
let guarded = false;

/** Sends the page's token with calls of AWS's APIs, too: a console of another endpoint acts with the user's credentials. */
export function guardCalls() {
  guarded = true;
}

/** An answer that is not a success. Its message says what to do. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function read(response) {
  const text = await response.text();
  let body = null;
  try {
    body = text === '' ? {} : JSON.parse(text);
  } catch {
    body = null;
  }
  if (!response.ok) {
    const message = body?.error ?? body?.message ?? body?.Message ?? body?.__type ?? text.trim();
    throw new ApiError(response.status, message || `the runtime answered ${response.status}`);
  }
  if (body === null) throw new ApiError(response.status, `the answer is not JSON: ${text.slice(0, 200)}`);
  return body;
}

async function send(path, options) {
  try {
    return await fetch(path, options);
  } catch {
    throw new ApiError(0, 'the runtime does not answer. Is it running? Start it: ingest-cli up');
  }
}

/** Returns what a page shows of a failed read: nothing of a lost connection, which the shell reports for all pages. */
export const unread = failed => (failed.status === 0 ? null : failed);

/** Reads a resource of the control API. */
export async function get(path) {
  return read(await send(path, { cache: 'no-store' }));
}

/** Reads a resource of one JSON value on each line. */
export async function getLines(path) {
  const response = await send(path, { cache: 'no-store' });
  if (!response.ok) return read(response);
  return (await response.text()).split('\n').filter(Boolean).map(line => JSON.parse(line));
}

async function readToken() {
  token = (await get('/_ingest/console/session')).token;
}

/** Changes something by the control API, with the page's token; a restarted runtime has a new one. */
export async function act(method, path, body) {
  if (token === null) await readToken();
  const once = () => send(path, {
    method,
    headers: { 'Content-Type': 'application/json', 'X-Ingest-Token': token },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  let response = await once();
  if (response.status === 403) {
    await readToken();
    response = await once();
  }
  return read(response);
}

async function withToken(path, options) {
  if (!guarded) return send(path, options);
  if (token === null) await readToken();
  return send(path, { ...options, headers: { ...options.headers, 'X-Ingest-Token': token } });
}

/**
 * Receives messages of a queue that can be read in no other way, and makes them visible again at once. Each counts as
 * received one more time.
 */
export async function receive(url, limit) {
  const found = new Map();
  for (let empty = 0; empty < 3 && found.size < limit;) {
    const { Messages } = await sqs('ReceiveMessage', { QueueUrl: url, MaxNumberOfMessages: 10, VisibilityTimeout: 30, AttributeNames: ['All'] });
    const fresh = (Messages ?? []).filter(message => !found.has(message.MessageId));
    empty = fresh.length === 0 ? empty + 1 : 0;
    for (const message of fresh) found.set(message.MessageId, message);
  }
  for (const message of found.values()) {
    await sqs('ChangeMessageVisibility', { QueueUrl: url, ReceiptHandle: message.ReceiptHandle, VisibilityTimeout: 0 });
  }
  return [...found.values()].map(message => ({
    id: message.MessageId, body: message.Body, receipt: message.ReceiptHandle, state: 'visible',
    sentAt: new Date(Number(message.Attributes?.SentTimestamp ?? 0)).toISOString(), receives: Number(message.Attributes?.ApproximateReceiveCount ?? 1),
  }));
}

/** Calls an action of an AWS service that speaks JSON, such as Kinesis_20131202.GetRecords. */
export async function aws(target, input) {
  const version = target.startsWith('DynamoDB') || target.startsWith('AmazonSQS') ? '1.0' : '1.1';
  return read(await withToken('/', {
    method: 'POST',
    headers: { 'Content-Type': `application/x-amz-json-${version}`, 'X-Amz-Target': target },
    body: JSON.stringify(input),
  }));
}

export const kinesis = (action, input) => aws(`Kinesis_20131202.${action}`, input);
export const dynamoDb = (action, input) => aws(`DynamoDB_20120810.${action}`, input);
export const sqs = (action, input) => aws(`AmazonSQS.${action}`, input);
export const secrets = (action, input) => aws(`secretsmanager.${action}`, input);

/** Calls Lambda's REST API. */
export async function lambda(method, path, body) {
  return withToken(`/2015-03-31/${path}`, { method, body });
}
export { read };

/** Reads one record's bytes from a stream; null if the stream no longer holds it. */
export async function record(stream, shardId, sequenceNumber) {
  try {
    const { ShardIterator } = await kinesis('GetShardIterator', {
      StreamName: stream, ShardId: shardId, ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: sequenceNumber,
    });
    const { Records } = await kinesis('GetRecords', { ShardIterator, Limit: 1 });
    const found = Records.find(candidate => candidate.SequenceNumber === sequenceNumber);
    return found ? bytesOf(found.Data) : null;
  } catch (failed) {
    if (failed instanceof ApiError && failed.status === 400) return null;
    throw failed;
  }
}

export function bytesOf(base64) {
  return Uint8Array.from(atob(base64), char => char.charCodeAt(0));
}

export function base64Of(bytes) {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** Returns an event with its exact bytes in the form that send accepts. */
export function envelope(id, bytes) {
  const text = textOf(bytes);
  return { format: 'ingest-kit/event', id, ...(text === null ? { payloadBase64: base64Of(bytes) } : { payload: text }) };
}

/** Returns the bytes as text; null if they are not UTF-8. */
export function textOf(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
