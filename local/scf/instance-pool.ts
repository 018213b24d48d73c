import type { Clock } from '../clock/clock.ts';
import type { FunctionInstance, Loaded, Outcome } from './function-instance.ts';

/** What became of one event, before it is put into the platform's words. */
export type PoolOutcome = { coldStart: boolean; durationMs: number } & (
  | Outcome
  | Exclude<Loaded, { kind: 'ready' }>
  | { kind: 'init-timeout' }
  | { kind: 'timeout' }
  | { kind: 'closed' }
);

export interface InstancePoolOptions {
  /** Starts another instance; `onExit` must be called once, when it is gone. */
  start(onExit: () => void): FunctionInstance;
  /** Further events wait in line. A guard for the laptop: the platform's own quota is far higher. */
  maxInstances: number;
  timeoutMs: number;
  initTimeoutMs: number;
  clock: Clock;
}

/** An instance as those see it who look at its process. */
export interface LivingInstance {
  pid: number;
  /** Has it an event in hand? */
  isBusy: boolean;
  tellTime: FunctionInstance['tellTime'];
  measure: FunctionInstance['measure'];
}

/** The instances of one function. One event at a time for each; more events, more instances. */
export interface InstancePool {
  run(requestId: string, eventJson: string): Promise<PoolOutcome>;
  /** The oldest first. */
  living(): LivingInstance[];
  close(): Promise<void>;
}

interface Slot {
  instance: FunctionInstance;
  busy: boolean;
}

/** An instance taken for one event, and whether it was started for it. */
interface Taken {
  slot: Slot;
  coldStart: boolean;
}

export function createInstancePool(options: InstancePoolOptions): InstancePool {
  const { maxInstances, timeoutMs, initTimeoutMs, clock } = options;
  const slots = new Set<Slot>();
  const waiting: ((taken: Taken | undefined) => void)[] = [];
  let closed = false;

  function startSlot(): Taken {
    const slot: Slot = { busy: true, instance: options.start(() => discard(slot)) };
    slots.add(slot);
    return { slot, coldStart: true };
  }

  function discard(slot: Slot): void {
    if (!slots.delete(slot) || closed) return;
    // Its place is free: the first in line gets a new instance.
    waiting.shift()?.(startSlot());
  }

  function release(slot: Slot): void {
    if (!slots.has(slot)) return;
    const next = waiting.shift();
    if (next === undefined) slot.busy = false;
    else next({ slot, coldStart: false });
  }

  /** The most recently started idle instance, else a new one, else the next to come free; undefined on close. */
  function take(): Promise<Taken | undefined> {
    const idle = [...slots].reverse().find(({ busy }) => !busy);
    if (idle !== undefined) {
      idle.busy = true;
      return Promise.resolve({ slot: idle, coldStart: false });
    }
    if (slots.size < maxInstances) return Promise.resolve(startSlot());
    return new Promise((resolve) => waiting.push(resolve));
  }

  async function run(requestId: string, eventJson: string): Promise<PoolOutcome> {
    const taken = closed ? undefined : await take();
    if (taken === undefined) return { kind: 'closed', coldStart: false, durationMs: 0 };
    const { slot, coldStart } = taken;
    if (coldStart) {
      const loaded = await within(slot.instance.loaded, initTimeoutMs, clock);
      if (loaded?.kind !== 'ready') {
        await slot.instance.kill();
        return { ...(loaded ?? { kind: 'init-timeout' }), coldStart, durationMs: 0 };
      }
    }
    const startedMs = performance.now();
    const outcome = await within(slot.instance.handle(requestId, eventJson), timeoutMs, clock);
    const facts = { coldStart, durationMs: performance.now() - startedMs };
    if (outcome === undefined) {
      // The platform takes the instance back. Whatever the code still had in hand is lost.
      await slot.instance.kill();
      return { kind: 'timeout', ...facts };
    }
    if (outcome.kind !== 'exited') release(slot);
    return { ...facts, ...outcome };
  }

  return {
    run,
    living: () =>
      [...slots].flatMap(({ instance: { pid, tellTime, measure }, busy }) =>
        pid === undefined ? [] : [{ pid, isBusy: busy, tellTime, measure }],
      ),
    async close() {
      closed = true;
      for (const next of waiting.splice(0)) next(undefined);
      await Promise.all([...slots].map(({ instance }) => instance.kill()));
    },
  };
}

async function within<T>(promise: Promise<T>, limitMs: number, clock: Clock): Promise<T | undefined> {
  let cancel = () => {};
  const limit = new Promise<undefined>((resolve) => {
    cancel = clock.after(limitMs, () => resolve(undefined));
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    cancel();
  }
}
