// Runs a Node.js handler through Lambda's runtime API, one invocation after another.

import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import util from 'node:util';
import { Worker } from 'node:worker_threads';

const require = createRequire(import.meta.url);
const ROOT = '/2018-06-01/runtime/';
const [HOST, PORT] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true });

/** Since Node.js 24 Lambda's client takes no callbacks, and a handler's failure that nobody catches ends the process. */
const MODERN = Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV)?.[1]) >= 24;

let requestId;

/** Exits when the runtime has gone: it holds the other end of standard input. A thread, since a handler may block. */
function stopWithTheRuntime() {
  const watch = `
    const net = require('node:net');
    const input = new net.Socket({ fd: 0, readable: true, writable: false });
    const stop = () => process.kill(process.pid, 'SIGKILL');
    input.on('end', stop).on('error', stop).resume();`;
  new Worker(watch, { eval: true, stdin: false }).unref();
}

function error(name, message) {
  const made = new Error(message);
  Object.defineProperty(made, 'name', { value: `Runtime.${name}`, enumerable: MODERN });
  // The stack was written under the name before.
  made.stack = made.stack.replace(/^Error/, made.name);
  return made;
}

// --- output ------------------------------------------------------------------------------------------------------------

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const LOGS_JSON = process.env.AWS_LAMBDA_LOG_FORMAT?.toUpperCase() === 'JSON';

function logLine(level, values) {
  const time = new Date().toISOString();
  const id = requestId ?? (MODERN ? '-' : undefined);
  return LOGS_JSON ? jsonLine(time, level, id, values) : `${time}\t${id}\t${level}\t${util.format(...values)}`;
}

function jsonLine(timestamp, level, id, values) {
  const entry = { timestamp, level, requestId: id };
  if (values.length === 1) {
    try {
      return JSON.stringify({ ...entry, message: values[0] }, (_, value) =>
        value instanceof Error ? { ...errorMembers(value), ...value } : value);
    } catch {
      // It refers to itself.
    }
  }
  const failed = values.length > 1 ? values.find((value) => value instanceof Error) : undefined;
  return JSON.stringify({ ...entry, message: util.format(...values), ...(failed && errorMembers(failed)) });
}

function errorMembers(failed) {
  const stackTrace = typeof failed.stack === 'string' ? failed.stack.split('\n') : failed.stack;
  return { errorType: failed.constructor?.name ?? 'UnknownError', errorMessage: failed.message, stackTrace };
}

function replaceConsole() {
  const methods = { trace: 'TRACE', debug: 'DEBUG', info: 'INFO', log: 'INFO', warn: 'WARN', error: 'ERROR', fatal: 'FATAL' };
  const least = LEVELS.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL?.toUpperCase());
  for (const [method, level] of Object.entries(methods)) {
    console[method] = LEVELS.indexOf(level) < least ? () => {} : (message, ...rest) => process.stdout.write(`${logLine(level, [message, ...rest])}\n`);
  }
}

function isError(failed) {
  return MODERN
    ? failed instanceof Error
    : util.types.isNativeError(failed) || ['name', 'message', 'stack'].every((name) => failed?.[name] && typeof failed[name] === 'string');
}

function describe(failed) {
  const text = (value) => value?.replace(/\x7F/g, '%7F');
  try {
    if (isError(failed)) {
      const stack = MODERN ? failed.stack ?? '' : failed.stack.toString();
      return { errorType: text(failed.name), errorMessage: text(failed.message), trace: stack === '' ? [] : text(stack).split('\n') };
    }
    return { errorType: typeof failed, errorMessage: MODERN ? String(failed) : failed.toString(), trace: [] };
  } catch {
    const errorMessage = 'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack';
    return { errorType: 'handled', errorMessage, ...(MODERN && { trace: [] }) };
  }
}

