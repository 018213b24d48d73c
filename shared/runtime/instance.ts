import { turnOfEventLoop } from '../world.ts';
import { type Config, readConfig, secretsOf, type VariableName } from './config.ts';
import { beginEvent, type Event, type Platform, production } from './event.ts';

/** What every function says of itself, however it is reached. */
export interface Definition<Name extends VariableName, Resources> {
  /** Of the function, as its folder and `serverless.yml` have it. */
  name: string;
  /** Variables of the environment that it reads. */
  needs: readonly Name[];
  /** Opens what lives as long as the instance: connections, clients. Called when first needed, again if it failed. */
  open(config: Config<Name>, time: EventTime): Resources | Promise<Resources>;
}

/** The time of the event at hand, for what outlives it. An instance has one event at a time: the platform sees to that. */
interface EventTime {
  /** Epoch milliseconds, by which the work on the event has to be over. */
  deadlineMs(): number;
  nowMs(): number;
  /** Resolves when the event loop has polled since the event began, so that what came while the instance was frozen is known. */
  thawed(): Promise<void>;
}

/** An instance of a function: what it keeps from one event to the next. */
export interface Instance<Name extends VariableName, Resources> {
  /** @throws Failure `Misconfigured` */
  config(): Config<Name>;
  resources(): Promise<Resources>;
  /** @param requestIds candidates from the event, the preferred one first */
  begin(context: unknown, requestIds: readonly unknown[], traceId?: string): Event;
}

export function createInstance<Name extends VariableName, Resources>(
  definition: Definition<Name, Resources>,
  replaced: Partial<Platform> = {},
): Instance<Name, Resources> {
  const platform = { ...production, ...replaced };
  const config = kept(() => readConfig(platform.env, definition.needs));
  const secrets = kept(() => secretsOf(platform.env));
  let deadlineMs = Number.POSITIVE_INFINITY;
  let turn: Promise<void> | undefined;
  const thawed = () => {
    // Once for each event: between two of them alone is an instance frozen.
    turn ??= turnOfEventLoop();
    return turn;
  };
  const time = { deadlineMs: () => deadlineMs, nowMs: platform.now, thawed };
  return {
    config,
    resources: keptPromise(async () => definition.open(config(), time)),
    begin(context, requestIds, traceId) {
      // Nothing has had a deadline before: what is waited for is the start of the instance, too.
      const cold = deadlineMs === Number.POSITIVE_INFINITY || undefined;
      const fields = { function: definition.name, traceId, cold };
      const event = beginEvent(fields, context, requestIds, secrets(), platform);
      deadlineMs = event.deadlineMs;
      turn = undefined;
      return event;
    },
  };
}

/** Made when first asked for, and kept unless that failed. */
function kept<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The same for what takes time: calls that come before it is made wait for the same one. */
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
