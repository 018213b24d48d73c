import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { casesOf } from '../../testing/cases.ts';
import type { TakeSlot } from '../../world.ts';
import { createQueue } from '../postgres/queue.ts';
import { databaseSuite } from '../testing/database-suite.ts';
import { takeSlot } from './rate-limit-slots.ts';
import { createDatabaseLimiter } from './rate-limiter.ts';

const test = databaseSuite();

beforeEach(() => test.db.query('delete from rate_limits'));

const action = 'ChannelCreateMultiFlowSignQRCode';

/** A hundred seconds and a bit from slot to slot: a slow machine changes nothing. */
const slow = 0.01;

/** A limiter whose sleep lets time pass at once: for the clock here, and for the limit in the database. */
function limiter(share: 'interactive' | 'background') {
  const slept: number[] = [];
  const passing = createQueue();
  let clockMs = 0;
  const { acquire } = createDatabaseLimiter(test.db, {
    requestsPerSecond: slow,
    share,
    nowMs: () => clockMs,
    sleep: (ms) => {
      slept.push(ms);
      const wakesAtMs = clockMs + ms;
      // Sleeps overlap: what has passed for one has passed for all.
      return passing(async () => {
        const passesMs = Math.max(0, wakesAtMs - clockMs);
        await test.db.query("update rate_limits set tat = tat - $1 * interval '1 millisecond'", [passesMs]);
        clockMs += passesMs;
      });
    },
  });
  return { acquire, slept, nowMs: () => clockMs };
}

async function state(): Promise<unknown[]> {
  return (await test.db.query('select action, tat from rate_limits')).rows;
}

describe('an interactive caller', () => {
  it('goes at once when the limit is idle', async () => {
    const { acquire, slept } = limiter('interactive');
    await acquire(action, 1);
    expect(slept).toEqual([]);
  });

  it('waits for its slot, at 0.97 of the limit', async () => {
    const { acquire, slept } = limiter('interactive');
    await acquire(action, 1);
    await acquire(action, 200_000);
    expect(slept).toHaveLength(1);
    expect(slept[0]).toBeGreaterThan(60_000);
    expect(slept[0]).toBeLessThanOrEqual(Math.ceil(100_000 / 0.97));
  });

  it('is refused at once when its slot comes after the deadline, and uses none up', async () => {
    const { acquire, slept } = limiter('interactive');
    await acquire(action, 1);
    const before = await state();
    const refused = await acquire(action, 30_000).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'RateLimited', retryable: true });
    expect((refused as { retryAfterS: number }).retryAfterS).toBeGreaterThan(60);
    expect((refused as { retryAfterS: number }).retryAfterS).toBeLessThanOrEqual(104);
    expect(await state()).toEqual(before);
    expect(slept).toEqual([]);
  });

  it('is refused without a question when the deadline is over', async () => {
    const { acquire } = limiter('interactive');
    await expect(acquire(action, 0)).rejects.toMatchObject({ code: 'RateLimited', retryAfterS: 1 });
    expect(await state()).toEqual([]);
  });
});