function logError(title, failed) {
  const logged = failed instanceof Error ? failed : new Error(MODERN ? String(failed) : failed);
  if (LOGS_JSON) {
    console.error(logged);
    return;
  }
  const members = (_, value) => value instanceof Error
    ? { errorType: value.name, errorMessage: value.message, code: value.code, ...value, stack: String(value.stack).split('\n') }
    : value;
  let text;
  try {
    text = JSON.stringify(logged, members);
  } catch {
    text = JSON.stringify(describe(logged)); // it refers to itself
  }
  console.error(title, `\t${text}`);
}

// --- Lambda's runtime API ----------------------------------------------------------------------------------------------

function call(method, at, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const content = body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
    const options = { host: HOST, port: PORT, path: ROOT + at, method, agent, headers: { ...content, ...headers } };
    const request = http.request(options, (response) => {
      const pieces = [];
      response.on('data', (piece) => pieces.push(piece));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(pieces) }));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Posts after the end of the request's output, which the runtime waits for. */
async function post(at, body, headers) {
  await new Promise((resolve) => process.stderr.write('', resolve));
  await new Promise((resolve) => process.stdout.write(`\0${requestId ?? ''}\n`, resolve));
  await call('POST', at, body, headers);
}

function postError(failed, headers) {
  const at = requestId === undefined ? 'init/error' : `invocation/${requestId}/error`;
  return post(at, JSON.stringify(describe(failed)), headers);
}

// --- the handler -------------------------------------------------------------------------------------------------------

/** Says whether the package.json that governs a folder makes .js files ES modules. */
function hasModuleType(folder) {
  const file = path.join(folder, 'package.json');
  if (fs.existsSync(file)) {
    try {
      return JSON.parse(fs.readFileSync(file, 'utf8'))?.type === 'module';
    } catch (unreadable) {
      console.warn(`${file} cannot be read, it will be ignored for ES module detection purposes.`, unreadable);
      return false;
    }
  }
  const parent = path.dirname(folder);
  return parent !== folder && path.basename(folder) !== 'node_modules' && hasModuleType(parent);
}

async function loadModule(root, folder, name) {
  const file = path.resolve(root, folder, name);
  if (MODERN) {
    const found = ['', '.js', '.mjs', '.cjs'].map((end) => file + end).find((candidate) => fs.existsSync(candidate));
    return found === undefined ? require(resolved(root, folder, name)) : import(pathToFileURL(found));
  }
  if (fs.existsSync(file)) {
    return require(file);
  }
  if (fs.existsSync(`${file}.js`)) {
    return hasModuleType(path.dirname(file)) ? import(pathToFileURL(`${file}.js`)) : require(`${file}.js`);
  }
  if (fs.existsSync(`${file}.mjs`)) {
    return import(pathToFileURL(`${file}.mjs`));
  }
  return require(fs.existsSync(`${file}.cjs`) ? `${file}.cjs` : resolved(root, folder, name));
}

function resolved(root, folder, name) {
  return require.resolve(name, { paths: [root, path.resolve(root, folder)] });
}

function memberAt(names, object) {
  return names.split('.').reduce((found, name) => found && found[name], object);
}

async function findHandler(root, full) {
  if (full.includes('..')) {
    throw error('MalformedHandlerName',
      `'${full}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`);
  }
  const base = path.basename(full);
  const dot = base.indexOf('.');
  if (dot < 0) {
    throw error('MalformedHandlerName', 'Bad handler');
  }
  let loaded;
  try {
    loaded = await loadModule(root, full.slice(0, full.length - base.length), base.slice(0, dot));
  } catch (failed) {
    if (failed instanceof SyntaxError) {
      const refused = error('UserCodeSyntaxError', String(failed));
      throw MODERN ? Object.assign(refused, { stack: failed.stack }) : refused;
    }
    throw failed?.code === 'MODULE_NOT_FOUND' ? error('ImportModuleError', String(failed)) : failed;
  }
  const names = base.slice(dot + 1);
  const handler = memberAt(names, loaded) || (MODERN ? memberAt(names, loaded?.default) : undefined);
  if (!handler) {
    throw error('HandlerNotFound', `${full} is undefined or not exported`);
  }
  if (typeof handler !== 'function') {
    throw error('HandlerNotFound', `${full} is not a function`);
  }
  if (MODERN && handler.length > 2 && !handler[STREAMING]) {
    throw error('CallbackHandlerDeprecated', CALLBACKS_REMOVED);
  }
  return handler;
}

