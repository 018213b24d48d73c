import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure, listed } from '../../shared/errors.ts';
import { environmentBytes, environmentLimitBytes, ownEnvironment } from '../../shared/scf/environment.ts';
import type { FunctionService } from '../../shared/scf/function-service.ts';
import { type Clock, systemClock } from '../clock/clock.ts';
import { unpackCode } from './code-packages.ts';
import { instanceEnvironment } from './function-environment.ts';
import { startInstance } from './function-instance.ts';
import {
  createInstancePool,
  type InstancePool,
  type LivingInstance,
  type PoolOutcome,
} from './instance-pool.ts';
import type { FunctionIdentity } from './instance-protocol.ts';
import { type FunctionStatus, type Invocation, invocationError } from './invocation.ts';

/** Limits of one event, as JSON (product document 583/11637). */
export const eventLimitBytes = { synchronous: 6 * 2 ** 20, asynchronous: 128 * 2 ** 10 } as const;
const resultLimitBytes = 6 * 2 ** 20;

export interface FunctionHostOptions {
  services: readonly FunctionService[];
  /** The folder with `<FunctionName>/index.js`. */
  codeRoot: string;
  /** Values for the names that the services ask for. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Gets one line at a time: what functions write, and what the host has to say of them. */
  log?: (line: string) => void;
  /** Of one function. Further events wait. */
  maxInstances?: number;
  /** How long code may take to load. The platform's default is 65 s. */
  initTimeoutMs?: number;
  /** The built `instance.ts`; by default it lies beside the module that this one is bundled into. */
  instanceModule?: string;
  /** In place of one by which this process starts them. */
  startInstance?: typeof startInstance;
  newRequestId?: () => string;
  /** Of time limits. */
  clock?: Clock;
  /** How far the clock of the functions is ahead of the machine's, asked for before each event. Milliseconds. */
  shiftMs?: () => number;
  /** Where functions stand: every one of them can read it. */
  identity?: FunctionIdentity;
}

/** Region, application id and account are made up: there is no account here. */
const localIdentity: FunctionIdentity = {
  namespace: 'default',
  version: '$LATEST',
  region: 'ap-guangzhou',
  appId: '1250000000',
  uin: '100000000000',
};

export interface FunctionHost {
  readonly services: readonly FunctionService[];
  /**
   * Runs a function on one event. Whatever goes wrong comes back as `error`; it does not throw.
   *
   * An asynchronous event only has the smaller size limit here; repeating it is `asynchronous-invocation.ts`.
   */
  invoke(
    functionName: string,
    event: unknown,
    kind?: 'synchronous' | 'asynchronous',
    /** A new one unless given. */
    requestId?: string,
  ): Promise<Invocation>;
  /** The processes that stand for a function's instances, the oldest first. A test may freeze and thaw them. */
  pids(functionName: string): number[];
  /** The same, with what they are at. */
  living(functionName: string): LivingInstance[];
  /** Ends every instance at once. */
  close(): Promise<void>;
}

interface Hosted {
  service: FunctionService;
  pool: InstancePool;
  /** Instances are reported once for using too much memory, not on every event. */
  warnedOfMemory: boolean;
}

/**
 * Takes the code as it is now. Throws `Misconfigured` where a function's variables are more than the platform
 * would store.
 */
export function createFunctionHost(options: FunctionHostOptions): FunctionHost {
  const { services, newRequestId = randomUUID, log = () => {} } = options;
  refuseLargeEnvironments(options);
  const packages = unpackCode(
    options.codeRoot,
    services.map(({ name }) => name),
  );
  const hosted = new Map<string, Hosted>(
    services.map((service) => {
      const pool = createPool(service, packages.folderOf(service.name), options, log);
      return [service.name, { service, pool, warnedOfMemory: false }];
    }),
  );

  const living = (functionName: string) => hosted.get(functionName)?.pool.living() ?? [];
  return {
    services,
    async invoke(functionName, event, kind = 'synchronous', requestId = newRequestId()) {
      const refuse = (status: FunctionStatus, message: string): Invocation => ({
        requestId,
        durationMs: 0,
        memoryMb: 0,
        coldStart: false,
        error: invocationError(status, requestId, message),
      });
      const entry = hosted.get(functionName);
      if (entry === undefined) return refuse('FunctionNotFound', 'FunctionNotFound');
      const eventJson = JSON.stringify(event) ?? 'null';
      if (Buffer.byteLength(eventJson) > eventLimitBytes[kind])
        return refuse('RequestTooLarge', 'RequestTooLarge');
      const invocation = toInvocation(entry.service, requestId, await entry.pool.run(requestId, eventJson));
      report(entry, invocation, log);
      return invocation;
    },
    pids: (functionName) => living(functionName).map(({ pid }) => pid),
    living,
    async close() {
      await Promise.all([...hosted.values()].map(({ pool }) => pool.close()));
      packages.remove();
    },
  };
}

