/**
 * The process that stands for one instance of a cloud function.
 *
 * It loads the deployed bundle as the platform's runtime does, takes one event at a time from its parent and
 * answers with the result as JSON. It never outlives the parent.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { inspect } from 'node:util';
import { getHeapCodeStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { installShiftedDate } from '../clock/shifted-date.ts';
import { createContext } from './function-context.ts';
import type {
  EventMessage,
  HostMessage,
  InstanceMessage,
  InstanceStart,
  ThrownError,
} from './instance-protocol.ts';

type Handler = (event: unknown, context: unknown, callback: Callback) => unknown;
type Callback = (error: unknown, result?: unknown) => void;

const send = process.send?.bind(process);
if (send === undefined) throw new Error('An instance is started by the function host, not by hand.');
const tell = (message: InstanceMessage) => send(message);

// On the platform there is no parent to talk to.
delete process.send;
process.on('disconnect', () => process.exit(0));
// Ctrl-C in a terminal reaches the whole process group; the host decides when an instance ends.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});

// The host writes this argument.
const start = JSON.parse(process.argv[2] ?? '') as InstanceStart;
process.argv.length = 2;
process.argv[1] = start.entry;

// Before the code is loaded, which may keep `Date.now` for itself.
const setShift = installShiftedDate();
setShift(start.shiftMs);

// As they were deployed: what the code changes in its environment does not reach the context.
const ownVariables = { ...process.env };
let events = 0;
const handler = load();
if (handler !== undefined) {
  process.on('message', (message: HostMessage) => hear(handler, message));
  tell({ kind: 'ready' });
}

function hear(handle: Handler, message: HostMessage): void {
  if (message.kind === 'event') void answer(handle, message);
  else if (message.kind === 'clock') setShift(message.shiftMs);
  else measure();
}

/** The collector is asked for when it is wanted: code that is deployed does not find it. */
function measure(): void {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  // What a first pass finalises, a second one frees.
  collect();
  collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  const { code_and_metadata_size, bytecode_and_metadata_size } = getHeapCodeStatistics();
  const code = code_and_metadata_size + bytecode_and_metadata_size;
  tell({ kind: 'memory', resident: rss, heap: heapUsed, code, external, events });
}

function load(): Handler | undefined {
  if (!existsSync(start.entry)) {
    tell({ kind: 'handler-not-found', message: `there is no ${basename(start.entry)}` });
    return undefined;
  }
  try {
    // The code of the function is data here.
    const exported = createRequire(start.entry)(start.entry) as Record<string, unknown>;
    const found = exported[start.handler];
    if (typeof found === 'function') return found as Handler;
    tell({ kind: 'handler-not-found', message: `the code exports no function ${start.handler}` });
  } catch (error) {
    tell({ kind: 'load-failed', error: describe(error) });
  }
  return undefined;
}

async function answer(handle: Handler, { requestId, eventJson, shiftMs }: EventMessage): Promise<void> {
  setShift(shiftMs);
  events += 1;
  const startedMs = performance.now();
  const elapsedMs = () => performance.now() - startedMs;
  const facts = () => ({ requestId, durationMs: elapsedMs(), memoryMb: process.memoryUsage.rss() / 2 ** 20 });
  try {
    const event: unknown = JSON.parse(eventJson);
    const result = await run(handle, event, createContext(start, requestId, elapsedMs, ownVariables));
    // A function or a symbol has no JSON, like undefined.
    const resultJson = JSON.stringify(result) ?? 'null';
    tell({ kind: 'result', resultJson, ...facts() });
  } catch (error) {
    tell({ kind: 'thrown', error: describe(error), ...facts() });
  }
}

/**
 * Runs a handler of either style: one that returns a promise, or one that calls its third parameter.
 *
 * That a plain value returned by a handler of two parameters is its result is an assumption; the documents only
 * speak of `async` handlers and of callbacks.
 */
function run(handle: Handler, event: unknown, context: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const returned = handle(event, context, (error, result) => {
      if (error === null || error === undefined) resolve(result);
      else reject(error);
    });
    if (isThenable(returned) || handle.length < 3) resolve(returned);
  });
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

function describe(error: unknown): ThrownError {
  if (error instanceof Error) return { message: error.message, stack: error.stack ?? error.message };
  const shown = inspect(error);
  return { message: shown, stack: shown };
}