// --- response streams --------------------------------------------------------------------------------------------------

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

/** Lambda's words for a handler that takes a callback. */
const CALLBACKS_REMOVED = 'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. '
  + 'You need to modify this function to use a supported handler signature to use Node.js 24 or later. '
  + 'For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.';

/** Keeps what a handler streams: an invocation that does not stream gets it at once. */
class ResponseStream extends Writable {
  #pieces = [];
  #begun = false;

  /** Keeps the process alive until the handler ends the stream, as the connection does on Lambda. */
  #open = setInterval(() => {}, 60_000);

  setContentType() {
    if (this.#begun) {
      throw error('InvalidStreamingOperation', 'Cannot set content-type, too late.');
    }
  }

  write(chunk, ...rest) {
    if (chunk === null || chunk === undefined) {
      throw new TypeError(`Cannot read properties of ${chunk} (reading 'length')`); // as Lambda's client fails
    }
    if (!this.#begun && typeof this._onBeforeFirstWrite === 'function') {
      this._onBeforeFirstWrite((piece) => super.write(piece));
    }
    this.#begun = true;
    const isBytes = typeof chunk === 'string' || chunk instanceof Uint8Array;
    return super.write(isBytes ? chunk : JSON.stringify(chunk), ...rest);
  }

  _write(piece, encoding, done) {
    this.#pieces.push(piece);
    done();
  }

