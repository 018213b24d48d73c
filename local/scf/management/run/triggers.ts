import type { Server } from 'node:http';
import type { Clock } from '../../../clock/clock.ts';
import { createGuardedServer, send } from '../../../cloud-api/http-exchange.ts';
import { closeServer, listen } from '../../../cloud-api/listen.ts';
import type { AsynchronousInvoker } from '../../asynchronous-invocation.ts';
import { startTimers, type Timers } from '../../timer.ts';
import type {
  FunctionRecord,
  HttpTriggerRecord,
  TimerTriggerRecord,
  TriggerRecord,
} from '../state/function-record.ts';
import type { HttpEntrance } from './http-entrance.ts';

/** Where an asynchronous event goes; the version is looked up anew for each attempt. */
export interface AsynchronousTarget {
  fn: FunctionRecord;
  qualifier: string;
  /** The same for every attempt. */
  requestId: string;
}

export interface TriggersParts {
  entrance: HttpEntrance;
  asynchronous: AsynchronousInvoker<AsynchronousTarget>;
  clock: Clock;
  newId: () => string;
  onDefect: (error: unknown) => void;
}

/**
 * The triggers that work: every Function URL is a port of its own on this machine, as in the cloud it is a host of its
 * own; every enabled timer waits for its next time.
 */
export interface Triggers {
  /** Rejects with the error of the system where no port is to be had. */
  start(fn: FunctionRecord, trigger: TriggerRecord): Promise<void>;
  /** After a change of its members. A Function URL stays where it is. */
  restart(fn: FunctionRecord, trigger: TriggerRecord): void;
  stop(trigger: TriggerRecord): void;
  /** Of a Function URL, without a slash at the end; empty where it is not started. */
  urlOf(trigger: HttpTriggerRecord): string;
  close(): Promise<void>;
}

export function createTriggers(parts: TriggersParts): Triggers {
  const servers = new Map<HttpTriggerRecord, { server: Server; url: string }>();
  const timers = new Map<TimerTriggerRecord, Timers>();
  const closing = new Set<Promise<void>>();

  function arm(fn: FunctionRecord, trigger: TimerTriggerRecord): void {
    timers.get(trigger)?.stop();
    timers.delete(trigger);
    if (trigger.enabled) timers.set(trigger, startTimer(fn, trigger, parts));
  }

  function stop(trigger: TriggerRecord): void {
    if (trigger.type === 'timer') {
      timers.get(trigger)?.stop();
      timers.delete(trigger);
      return;
    }
    const listening = servers.get(trigger);
    if (listening === undefined) return;
    servers.delete(trigger);
    const closed = closeServer(listening.server).finally(() => closing.delete(closed));
    closing.add(closed);
  }

  return {
    async start(fn, trigger) {
      if (trigger.type === 'timer') return arm(fn, trigger);
      const server = serverOf(fn, trigger, parts);
      const { url } = await listen(server, 0, '127.0.0.1');
      servers.set(trigger, { server, url });
    },
    restart(fn, trigger) {
      if (trigger.type === 'timer') arm(fn, trigger);
    },
    stop,
    urlOf: (trigger) => servers.get(trigger)?.url ?? '',
    async close() {
      for (const trigger of [...servers.keys(), ...timers.keys()]) stop(trigger);
      await Promise.all(closing);
    },
  };
}

function serverOf(
  fn: FunctionRecord,
  trigger: HttpTriggerRecord,
  { entrance, onDefect }: TriggersParts,
): Server {
  return createGuardedServer(async (message, response) => {
    send(message, response, await entrance.answer(fn, trigger, message, message.url ?? '/'));
  }, onDefect);
}

function startTimer(fn: FunctionRecord, trigger: TimerTriggerRecord, parts: TriggersParts): Timers {
  const { name, cron, argument, qualifier } = trigger;
  const service = {
    name: fn.name,
    handler: '',
    memoryMb: 0,
    timeoutS: 0,
    environment: [],
    triggers: [{ type: 'timer' as const, name, cron, argument }],
  };
  const deliver = (_name: string, event: unknown) =>
    parts.asynchronous.deliver({ fn, qualifier, requestId: parts.newId() }, event, fn.retry.RetryNum);
  return startTimers([service], deliver, parts.clock);
}
