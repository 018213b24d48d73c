import { Failure } from '../errors.ts';
import type { Config, Environment, VariableName } from './config.ts';
import { chooseRequestId } from './http/request-id.ts';
import { readContext } from './instance-context.ts';
import { createLog, type Log, type LogFields } from './log/log.ts';

/** What a function takes from the process that it runs in, bound once when it is loaded. */
export interface Platform {
  env: Environment;
  /** Epoch milliseconds. */
  now: () => number;
  newRequestId: () => string;
  /** Takes one line of the log, without its line break. */
  write: (line: string) => void;
  /** Calls back once after a time, unless the function that it returns is called before. */
  after: (ms: number, callback: () => void) => () => void;
}

export const production: Platform = {
  env: process.env,
  now: Date.now,
  newRequestId: () => crypto.randomUUID(),
  write: (line) => {
    process.stdout.write(`${line}\n`);
  },
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * One event on its way through a function. It is made when the event comes in, and every step extends the same object
 * with what it has found out: the request, who asks, what is opened.
 */
export interface Event {
  readonly requestId: string;
  /** Epoch milliseconds, by which the work has to be over: its own calls take it as their deadline. */
  readonly deadlineMs: number;
  readonly log: Log;
  /** What is found on the way, for the one line that every event gets. */
  readonly facts: EventFacts;
  /** Epoch milliseconds. */
  now(): number;
  /**
   * Says that from here on something may be done that cannot be undone, unless `readOnly`.
   *
   * @throws Failure `DeadlineExceeded` when the time is up already
   */
  beginWork(options: { readOnly: boolean }): void;
  /**
   * The result of all the work on the event. It is the last resort: calls to upstream and to the database have
   * deadlines of their own, before this one.
   *
   * @throws Failure when time runs out: `DeadlineExceeded` if nothing can have been done, else `UnknownOutcome`
   */
  withinTime<T>(work: () => Promise<T>): Promise<T>;
  /** Writes the one line. */
  finish(level: 'info' | 'warn' | 'error', fields: LogFields, error?: unknown): void;
}

/** {@link Event} whose function is configured and has opened what it needs. */
export interface OpenEvent<Name extends VariableName, Resources> extends Event {
  readonly config: Config<Name>;
  readonly resources: Resources;
}

/** Facts of an event for its log line; whatever the caller wrote is cleaned there. */
interface EventFacts {
  method?: string;
  keyId?: string;
  /** The code that it was about. */
  codeId?: string;
  /** Of a notification. */
  verdict?: string;
  outcome?: string;
  /** Its line is not written: there are too many like it. */
  leftOut?: boolean;
  /** Why that is its outcome: a code. */
  reason?: string;
  /** Of an agent, that was called. */
  tool?: string;
  notificationId?: string;
  messageType?: string;
  /** What became of the renewal that was due: a kind of `RenewalResult`, `broken` or `cut-off`. */
  renewal?: string;
  upstreamRequestId?: string;
}

/** Work ends this long before the platform ends the function; the guard leaves {@link graceMs} more to end by itself. */
const safetyMarginMs = 700;
const graceMs = 300;

/**
 * @param fields of every line of its log
 * @param requestIds candidates from the event, the preferred one first
 */
export function beginEvent(
  fields: LogFields,
  context: unknown,
  requestIds: readonly unknown[],
  secrets: readonly string[],
  { now, newRequestId, write, after }: Platform,
): Event {
  const { requestId: contextId, remainingMs } = readContext(context);
  const startedMs = now();
  const deadlineMs = startedMs + remainingMs - safetyMarginMs;
  const requestId = chooseRequestId([...requestIds, contextId], secrets, newRequestId);
  const log = createLog({ write, now, secrets, fields: { ...fields, requestId } });
  const facts: EventFacts = {};
  let mayHaveActed = false;

  return {
    requestId,
    deadlineMs,
    log,
    facts,
    now,
    beginWork({ readOnly }) {
      if (now() >= deadlineMs) throw outOfTime(false);
      mayHaveActed = !readOnly;
    },
    async withinTime(work) {
      let cancel = () => {};
      const late = new Promise<never>((_resolve, reject) => {
        cancel = after(deadlineMs + graceMs - now(), () => reject(outOfTime(mayHaveActed)));
      });
      try {
        return await Promise.race([work(), late]);
      } finally {
        cancel();
      }
    },
    finish(level, fields, error) {
      if (facts.leftOut) return;
      const line = { ...facts, ...fields, durationMs: Math.round(now() - startedMs) };
      if (level === 'info') log.info('done', line);
      else log[level]('failed', line, error);
    },
  };
}

function outOfTime(mayHaveActed: boolean): Failure {
  return mayHaveActed ? new Failure('UnknownOutcome', { detail: cutOff }) : new Failure('DeadlineExceeded');
}

const cutOff = {
  zh: '函数执行中途超时：重试前请先确认已完成的操作',
  en: 'The time of the function ran out while it was at work: look what was done before you repeat it',
};
