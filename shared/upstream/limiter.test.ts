import { describe, expect, it, vi } from 'vitest';
import { Failure } from '../errors.ts';
import { createWindowLimiter } from './limiter.ts';

/** A limiter on a clock that only sleeping moves. */
function limiterOnClock(limit = 20) {
  const clock = { nowMs: 1_000_000 };
  const limiter = createWindowLimiter({
    requestsPerSecondOf: () => limit,
    now: () => clock.nowMs,
    sleep: async (ms) => {
      clock.nowMs += ms;
    },
  });
  return { limiter, clock };
}

describe('createWindowLimiter', () => {
  it('lets the whole limit through at once, and the next one a second later', async () => {
    const { limiter, clock } = limiterOnClock();
    const start = clock.nowMs;
    for (let i = 0; i < 20; i++) await limiter.acquire('A', start + 5000);
    expect(clock.nowMs).toBe(start);
    await limiter.acquire('A', start + 5000);
    expect(clock.nowMs).toBeGreaterThan(start + 1000);
  });

  it('never lets more than the limit through in any second, and wastes little of it', async () => {
    const { limiter, clock } = limiterOnClock();
    const times: number[] = [];
    for (let i = 0; i < 200; i++) {
      clock.nowMs += i % 7;
      await limiter.acquire('A', Number.POSITIVE_INFINITY);
      times.push(clock.nowMs);
    }
    const crowded = times.filter((at, i) => at - (times[i - 20] ?? Number.NEGATIVE_INFINITY) <= 1000);
    expect(crowded).toEqual([]);
    const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
    expect(180 / seconds).toBeGreaterThan(19);
  });

  it('keeps actions apart', async () => {
    const { limiter, clock } = limiterOnClock(1);
    const start = clock.nowMs;
    await limiter.acquire('A', start);
    await limiter.acquire('B', start);
    expect(clock.nowMs).toBe(start);
  });

  it('refuses at once what does not fit the deadline, and takes no slot for it', async () => {
    const { limiter, clock } = limiterOnClock(1);
    const start = clock.nowMs;
    await limiter.acquire('A', start);
    const refusal = await limiter.acquire('A', start + 500).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Failure);
    expect(refusal).toMatchObject({ code: 'RateLimited', status: 429, retryAfterS: 2 });
    expect(clock.nowMs).toBe(start);
    await limiter.acquire('A', start + 1100);
    expect(clock.nowMs).toBeLessThan(start + 1100);
  });

  it('gives waiting callers slots of their own', async () => {
    const sleeps: number[] = [];
    const limiter = createWindowLimiter({
      requestsPerSecondOf: () => 1,
      now: () => 0,
      sleep: async (ms) => {
        sleeps.push(ms);
      },
    });
    await Promise.all([1, 2, 3].map(() => limiter.acquire('A', 10_000)));
    expect(sleeps).toEqual([1020, 2040]);
  });

  it('does not wait for the time that a clock has lost which was set back', async () => {
    const { limiter, clock } = limiterOnClock(1);
    await limiter.acquire('A', clock.nowMs);
    clock.nowMs -= 3_600_000;
    const start = clock.nowMs;
    await limiter.acquire('A', start + 5000);
    expect(clock.nowMs - start).toBeLessThan(1100);
  });

  it('waits by a timer where no sleep is given', async () => {
    vi.useFakeTimers();
    try {
      const limiter = createWindowLimiter({ requestsPerSecondOf: () => 1 });
      const start = Date.now();
      await limiter.acquire('A', start + 5000);
      const second = limiter.acquire('A', start + 5000);
      await vi.runAllTimersAsync();
      await second;
      expect(Date.now() - start).toBe(1020);
    } finally {
      vi.useRealTimers();
    }
  });
});
