import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { FunctionService } from '../../../../shared/scf/function-service.ts';
import { createFunctionHost, type FunctionHost } from '../../function-host.ts';
import type { startInstance } from '../../function-instance.ts';
import { type Invocation, invocationError } from '../../invocation.ts';
import { type Account, defaultNamespace } from '../state/account.ts';
import type { Content, FunctionRecord, Version } from '../state/function-record.ts';
import { unpack } from './unpack.ts';

export type InvocationKind = 'synchronous' | 'asynchronous';

export interface Run {
  invocation: Invocation;
  /** What the function wrote during the run; where several events run at once, all of it. */
  log: readonly string[];
}

export interface RunnerOptions {
  account: Account;
  /** The built `instance.ts`; see the function host. */
  instanceModule?: string | undefined;
  /** How instances are started; see the function host. */
  startInstance?: typeof startInstance | undefined;
  log: (line: string) => void;
}

/** Runs versions through the function host, each with its own code, configuration and instances. */
export interface Runner {
  /** Whatever goes wrong comes back as `error`; it does not throw. */
  run(
    fn: FunctionRecord,
    version: Version,
    event: unknown,
    kind: InvocationKind,
    requestId?: string,
  ): Promise<Run>;
  /** Ends the instances of a version that is no more. */
  forget(version: Version): void;
  close(): Promise<void>;
}

/** What runs now; replaced as soon as the content, or what bounds it, is another. */
interface Hosted {
  content: Content;
  maxInstances: number;
  host: FunctionHost;
  /** Events under way. */
  running: number;
  retired: boolean;
  listeners: Set<(line: string) => void>;
}

/** A guard for the machine: the platform's own quota is far higher. */
const usualInstances = 10;

export function createRunner(options: RunnerOptions): Runner {
  const hosts = new Map<Version, Hosted>();
  const closing = new Set<Promise<void>>();

  function close(hosted: Hosted): void {
    const closed = hosted.host.close().finally(() => closing.delete(closed));
    closing.add(closed);
  }

  /** Lets what is under way come to its end: on the platform an update does not cut off events either. */
  function retire(version: Version): void {
    const hosted = hosts.get(version);
    if (hosted === undefined) return;
    hosts.delete(version);
    hosted.retired = true;
    if (hosted.running === 0) close(hosted);
  }

  function hostedOf(fn: FunctionRecord, version: Version, maxInstances: number): Hosted {
    const known = hosts.get(version);
    if (known?.content === version.content && known.maxInstances === maxInstances) return known;
    retire(version);
    const hosted = start(fn, version, maxInstances, options);
    hosts.set(version, hosted);
    return hosted;
  }

  return {
    async run(fn, version, event, kind, requestId = randomUUID()) {
      const maxInstances = instancesOf(fn, version.content);
      if (maxInstances === 0) return { invocation: throttled(requestId), log: [] };
      const hosted = hostedOf(fn, version, maxInstances);
      const log: string[] = [];
      const listen = (line: string) => void log.push(line);
      hosted.running += 1;
      hosted.listeners.add(listen);
      try {
        const invocation = await hosted.host.invoke(fn.name, event, kind, requestId);
        // What the function wrote came by another pipe than its answer: one turn, and it is read.
        await setImmediate();
        return { invocation, log };
      } finally {
        hosted.listeners.delete(listen);
        hosted.running -= 1;
        if (hosted.retired && hosted.running === 0) close(hosted);
      }
    },
    forget: retire,
    async close() {
      for (const [version, hosted] of hosts) {
        hosts.delete(version);
        close(hosted);
      }
      await Promise.all(closing);
    },
  };
}

/** What is reserved is the cap, too: an instance takes the memory that it is configured with. */
function instancesOf(fn: FunctionRecord, { configuration }: Content): number {
  if (fn.reservedMb === undefined) return usualInstances;
  return Math.min(usualInstances, Math.floor(fn.reservedMb / configuration.MemorySize));
}

function throttled(requestId: string): Invocation {
  const error = invocationError('ResourceLimitReached', requestId, 'ResourceLimitReached');
  return { requestId, durationMs: 0, memoryMb: 0, coldStart: false, error };
}

function start(fn: FunctionRecord, version: Version, maxInstances: number, options: RunnerOptions): Hosted {
  const { content } = version;
  const { region, appId, uin } = options.account;
  const listeners = new Set<(line: string) => void>();
  const unpacked = unpack(fn.name, content.code.files);
  try {
    const host = createFunctionHost({
      services: [serviceOf(fn, content)],
      // The host takes a copy for itself.
      codeRoot: unpacked.root,
      environment: variablesOf(content),
      maxInstances,
      initTimeoutMs: content.configuration.InitTimeout * 1000,
      identity: { namespace: defaultNamespace, version: version.name, region, appId, uin },
      log(line) {
        for (const listen of listeners) listen(line);
        options.log(line);
      },
      ...(options.instanceModule !== undefined && { instanceModule: options.instanceModule }),
      ...(options.startInstance !== undefined && { startInstance: options.startInstance }),
    });
    return { content, maxInstances, host, running: 0, retired: false, listeners };
  } finally {
    unpacked.remove();
  }
}

const variablesOf = ({ configuration }: Content) =>
  Object.fromEntries(configuration.Environment.Variables.map(({ Key, Value }) => [Key, Value]));

function serviceOf(fn: FunctionRecord, content: Content): FunctionService {
  const { MemorySize, Timeout } = content.configuration;
  return {
    name: fn.name,
    handler: content.handler,
    memoryMb: MemorySize,
    timeoutS: Timeout,
    environment: Object.keys(variablesOf(content)),
    triggers: fn.triggers.map((trigger) =>
      trigger.type === 'http'
        ? { type: 'http' }
        : { type: 'timer', name: trigger.name, cron: trigger.cron, argument: trigger.argument },
    ),
  };
}
