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

function read(answer) {
  let body = null;
  try {
    body = answer.text === '' ? {} : JSON.parse(answer.text);
  } catch {
    body = null;
  }
  if (!answer.ok) {
    const message = body?.error ?? body?.message ?? body?.Message ?? body?.__type ?? answer.text.trim();
    throw new ApiError(answer.status, message || `the runtime answered ${answer.status}`);
  }
  if (body === null) throw new ApiError(answer.status, `the answer is not JSON: ${answer.text.slice(0, 200)}`);
  return body;
}

/** The waits before a lost read is sent again: a browser drops the requests in flight when the machine's networks change. */
const RETRY_MILLIS = [100, 400, 1000];
/** Longer than the 30 s after which the console of another endpoint reports that the endpoint does not answer. */
const MAX_READ_SECONDS = 45;
const TIMED_OUT = 504;

let lost = () => {};

/** Sets the function that receives the error of each read without an answer. */
export function onLost(listener) {
  lost = listener;
}

/** Does work that only reads, with retries: a TypeError is how a browser reports a request without an answer. */
export async function repeated(work) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work(attempt);
    } catch (failed) {
      if (failed.name === 'TimeoutError') throw new ApiError(TIMED_OUT, `no answer within ${MAX_READ_SECONDS} s: check the process and its endpoint`);
      if (!(failed instanceof TypeError)) throw failed;
      if (attempt === RETRY_MILLIS.length) break;
      await new Promise(wake => setTimeout(wake, RETRY_MILLIS[attempt]));
    }
  }
  const error = new ApiError(0, guarded ? 'the console does not answer: its process has stopped. Start it again: ingest-cli console'
    : 'the runtime does not answer. Is it running? Start it: ingest-cli up');
  lost(error);
  throw error;
}

/** Sends a request and reads the whole answer, since a connection can be lost in the middle of it. */
async function exchange(path, options) {
  const response = await fetch(path, options);
  return { ok: response.ok, status: response.status, headers: response.headers, text: await response.text() };
}

const readOnly = (path, options) => repeated(() => exchange(path, { ...options, signal: AbortSignal.timeout(MAX_READ_SECONDS * 1000) }));

/** Sends a request that changes something, once: without an answer nobody knows whether it was executed. */
async function change(path, options) {
  try {
    return await exchange(path, options);
  } catch {
    throw new ApiError(0, 'the connection was lost before an answer came, so the action may have been executed: check its result before you repeat it');
  }
}

/** Returns what a page shows of a failed read: nothing of a lost connection, which the shell reports for all pages. */
export const unread = failed => (failed.status === 0 ? null : failed);

/** Reads a resource of the control API. */
export async function get(path) {
  return read(await readOnly(path, { cache: 'no-store' }));
}

/** Reads a resource of one JSON value on each line. */
export async function getLines(path) {
  const answer = await readOnly(path, { cache: 'no-store' });
  if (!answer.ok) return read(answer);
  return answer.text.split('\n').filter(Boolean).map(line => JSON.parse(line));
}

/** Forgets the token of a runtime that has stopped. */
export function forgetToken() {
  token = null;
}

async function readToken() {
  token = (await get('/_ingest/console/session')).token;
}

/** Changes something by the control API, with the page's token; a restarted runtime has a new one. */
export async function act(method, path, body) {
  if (token === null) await readToken();
  const once = () => change(path, {
    method,
    headers: { 'Content-Type': 'application/json', 'X-Ingest-Token': token },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  let answer = await once();
  if (answer.status === 403) {
    await readToken();
    answer = await once();
  }
  return read(answer);
}

/** Sends a call of AWS's APIs, with the page's token where they are guarded; a restarted console has a new one. */
async function call(path, options, sent = change) {
  if (!guarded) return sent(path, options);
  if (token === null) await readToken();
  const once = () => sent(path, { ...options, headers: { ...options.headers, 'X-Ingest-Token': token } });
  const answer = await once();
  if (answer.status !== 403) return answer;
  const before = token;
  await readToken();
  return token === before ? answer : once();
}

/**
 * Receives messages of a queue that can be read in no other way, and makes them visible again at once. Each counts as
 * received one more time.
 */
export async function receive(url, limit) {
  const found = new Map();
  for (let empty = 0; empty < 3 && found.size < limit;) {
    const { Messages } = await sqs('ReceiveMessage', { QueueUrl: url, MaxNumberOfMessages: 10, VisibilityTimeout: 30, AttributeNames: ['All'], MessageAttributeNames: ['All'] });
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
    movedFrom: message.Attributes?.DeadLetterQueueSourceArn, group: message.Attributes?.MessageGroupId, attributes: message.MessageAttributes,
  }));
}

const READS = /\.(Describe|Get|List|Query|Scan)/;

/** Calls an action of an AWS service that speaks JSON, such as Kinesis_20131202.GetRecords. */
export async function aws(target, input) {
  const version = target.startsWith('DynamoDB') || target.startsWith('AmazonSQS') ? '1.0' : '1.1';
  return read(await call('/', {
    method: 'POST',
    headers: { 'Content-Type': `application/x-amz-json-${version}`, 'X-Amz-Target': target },
    body: JSON.stringify(input),
  }, READS.test(target) ? readOnly : change));
}

export const kinesis = (action, input) => aws(`Kinesis_20131202.${action}`, input);
export const dynamoDb = (action, input) => aws(`DynamoDB_20120810.${action}`, input);
export const sqs = (action, input) => aws(`AmazonSQS.${action}`, input);
export const secrets = (action, input) => aws(`secretsmanager.${action}`, input);

/** Invokes a function, and returns the answer's status, headers and text. */
export async function invocation(name, event) {
  return call(`/2015-03-31/functions/${encodeURIComponent(name)}/invocations`, { method: 'POST', body: event });
}

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
