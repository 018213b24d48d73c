import { parseList } from 'structured-headers';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../errors.ts';
import { countCall, limitHeaders, noteTurn, type RateLimits } from './rate-limits.ts';

/** The fields as anybody reads them who knows RFC 9651. */
function read(limits: RateLimits) {
  const { 'RateLimit-Policy': policy = '', RateLimit: left = '' } = limitHeaders(limits) ?? {};
  const items = (field: string) =>
    Object.fromEntries(parseList(field).map(([name, parameters]) => [name, Object.fromEntries(parameters)]));
  return { policy: items(policy), left: items(left) };
}

function counted(count: number, perMinute = 100): { limits: RateLimits; refused: unknown } {
  const limits: RateLimits = {};
  try {
    countCall(limits, perMinute, { count, endsInS: 12.3 });
    return { limits, refused: undefined };
  } catch (refused) {
    return { limits, refused };
  }
}

function turn(parts: { intervalUs?: number; taken?: boolean; waitMs?: number }) {
  const limits: RateLimits = {};
  noteTurn(limits, { action: 'A', horizonUs: 0, intervalUs: 51_547, taken: true, waitMs: 0, ...parts });
  return read(limits);
}

describe('the limit of a key', () => {
  it('says what is left, and when the minute ends', () => {
    expect(read(counted(30).limits)).toEqual({
      policy: { key: { q: 100, w: 60 } },
      left: { key: { r: 70, t: 13 } },
    });
  });

  it('lets the last call through, and refuses the next until the minute is over', () => {
    expect(counted(100)).toMatchObject({ refused: undefined });
    const { limits, refused } = counted(101);
    expect(refused).toBeInstanceOf(Failure);
    // Not earlier than the end of the window, as the draft has it.
    expect(refused).toMatchObject({ code: 'KeyRateLimited', status: 429, retryable: true, retryAfterS: 13 });
    expect(read(limits).left).toEqual({ key: { r: 0, t: 13 } });
  });

  it('counts in whole requests, also where less than one is configured', () => {
    expect(read(counted(1, 0.5).limits).policy).toEqual({ key: { q: 1, w: 60 } });
    expect(counted(2, 0.5).refused).toBeDefined();
  });

  it('is nothing for a key that nobody counts', () => {
    const limits: RateLimits = {};
    countCall(limits, 1, undefined);
    expect(limitHeaders(limits)).toBeUndefined();
  });
});

describe('the limit of upstream', () => {
  it('has as many turns in a second as begin there', () => {
    expect(turn({})).toEqual({
      policy: { upstream: { q: 19, w: 1 } },
      left: { upstream: { r: 19, t: 1 } },
    });
    expect(turn({ waitMs: 500 }).left).toEqual({ upstream: { r: 9, t: 1 } });
    expect(turn({ waitMs: 990 }).left).toEqual({ upstream: { r: 0, t: 1 } });
    expect(turn({ waitMs: 2500 }).left).toEqual({ upstream: { r: 9, t: 3 } });
  });

  it('has none where no turn could be had', () => {
    expect(turn({ taken: false, waitMs: 12_300 }).left).toEqual({ upstream: { r: 0, t: 13 } });
  });

  it('has a longer window where a turn takes longer than a second', () => {
    expect(turn({ intervalUs: 2_500_000 })).toEqual({
      policy: { upstream: { q: 1, w: 3 } },
      left: { upstream: { r: 1, t: 3 } },
    });
  });

  it('is one of several limits in one field', () => {
    const { limits } = counted(1);
    noteTurn(limits, { action: 'A', horizonUs: 0, intervalUs: 51_547, taken: true, waitMs: 0 });
    expect(limitHeaders(limits)).toEqual({
      'RateLimit-Policy': '"key";q=100;w=60, "upstream";q=19;w=1',
      RateLimit: '"key";r=99;t=13, "upstream";r=19;t=1',
    });
  });
});
