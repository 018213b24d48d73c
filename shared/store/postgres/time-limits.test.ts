import { describe, expect, it } from 'vitest';
import { timeLimits } from './time-limits.ts';

const most = { statementTimeoutMs: 10_000, lockTimeoutMs: 3_000 };

describe('the limits of a statement', () => {
  it('are the longest wanted where there is time enough, or no deadline at all', () => {
    const longest = { statementMs: 10_000, lockMs: 3_000, idleInTransactionMs: 5_000 };
    expect(timeLimits(most, Number.POSITIVE_INFINITY)).toEqual(longest);
    expect(timeLimits(most, 12_000)).toEqual(longest);
  });

  it.each([9_300, 3_000, 900, 120, 10, 1])(
    'end before %i ms are over, and use most of them or the last one',
    (leftMs) => {
      const { statementMs, lockMs } = timeLimits(most, leftMs);
      expect(statementMs).toBeGreaterThanOrEqual(1);
      expect(statementMs).toBeLessThanOrEqual(Math.max(1, leftMs * 0.9));
      expect(statementMs).toBeGreaterThanOrEqual(Math.floor(leftMs * 0.9 * 0.8));
      expect(lockMs).toBe(Math.min(3_000, statementMs));
    },
  );

  it('stay the same while the time left does not shrink by a fifth', () => {
    const ofOneEvent = [9_300, 9_200, 9_000, 8_900].map((leftMs) => timeLimits(most, leftMs).statementMs);
    expect(new Set(ofOneEvent)).toEqual(new Set([8_000]));
  });

  it('are short where short ones are wanted, and those of an idle transaction with them', () => {
    expect(timeLimits({ statementTimeoutMs: 800, lockTimeoutMs: 700 }, 895)).toEqual({
      statementMs: 800,
      lockMs: 700,
      idleInTransactionMs: 800,
    });
  });

  it('are none for migrations, whatever time is left', () => {
    expect(timeLimits({ statementTimeoutMs: 0, lockTimeoutMs: 0 }, 500)).toEqual({
      statementMs: 0,
      lockMs: 0,
      idleInTransactionMs: 0,
    });
  });
});
