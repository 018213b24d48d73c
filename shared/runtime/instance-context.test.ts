import { describe, expect, it } from 'vitest';
import type { ScfContext } from './event-shapes.ts';
import { readContext } from './instance-context.ts';

describe('the context of an invocation', () => {
  it('tells the request id and the time that is left', () => {
    const context = {
      request_id: '4ca7089c',
      time_limit_in_ms: 10_000,
      left: 1234,
      getRemainingTimeInMillis() {
        return this.left;
      },
    } satisfies Partial<ScfContext> & { left: number };
    expect(readContext(context)).toEqual({ requestId: '4ca7089c', remainingMs: 1234 });
  });

  it.each([
    ['without the function', { time_limit_in_ms: 10_000 }, 10_000],
    [
      'with one that throws',
      { time_limit_in_ms: 10_000, getRemainingTimeInMillis: () => JSON.parse('') },
      10_000,
    ],
    ['with one that cannot tell', { time_limit_in_ms: 10_000, getRemainingTimeInMillis: () => 'x' }, 10_000],
    ['with a number in its place', { getRemainingTimeInMillis: 5 }, 3000],
    ['with an odd limit', { time_limit_in_ms: Number.NaN }, 3000],
    ['that is empty', {}, 3000],
    ['that is none', null, 3000],
    ['that is a text', 'x', 3000],
    ['that is left out', undefined, 3000],
  ])('%s falls back to the limit, then to the default of the platform', (_name, context, remainingMs) => {
    expect(readContext(context)).toEqual({ requestId: undefined, remainingMs });
  });
});
