import { setTimeout as sleepMs } from 'node:timers/promises';
import { Failure } from '../../errors.ts';
import type { HearOfTurn, Limiter, TakeSlot } from '../../world.ts';
import type { Database } from '../postgres/database.ts';
import { createQueue } from '../postgres/queue.ts';
import { takeSlot } from './rate-limit-slots.ts';

export interface DatabaseLimiterOptions {
  /** Limit of upstream for one action, all functions together. */
  requestsPerSecond: number;
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
export function createDatabaseLimiter(db: Database, options: DatabaseLimiterOptions): Limiter {
  const { requestsPerSecond, share, nowMs = Date.now, sleep = sleepMs } = options;
  const intervalUs = Math.ceil(1_000_000 / (requestsPerSecond * pace));

  const takeAlone: TakeSlot = (slot) => takeSlot(db, slot);

  async function acquireInteractive(
    action: string,
    deadlineMs: number,
    take = takeAlone,
    told?: HearOfTurn,
  ): Promise<void> {
    for (;;) {
      const leftMs = timeLeft(deadlineMs);
      const horizonUs = Math.floor(leftMs * 1000);
      const asked = { action, intervalUs, horizonUs };
      const slot = await take(asked);
      told?.({ ...asked, ...slot });
      if (slot.taken) return void (await pause(slot.waitMs));
      if (slot.waitMs > leftMs) throw limited(slot.waitMs);
    }
  }

  /** One caller of this process asks at a time, and not before the slot that the database gave the last one. */
  const turn = createQueue();
  const lastAnswers = new Map<string, { atMs: number; askAgainMs: number }>();

  async function acquireBackground(action: string, deadlineMs: number, take = takeAlone): Promise<void> {
    const lookaheadMs = (intervalUs / 1000) * backgroundLookahead;
    for (;;) {
      const answer = await turn(() => askInBackground(action, lookaheadMs, timeLeft(deadlineMs), take));
      if (answer.taken) return void (await pause(answer.waitMs));
      if (answer.waitMs > timeLeft(deadlineMs)) throw limited(answer.waitMs);
      await pause(answer.waitMs);
    }
  }

  async function askInBackground(action: string, lookaheadMs: number, leftMs: number, take: TakeSlot) {
    const known = lastAnswers.get(action);
    // A clock that was set back makes the answer of the database worthless.
    if (known && known.atMs <= nowMs() && nowMs() < known.askAgainMs) {
      return { taken: false, waitMs: known.askAgainMs - nowMs() };
    }
    const horizonUs = Math.floor(Math.min(lookaheadMs, leftMs) * 1000);
    const askedMs = nowMs();
    const slot = await take({ action, intervalUs, horizonUs });
    const nextMs = slot.taken ? slot.waitMs + intervalUs / 1000 : slot.waitMs;
    // As early as this question was: the next has the same way before it, and should be there when the slot may be reserved.
    const askAgainInMs = Math.max(0, nextMs - lookaheadMs - Math.max(0, nowMs() - askedMs));
    lastAnswers.set(action, { atMs: nowMs(), askAgainMs: nowMs() + askAgainInMs });
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
    detail: {
      zh: '时限内没有可用的上游请求名额，请求未发出',
      en: 'No slot of the upstream action is free in time; nothing was sent',
    },
    retryAfterS: Math.max(1, Math.ceil(waitMs / 1000)),
  });
}
