import { setTimeout as sleepMs } from 'node:timers/promises';
import { Failure } from '../errors.ts';
import type { Database } from './database.ts';
import { createQueue } from './queue.ts';
import { takeSlot } from './rate-limit-slots.ts';

/** Waits for leave to call upstream. */
export interface RateLimiter {
  /**
   * Resolves when the call may be sent.
   *
   * @param deadlineMs milliseconds since 1970, by the clock of the caller
   * @throws Failure `RateLimited` with `retryAfterS`, at once, when no slot begins before the deadline; none is used up.
   */
  acquire(action: string, deadlineMs: number): Promise<void>;
}

export interface DatabaseLimiterOptions {
  /** Limit of upstream for one action, all functions together. */
  requestsPerSecond(action: string): number;
  /** Background callers live on what interactive ones leave. */
  share: 'interactive' | 'background';
  nowMs?: () => number;
  sleep?: (ms: number) => Promise<unknown>;
}

/**
 * How much of upstream's limit is used. Whether upstream counts in fixed or in sliding seconds is not published, so
 * both must be content: slots are evenly spaced, never in bursts, and at 0.97 the 21st of 20 per second comes 1031 ms
 * after the first. Calls may then be up to 31 ms late against each other on their way and no second, wherever it
 * begins, holds more than 20. A stray one that is refused had no effect and may be sent again.
 */
const pace = 0.97;

/**
 * How far ahead of now background callers reserve, in intervals. Anything further would push interactive callers
 * back; nothing at all would lose a few milliseconds of every slot to noticing that it is free. Below one interval
 * every slot given out before has begun, so no interactive caller is waiting for one.
 */
const backgroundLookahead = 0.5;

/** One limit per upstream action for all functions together, kept in the database and measured by its clock. */
export function createDatabaseLimiter(db: Database, options: DatabaseLimiterOptions): RateLimiter {
  const { requestsPerSecond, share, nowMs = Date.now, sleep = sleepMs } = options;
  const intervalUs = (action: string) => Math.ceil(1_000_000 / (requestsPerSecond(action) * pace));

  async function acquireInteractive(action: string, deadlineMs: number): Promise<void> {
    for (;;) {
      const leftMs = timeLeft(deadlineMs);
      const horizonUs = Math.floor(leftMs * 1000);
      const slot = await takeSlot(db, { action, intervalUs: intervalUs(action), horizonUs });
      if (slot.taken) return void (await pause(slot.waitMs));
      if (slot.waitMs > leftMs) throw limited(slot.waitMs);
    }
  }

  /** One caller of this process asks at a time, and not before the slot that the last one was told of. */
  const turn = createQueue();
  const told = new Map<string, { atMs: number; askAgainMs: number }>();

  async function acquireBackground(action: string, deadlineMs: number): Promise<void> {
    const lookaheadMs = (intervalUs(action) / 1000) * backgroundLookahead;
    for (;;) {
      const answer = await turn(() => askInBackground(action, lookaheadMs, timeLeft(deadlineMs)));
      if (answer.taken) return void (await pause(answer.waitMs));
      if (answer.waitMs > timeLeft(deadlineMs)) throw limited(answer.waitMs);
      await pause(answer.waitMs);
    }
  }

  async function askInBackground(action: string, lookaheadMs: number, leftMs: number) {
    const known = told.get(action);
    // A clock that was set back makes what we were told worthless.
    if (known && known.atMs <= nowMs() && nowMs() < known.askAgainMs) {
      return { taken: false, waitMs: known.askAgainMs - nowMs() };
    }
    const horizonUs = Math.floor(Math.min(lookaheadMs, leftMs) * 1000);
    const slot = await takeSlot(db, { action, intervalUs: intervalUs(action), horizonUs });
    const nextMs = slot.taken ? slot.waitMs + intervalUs(action) / 1000 : slot.waitMs;
    const askAgainInMs = Math.max(0, nextMs - lookaheadMs);
    told.set(action, { atMs: nowMs(), askAgainMs: nowMs() + askAgainInMs });
    return { taken: slot.taken, waitMs: slot.taken ? slot.waitMs : askAgainInMs };
  }

  function timeLeft(deadlineMs: number): number {
    const leftMs = deadlineMs - nowMs();
    if (leftMs <= 0) throw limited(0);
    return leftMs;
  }

  /** A timer counts whole milliseconds, and one that rings early would send too soon. */
  async function pause(ms: number): Promise<void> {
    if (ms > 0) await sleep(Math.ceil(ms));
  }

  return { acquire: share === 'interactive' ? acquireInteractive : acquireBackground };
}

function limited(waitMs: number): Failure {
  return new Failure('RateLimited', {
    detail: 'No slot of the upstream action is free in time; nothing was sent',
    retryAfterS: Math.max(1, Math.ceil(waitMs / 1000)),
  });
}