  close() {
    clearInterval(this.#open);
  }

  get content() {
    return Buffer.concat(this.#pieces);
  }
}

function offerStreams() {
  if (['1', 'true'].includes(process.env.AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA)) {
    return;
  }
  const HttpResponseStream = class HttpResponseStream {
    static from(stream, prelude) {
      stream.setContentType('application/vnd.awslambda.http-integration-response');
      stream._onBeforeFirstWrite = (write) => {
        write(JSON.stringify(prelude));
        write(new Uint8Array(8));
      };
      return stream;
    }
  };
  const streamifyResponse = (streamed) => Object.assign(streamed, { [STREAMING]: 'response' });
  globalThis.awslambda = { ...globalThis.awslambda, streamifyResponse, HttpResponseStream };
}

async function runStreaming(handler, event, headers) {
  const stream = new ResponseStream();
  const ended = new Promise((resolve, reject) => stream.once('finish', resolve).once('error', reject));
  ended.catch(() => {}); // the handler may fail first
  try {
    const result = handler(JSON.parse(event), stream, contextOf(headers));
    if (typeof result?.then !== 'function') {
      const refused = 'Streaming does not support non-async handlers.';
      throw MODERN ? new Error(refused) : refused;
    }
    if (await result !== undefined) {
      console.warn('Streaming handlers ignore return values.');
    }
    await ended;
    return stream.content;
  } finally {
    stream.close();
  }
}

// --- invocations -------------------------------------------------------------------------------------------------------

/** What runs when nothing is left to do: Lambda answers null then, also for a promise that nothing will settle. */
let whenIdle = () => {};

function contextOf(headers, settle) {
  const json = (name, title) => {
    const text = headers[name];
    try {
      return text === undefined ? undefined : JSON.parse(text);
    } catch (malformed) {
      throw new Error(`Cannot parse ${title} as json: ${malformed}`);
    }
  };
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const callbacks = settle && {
    succeed: (result) => settle(null, result),
    fail: (failed) => settle(failed ?? 'handled'),
    done: settle,
  };
  return {
    ...(MODERN ? { xRayTraceId: headers['lambda-runtime-trace-id'] } : { callbackWaitsForEmptyEventLoop: true, ...callbacks }),
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: json('lambda-runtime-client-context', 'ClientContext'),
    identity: json('lambda-runtime-cognito-identity', 'CognitoIdentity'),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: requestId,
    tenantId: headers['lambda-runtime-aws-tenant-id'],
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

/** Runs the handler; resolves when it has answered, by a promise, by its callback, or by leaving nothing to do. */
function run(handler, event, headers) {
  if (MODERN) {
    return handler(JSON.parse(event), contextOf(headers));
  }
  let decide;
  const answered = new Promise((resolve, reject) => (decide = { resolve, reject }));
  let called = false; // the first of callback, promise and the context's functions counts
  const settle = (failed, result) => {
    called = true;
    whenIdle = () => {};
    if (failed === undefined || failed === null) decide.resolve(result); else decide.reject(failed);
  };
  const once = (failed, result) => called || settle(failed, result);
  const context = contextOf(headers, once);
  const callback = (failed, result) => {
    if (called) {
      return;
    }
    called = true;
    if ((failed !== undefined && failed !== null) || !context.callbackWaitsForEmptyEventLoop) {
      settle(failed, result);
    } else {
      whenIdle = () => settle(null, result);
    }
  };
  whenIdle = () => settle(null, null);
  try {
    const answer = handler(JSON.parse(event), context, callback);
    if (typeof answer?.then === 'function') {
      answer.then((result) => once(null, result), (failed) => once(failed ?? 'handled'));
    }
  } catch (failed) {
    callback(failed);
  }
  return answered;
}

function written(result) {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch {
    const failure = 'Unable to stringify response body';
    throw MODERN ? error('JSONStringifyError', failure) : new Error(failure);
  }
}

async function serve(handler) {
  while (!exits) {
    const { headers, body } = await call('GET', 'invocation/next').catch(() => process.exit(0));
    requestId = headers['lambda-runtime-aws-request-id'];
    process.env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'] ?? '';
    let answer;
    try {
      const event = body.toString('utf8');
      answer = handler[STREAMING] ? await runStreaming(handler, event, headers) : written(await run(handler, event, headers));
    } catch (failed) {
      if (!exits) {
        await postError(logged('Invoke Error', failed));
      }
      continue;
    }
    if (exits) {
      return; // an error that ends the process has been posted
    }
    await post(`invocation/${requestId}/response`, answer);
  }
}

/** Logs a failure; returns it, or the failure of writing it down. */
function logged(title, failed) {
  try {
    logError(title, failed);
    return failed;
  } catch (unwritable) {
    if (MODERN) {
      throw unwritable;
    }
    logError(title, unwritable);
    return unwritable;
  }
}

let exits = false;

async function exitAfter(title, failed, status) {
  exits = true;
  logError(title, failed);
  await postError(failed, { 'Ingest-Runtime-Exits': 'true' }).catch(() => {});
  process.exit(status);
}

function answerForHandlers() {
  process.on('beforeExit', () => whenIdle());
  process.on('uncaughtException', (failed) => exitAfter('Uncaught Exception', failed, 129));
  process.on('unhandledRejection', (reason, promise) => {
    const failed = error('UnhandledPromiseRejection', reason);
    exitAfter('Unhandled Promise Rejection', Object.assign(failed, { reason, promise }), 128);
  });
}

stopWithTheRuntime();
replaceConsole();
offerStreams();
if (!MODERN) {
  answerForHandlers();
}

let handler;
try {
  handler = await findHandler(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER);
} catch (failed) {
  await exitAfter(MODERN ? 'Init Error' : 'Uncaught Exception', failed, MODERN ? 1 : 129);
}
await new Promise(setImmediate); // what loading has left behind may fail
serve(handler); // not awaited: a process with nothing left to do exits with 0
