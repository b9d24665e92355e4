// Runs a Node.js handler through Lambda's runtime API, one invocation after another.

import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import util from 'node:util';
import { Worker } from 'node:worker_threads';

const require = createRequire(import.meta.url);
const ROOT = '/2018-06-01/runtime/';
const [HOST, PORT] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true });

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
  made.name = `Runtime.${name}`;
  // The stack was written under the name before.
  made.stack = made.stack.replace(/^Error/, made.name);
  return made;
}

// --- output ------------------------------------------------------------------------------------------------------------

function line(level, values) {
  process.stdout.write(`${new Date().toISOString()}\t${requestId}\t${level}\t${util.format(...values)}\n`);
}

function replaceConsole() {
  const levels = { trace: 'TRACE', debug: 'DEBUG', info: 'INFO', log: 'INFO', warn: 'WARN', error: 'ERROR', fatal: 'FATAL' };
  for (const [method, level] of Object.entries(levels)) {
    console[method] = (...values) => line(level, values);
  }
}

function describe(failed) {
  if (util.types.isNativeError(failed) || (failed?.name && failed.message && failed.stack)) {
    return { errorType: failed.name, errorMessage: failed.message, trace: String(failed.stack).split('\n') };
  }
  return { errorType: typeof failed, errorMessage: String(failed), trace: [] };
}

function logError(title, failed) {
  const logged = util.types.isNativeError(failed) ? failed : new Error(failed);
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
  if (fs.existsSync(file) && fs.statSync(file).isFile()) {
    return require(file);
  }
  if (fs.existsSync(`${file}.js`)) {
    return hasModuleType(path.dirname(file)) ? import(pathToFileURL(`${file}.js`)) : require(`${file}.js`);
  }
  if (fs.existsSync(`${file}.mjs`)) {
    return import(pathToFileURL(`${file}.mjs`));
  }
  return require(fs.existsSync(`${file}.cjs`) ? `${file}.cjs` : require.resolve(name, { paths: [root, path.resolve(root, folder)] }));
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
      throw error('UserCodeSyntaxError', String(failed));
    }
    throw failed?.code === 'MODULE_NOT_FOUND' ? error('ImportModuleError', String(failed)) : failed;
  }
  const handler = base.slice(dot + 1).split('.').reduce((object, key) => object && object[key], loaded);
  if (!handler) {
    throw error('HandlerNotFound', `${full} is undefined or not exported`);
  }
  if (typeof handler !== 'function') {
    throw error('HandlerNotFound', `${full} is not a function`);
  }
  return handler;
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
  return {
    callbackWaitsForEmptyEventLoop: true,
    succeed: (result) => settle(null, result),
    fail: (failed) => settle(failed ?? 'handled'),
    done: settle,
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
  return new Promise((resolve, reject) => {
    let settled = false;
    const settle = (failed, result) => {
      if (!settled) {
        settled = true;
        whenIdle = () => {};
        if (failed === undefined || failed === null) resolve(result); else reject(failed);
      }
    };
    const context = contextOf(headers, settle);
    const callback = (failed, result) => {
      const hasFailed = failed !== undefined && failed !== null;
      if (hasFailed || !context.callbackWaitsForEmptyEventLoop) {
        settle(failed, result);
      } else if (!settled) {
        whenIdle = () => settle(null, result);
      }
    };
    whenIdle = () => settle(null, null);
    const answer = handler(JSON.parse(event), context, callback);
    if (typeof answer?.then === 'function') {
      answer.then((result) => settle(null, result), (failed) => settle(failed ?? 'handled'));
    }
  });
}

function written(result) {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch {
    throw new Error('Unable to stringify response body');
  }
}

async function serve(handler) {
  for (;;) {
    const { headers, body } = await call('GET', 'invocation/next').catch(() => process.exit(0));
    requestId = headers['lambda-runtime-aws-request-id'];
    process.env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'] ?? '';
    let answer;
    try {
      answer = written(await run(handler, body.toString('utf8'), headers));
    } catch (failed) {
      logError('Invoke Error', failed);
      await postError(failed);
      continue;
    }
    await post(`invocation/${requestId}/response`, answer);
  }
}

async function exitAfter(title, failed, status) {
  logError(title, failed);
  await postError(failed, { 'Ingest-Runtime-Exits': 'true' }).catch(() => {});
  process.exit(status);
}

stopWithTheRuntime();
replaceConsole();
process.on('beforeExit', () => whenIdle());
process.on('uncaughtException', (failed) => exitAfter('Uncaught Exception', failed, 129));
process.on('unhandledRejection', (reason, promise) => {
  const failed = error('UnhandledPromiseRejection', String(reason));
  exitAfter('Unhandled Promise Rejection', Object.assign(failed, { reason, promise }), 128);
});

let handler;
try {
  handler = await findHandler(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER);
} catch (failed) {
  await exitAfter('Uncaught Exception', failed, 129);
}
await serve(handler);
