import { Failure } from '../errors.ts';

/** Hands out the right to send. Whoever shares upstream's limit shares one of these. */
export interface Limiter {
  /**
   * Resolves when one request of the action may be sent, which is before the deadline (epoch milliseconds).
   *
   * @throws {Failure} `RateLimited`, at once, when no slot comes free before the deadline.
   */
  acquire(action: string, deadlineMs: number): Promise<void>;
}

export interface WindowLimiterOptions {
  /** Limit of an action. Requests per second. */
  requestsPerSecondOf: (action: string) => number;
  /** Epoch milliseconds. */
  now?: () => number;
  sleep?: (ms: number) => Promise<void>;
}

/**
 * Upstream counts requests as they arrive, so a little more than its second keeps us safe from those that were
 * faster on their way than the ones before them. Milliseconds.
 */
const windowMs = 1020;

const sleepByTimer = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * The limiter of one process: in no window of a second are there more requests of an action than its limit. A
 * bucket of tokens would let twice as many pass in the first second, a full bucket and what flows in meanwhile.
 */
export function createWindowLimiter(options: WindowLimiterOptions): Limiter {
  const { requestsPerSecondOf, now = Date.now, sleep = sleepByTimer } = options;
  const slotsOf = new Map<string, Slots>();

  return {
    async acquire(action, deadlineMs) {
      const slots = slotsOf.get(action) ?? createSlots(requestsPerSecondOf(action));
      slotsOf.set(action, slots);

      const nowMs = now();
      const atMs = slots.nextAtMs(nowMs);
      if (atMs > deadlineMs) {
        const retryAfterS = Math.max(1, Math.ceil((atMs - nowMs) / 1000));
        throw new Failure('RateLimited', {
          retryAfterS,
          detail: `The limit of ${requestsPerSecondOf(action)} requests per second of ${action} is used up until after the deadline`,
        });
      }
      slots.take(atMs);
      if (atMs > nowMs) await sleep(atMs - nowMs);
    },
  };
}

interface Slots {
  /** When the next request may be sent, at the earliest. Epoch milliseconds. */
  nextAtMs(nowMs: number): number;
  take(atMs: number): void;
}

/** The times of the last `limit` requests, in a ring: the next may follow a window after the oldest of them. */
function createSlots(limit: number): Slots {
  const takenAtMs = new Array<number>(limit).fill(Number.NEGATIVE_INFINITY);
  let oldest = 0;
  let seenMs = Number.NEGATIVE_INFINITY;

  return {
    nextAtMs(nowMs) {
      // A clock that was set back would make everybody wait for the time that it has lost.
      if (nowMs < seenMs) takenAtMs.fill(nowMs);
      seenMs = nowMs;
      return Math.max(nowMs, (takenAtMs[oldest] ?? nowMs) + windowMs);
    },
    take(atMs) {
      takenAtMs[oldest] = atMs;
      oldest = (oldest + 1) % limit;
    },
  };
}