function refuseLargeEnvironments({ services, environment }: FunctionHostOptions): void {
  const problems = services.flatMap((service) => {
    const bytes = environmentBytes(ownEnvironment(service, environment));
    return bytes > environmentLimitBytes
      ? [{ path: service.name, message: { zh: `为 ${bytes} 字节`, en: `has ${bytes} bytes` } }]
      : [];
  });
  if (problems.length === 0) return;
  const list = listed(problems);
  throw new Failure('Misconfigured', {
    detail: {
      zh: `平台限每个函数的环境变量共 ${environmentLimitBytes} 字节：${list.zh}`,
      en: `the platform takes ${environmentLimitBytes} bytes of environment variables per function: ${list.en}`,
    },
    problems,
  });
}

function createPool(
  service: FunctionService,
  folder: string,
  options: FunctionHostOptions,
  log: (line: string) => void,
): InstancePool {
  const [file = '', handler = ''] = service.handler.split('.');
  const environment = ownEnvironment(service, options.environment);
  return createInstancePool({
    maxInstances: options.maxInstances ?? 10,
    timeoutMs: service.timeoutS * 1000,
    initTimeoutMs: options.initTimeoutMs ?? 65_000,
    clock: options.clock ?? systemClock,
    start: (onExit) =>
      (options.startInstance ?? startInstance)({
        entry: join(folder, `${file}.js`),
        handler,
        functionName: service.name,
        identity: options.identity ?? localIdentity,
        memoryMb: service.memoryMb,
        timeoutS: service.timeoutS,
        environmentNames: Object.keys(environment),
        processEnvironment: instanceEnvironment(service, environment, folder),
        shiftMs: options.shiftMs ?? (() => 0),
        instanceModule: options.instanceModule ?? fileURLToPath(new URL('./instance.mjs', import.meta.url)),
        onLine: (line) => log(`${service.name} | ${line}`),
        onExit,
      }),
  });
}

function toInvocation(service: FunctionService, requestId: string, outcome: PoolOutcome): Invocation {
  const facts = {
    requestId,
    durationMs: outcome.durationMs,
    memoryMb: 'memoryMb' in outcome ? outcome.memoryMb : 0,
    coldStart: outcome.coldStart,
  };
  const fail = (status: FunctionStatus, message: string, stackTrace?: string): Invocation => ({
    ...facts,
    error: invocationError(status, requestId, message, stackTrace),
  });
  switch (outcome.kind) {
    case 'result':
      if (Buffer.byteLength(outcome.resultJson) > resultLimitBytes) {
        return fail('ResponseTooLarge', 'The size of response exceeds the upper limit (6MB)');
      }
      return { ...facts, result: JSON.parse(outcome.resultJson) };
    case 'thrown':
      return fail('UserCodeException', 'user code exception caught', outcome.error.stack);
    case 'timeout':
      return fail('TimeLimitReached', `Invoking task timed out after ${service.timeoutS} seconds`);
    case 'exited':
      return fail('ProcessExit', `User process exit when running (${outcome.how})`);
    case 'handler-not-found':
      return fail('HandlerNotFound', `HandlerNotFound: ${outcome.message}`);
    case 'load-failed':
      return fail('UserCodeError', 'UserCodeError', outcome.error.stack);
    case 'init-timeout':
      return fail('InitTimeout', 'InitContainerTimeout');
    case 'closed':
      return fail('RequestCanceled', 'RequestCanceled');
  }
}

/** A failed function says so in the log; a silent one would be searched for in the wrong place. */
function report(entry: Hosted, invocation: Invocation, log: (line: string) => void): void {
  const { name, memoryMb } = entry.service;
  if (invocation.error !== undefined) {
    const { statusCode, errorMessage, stackTrace } = invocation.error;
    const first = stackTrace?.split('\n')[0];
    log(
      `${name} | ${statusCode} ${errorMessage}${first === undefined ? '' : `: ${first}`} (${invocation.requestId})`,
    );
  }
  if (invocation.memoryMb > memoryMb && !entry.warnedOfMemory) {
    entry.warnedOfMemory = true;
    const used = Math.ceil(invocation.memoryMb);
    log(`${name} | uses ${used} MB of the ${memoryMb} MB it has: the platform would end it with 434`);
  }
}
