import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockSkewMs } from './clock-skew.ts';

/** What a `Date` header keeps of a time. */
const toHeader = (ms: number) => Math.floor(ms / 1000) * 1000;
const times = fc.record({
  sentAtMs: fc.integer({ min: 1e12, max: 2e12 }),
  toServerMs: fc.integer({ min: 0, max: 5000 }),
  backMs: fc.integer({ min: 0, max: 5000 }),
});

describe('clockSkewMs', () => {
  it('is zero for two clocks that agree, however slow the network is', () => {
    fc.assert(
      fc.property(times, ({ sentAtMs, toServerMs, backMs }) => {
        const writtenAtMs = sentAtMs + toServerMs;
        expect(clockSkewMs(toHeader(writtenAtMs), sentAtMs, writtenAtMs + backMs)).toBe(0);
      }),
    );
  });

  it('never says more than is true, and with a fast network at most a second less', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: -1e6, max: 1e6 }), ({ sentAtMs, toServerMs, backMs }, aheadMs) => {
        const writtenAtMs = sentAtMs + toServerMs;
        const received = writtenAtMs + backMs;
        // Ours is ahead: we read later times than the server does.
        const skew = clockSkewMs(toHeader(writtenAtMs), sentAtMs + aheadMs, received + aheadMs);
        expect(Math.abs(skew)).toBeLessThanOrEqual(Math.abs(aheadMs));
        expect(Math.abs(skew)).toBeGreaterThanOrEqual(Math.abs(aheadMs) - toServerMs - backMs - 1000);
        if (skew !== 0) expect(Math.sign(skew)).toBe(Math.sign(aheadMs));
      }),
    );
  });

  it.each([
    [10_000, 10_500, 10_600, 0],
    [10_000, 9_000, 9_200, -800],
    [10_000, 12_000, 12_100, 1000],
  ])('of a Date of %i ms sent at %i and received at %i is %i', (date, sent, received, skew) => {
    expect(clockSkewMs(date, sent, received)).toBe(skew);
  });
});