describe('a background caller', () => {
  it('goes at once when the limit is idle', async () => {
    const { acquire, slept } = limiter('background');
    await acquire(action, 1);
    expect(slept).toEqual([]);
  });

  it('takes no slot while an interactive caller waits for one', async () => {
    const people = limiter('interactive');
    const timer = limiter('background');
    await people.acquire(action, 1);
    await takeSlot(test.db, { action, intervalUs: 100_000_000, horizonUs: 1_000_000_000 });
    const before = await state();
    await expect(timer.acquire(action, 60_000)).rejects.toMatchObject({ code: 'RateLimited' });
    expect(await state()).toEqual(before);
  });

  it('goes on when those before it have gone', async () => {
    const timer = limiter('background');
    for (let slot = 0; slot < 5; slot += 1) {
      await takeSlot(test.db, { action, intervalUs: 100_000_000, horizonUs: 1_000_000_000 });
    }
    await timer.acquire(action, 10_000_000);
    const sleptMs = timer.slept.reduce((sum, ms) => sum + ms, 0);
    expect(sleptMs).toBeGreaterThan(400_000);
    expect(sleptMs).toBeLessThanOrEqual(501_000);
  });

  it('pushes an interactive caller back by one interval and a half at most', async () => {
    const people = limiter('interactive');
    const timer = limiter('background');
    // Two in a row, so that the second has reserved as far ahead as it may.
    await timer.acquire(action, 1);
    await timer.acquire(action, 1_000_000);
    await people.acquire(action, 1_000_000);
    expect(people.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(Math.ceil(150_000 / 0.97));
  });

  it('keeps many callers of one process an interval apart', async () => {
    const timer = limiter('background');
    const went: number[] = [];
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        await timer.acquire(action, 10_000_000);
        went.push(timer.nowMs());
      }),
    );
    const gaps = went.slice(1).map((ms, index) => ms - (went[index] ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThan(90_000);
  });

  it('asks so early that its question is there when the next slot may be reserved, and wastes none', async () => {
    const wayMs = 30_000;
    let clockMs = 0;
    let freeAtMs = 0;
    let wastedMs = 0;
    const { acquire } = createDatabaseLimiter(test.db, {
      requestsPerSecond: slow,
      share: 'background',
      nowMs: () => clockMs,
      sleep: async (ms) => {
        clockMs += ms;
      },
    });
    /** A database so far away, and never asked by anybody else. */
    const take: TakeSlot = async ({ intervalUs, horizonUs }) => {
      clockMs += wayMs;
      const waitMs = Math.max(0, freeAtMs - clockMs);
      const taken = waitMs * 1000 <= horizonUs;
      if (taken) {
        wastedMs += freeAtMs === 0 ? 0 : Math.max(0, clockMs - freeAtMs);
        freeAtMs = Math.max(freeAtMs, clockMs) + intervalUs / 1000;
      }
      clockMs += wayMs;
      return { taken, waitMs };
    };
    for (let turn = 0; turn < 10; turn += 1) await acquire(action, Number.MAX_SAFE_INTEGER, take);
    expect(wastedMs).toBe(0);
  });

  it('asks again when the clock was set back, instead of waiting for it', async () => {
    let clockMs = 10_000_000;
    const slept: number[] = [];
    const { acquire } = createDatabaseLimiter(test.db, {
      requestsPerSecond: slow,
      share: 'background',
      nowMs: () => clockMs,
      sleep: async (ms) => void slept.push(ms),
    });
    await acquire(action, clockMs + 1);
    clockMs -= 5_000_000;
    await test.db.query("update rate_limits set tat = now() - interval '1 second'");
    await acquire(action, clockMs + 1);
    expect(slept).toEqual([]);
  });
});

describe('the pace', () => {
  it('uses at least 0.95 of the limit and never passes it in any second, fixed or sliding', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 500 }), async (requestsPerSecond) => {
        await test.db.query('delete from rate_limits');
        // Busy for an hour to come: nothing depends on how fast this test runs.
        await takeSlot(test.db, { action, intervalUs: 3_600_000_000, horizonUs: 0 });
        const { acquire } = createDatabaseLimiter(test.db, {
          requestsPerSecond,
          share: 'interactive',
          nowMs: () => 0,
          sleep: async () => undefined,
        });
        const before = await nextSlotUs();
        await acquire(action, 7_200_000);
        const gapUs = (await nextSlotUs()) - before;
        expect(Math.ceil(1_000_000 / gapUs)).toBeLessThanOrEqual(requestsPerSecond);
        expect(1_000_000 / gapUs).toBeGreaterThanOrEqual(0.95 * requestsPerSecond);
      }),
      casesOf(30),
    );
  });
});

async function nextSlotUs(): Promise<number> {
  const { rows } = await test.db.query<{ us: string }>(
    'select (extract(epoch from tat) * 1000000)::bigint::text as us from rate_limits',
  );
  return Number(rows[0]?.us);
}
