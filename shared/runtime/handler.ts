import { randomUUID } from 'node:crypto';
import { Failure } from '../errors.ts';
import { type Config, type Environment, readConfig, secretsOf, type VariableName } from './config.ts';
import { readContext } from './instance-context.ts';
import { createLog, type Log, type LogFields } from './log.ts';
import { chooseRequestId } from './request-id.ts';

/** What a handler takes from its surroundings, bound once when the function is loaded. */
export interface Surroundings {
  env: Environment;
  /** Epoch milliseconds. */
  now: () => number;
  newRequestId: () => string;
  /** Takes one line of the log, without its line break. */
  write: (line: string) => void;
  /** Calls back once after a time, unless the function that it returns is called before. */
  after: (ms: number, callback: () => void) => () => void;
}

const production: Surroundings = {
  env: process.env,
  now: Date.now,
  newRequestId: randomUUID,
  write: (line) => {
    process.stdout.write(`${line}\n`);
  },
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** What every function says of itself, however it is reached. */
export interface Definition<Name extends VariableName, Resources> {
  /** Of the function, as its folder and `serverless.yml` have it. */
  name: string;
  /** Variables of the environment that it reads. */
  needs: readonly Name[];
  /** Opens what lives as long as the instance: connections, clients. Called when first needed, again if it failed. */
  open(config: Config<Name>): Resources | Promise<Resources>;
}

/** Facts that are found on the way, for the log line. */
export interface Trace {
  upstreamRequestId?: string;
}

/** Work ends this long before the platform ends the function; the guard leaves {@link graceMs} more to end by itself. */
const safetyMarginMs = 700;
const graceMs = 300;

/** An instance of a function: what it keeps from one event to the next. */
export interface Instance<Name extends VariableName, Resources> {
  /** @throws Failure `Misconfigured` */
  config(): Config<Name>;
  resources(): Promise<Resources>;
  /** @param requestIds candidates from the event, the preferred one first */
  begin(context: unknown, requestIds: readonly unknown[]): Run;
}

/** The work on one event. */
export interface Run {
  requestId: string;
  /** Epoch milliseconds, by which the work has to be over. */
  deadlineMs: number;
  log: Log;
  trace: Trace;
  now: () => number;
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
  /** Writes the one line that every event gets. */
  finish(level: 'info' | 'warn' | 'error', fields: LogFields, error?: unknown): void;
}

export function createInstance<Name extends VariableName, Resources>(
  definition: Definition<Name, Resources>,
  replaced: Partial<Surroundings> = {},
): Instance<Name, Resources> {
  const surroundings = { ...production, ...replaced };
  const config = kept(() => readConfig(surroundings.env, definition.needs));
  const secrets = kept(() => secretsOf(surroundings.env));
  return {
    config,
    resources: keptPromise(async () => definition.open(config())),
    begin: (context, requestIds) =>
      createRun(definition.name, readContext(context), requestIds, secrets(), surroundings),
  };
}

function createRun(
  name: string,
  context: ReturnType<typeof readContext>,
  requestIds: readonly unknown[],
  secrets: readonly string[],
  { now, newRequestId, write, after }: Surroundings,
): Run {
  const startedMs = now();
  const deadlineMs = startedMs + context.remainingMs - safetyMarginMs;
  const requestId = chooseRequestId([...requestIds, context.requestId], secrets, newRequestId);
  const log = createLog({ write, now, secrets, fields: { function: name, requestId } });
  const trace: Trace = {};
  let mayHaveActed = false;

  return {
    requestId,
    deadlineMs,
    log,
    trace,
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
      const line = { ...fields, ...trace, durationMs: Math.round(now() - startedMs) };
      if (level === 'info') log.info('done', line);
      else log[level]('failed', line, error);
    },
  };
}

function outOfTime(mayHaveActed: boolean): Failure {
  return mayHaveActed
    ? new Failure('UnknownOutcome', {
        detail:
          'The time of the function ran out while it was at work: look what was done before you repeat it',
      })
    : new Failure('DeadlineExceeded');
}

/** Made when first asked for, and kept unless that failed. */
function kept<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The same for what takes time: those who ask meanwhile wait for the same one. */
function keptPromise<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return async () => {
    made ??= make();
    const current = made;
    try {
      return await current;
    } catch (error) {
      if (made === current) made = undefined;
      throw error;
    }
  };
}
