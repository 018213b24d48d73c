import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateLimit } from './rate-limit.ts';

/** Takes `count` at one time; says how many were accepted. */
function takeMany(
  limit: ReturnType<typeof createRateLimit>,
  count: number,
  nowMs: number,
  key = 'id',
): number {
  return Array.from({ length: count }, () => limit.take(key, 'action', 20, nowMs)).filter(Boolean).length;
}

describe('the rate limit', () => {
  it('accepts twenty in a second, and the twenty-first when the first is a second old', () => {
    const limit = createRateLimit();
    expect(takeMany(limit, 25, 0)).toBe(20);
    expect(takeMany(limit, 1, 999.9)).toBe(0);
    expect(takeMany(limit, 25, 1000)).toBe(20);
  });

  it('accepts a steady twenty per second for ever', () => {
    const limit = createRateLimit();
    for (let index = 0; index < 1000; index += 1) expect(takeMany(limit, 1, index * 50)).toBe(1);
  });

  it('counts each account and action by itself', () => {
    const limit = createRateLimit();
    expect(takeMany(limit, 20, 0)).toBe(20);
    expect(takeMany(limit, 20, 0, 'other')).toBe(20);
    expect(limit.take('id', 'other', 20, 0)).toBe(true);
    expect(limit.take('id', 'action', 20, 0)).toBe(false);
  });

  it('never accepts more than its limit in any window of a second', async () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 50, maxLength: 200 });
    await fc.assert(
      fc.property(gaps, (waits) => {
        const limit = createRateLimit();
        let nowMs = 0;
        const accepted = waits.flatMap((waitMs) => {
          nowMs += waitMs;
          return limit.take('id', 'action', 5, nowMs) ? [nowMs] : [];
        });
        for (const [index, atMs] of accepted.slice(5).entries()) {
          expect(atMs - (accepted[index] ?? 0)).toBeGreaterThanOrEqual(1000);
        }
      }),
    );
  });

  it('begins anew when the clock is set back, and when it is reset', () => {
    const limit = createRateLimit();
    expect(takeMany(limit, 20, 5000)).toBe(20);
    expect(takeMany(limit, 25, 4000)).toBe(20);
    limit.reset();
    expect(takeMany(limit, 25, 4000)).toBe(20);
  });

  it('can be without end', () => {
    const limit = createRateLimit();
    for (let index = 0; index < 1000; index += 1) {
      expect(limit.take('id', 'action', Number.POSITIVE_INFINITY, 0)).toBe(true);
    }
  });
});
