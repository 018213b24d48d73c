import { describe, expect, it } from 'vitest';
import { cronProblem, nextOccurrenceMs } from './cron.ts';

const occurrences = (expression: string, from: string, count: number) => {
  const found: string[] = [];
  let afterMs: number | undefined = Date.parse(from);
  while (found.length < count) {
    afterMs = nextOccurrenceMs(expression, afterMs);
    if (afterMs === undefined) break;
    found.push(new Date(afterMs).toISOString().slice(0, 19));
  }
  return found;
};

describe('cronProblem', () => {
  it.each([
    '*/5 * * * * * *',
    '0 15 10 1 * * *',
    '0 15 10 * * MON-FRI *',
    '0 0 10,14,16 * * * *',
    '0 */30 9-17 * * * *',
    '0 0 12 * * WED *',
    '0 1/10 * * JAN,DEC 0 2026-2030',
  ])('accepts %s', (expression) => {
    expect(cronProblem(expression)).toBeUndefined();
  });

  it.each([
    ['*/5 * * * *', 'has 5 fields instead of 7'],
    ['@daily', 'has 1 fields instead of 7'],
    ['', 'has 1 fields instead of 7'],
    ['60 * * * * * *', 'second'],
    ['0 0 24 * * * *', 'hour'],
    ['0 0 0 32 * * *', 'day'],
    ['0 0 0 * 13 * *', 'month'],
    ['0 0 0 * * 7 *', 'its weekday "7" is not understood'],
    ['0 0 0 L * * *', 'its day "L" is not understood'],
    ['0 0 0 15W * * *', 'its day "15W" is not understood'],
    ['0 0 0 * * FRI#2 *', 'its weekday "FRI#2" is not understood'],
    ['0 0 0 ? * * *', 'its day "?" is not understood'],
    ['0 0 0 * * * 1969', 'its year "1969" is not understood'],
    ['0 0 0 * * * 2100', 'its year "2100" is not understood'],
    ['0 */0 * * * * *', 'its minute "*/0" is not understood'],
    ['0 10-5 * * * * *', '10-5'],
    ['0 1,,2 * * * * *', 'its minute "1,,2" is not understood'],
  ])('refuses %j', (expression, part) => {
    expect(cronProblem(expression)?.en).toContain(part);
  });
});

describe('nextOccurrenceMs', () => {
  it('schedules in UTC+8', () => {
    expect(occurrences('0 0 8 * * * *', '2026-11-24T00:00:00Z', 2)).toEqual([
      '2026-11-25T00:00:00',
      '2026-11-26T00:00:00',
    ]);
  });

  it('takes day and weekday as "or" where both are given', () => {
    // In UTC+8: Monday 30 November, Tuesday 1 December (the 1st), Monday 7 December.
    expect(occurrences('0 15 10 1 * MON *', '2026-11-24T00:00:00Z', 3)).toEqual([
      '2026-11-30T02:15:00',
      '2026-12-01T02:15:00',
      '2026-12-07T02:15:00',
    ]);
  });

  it('starts a step at the number before the slash', () => {
    expect(occurrences('0 1/20 * * * * *', '2026-11-24T00:00:00Z', 4)).toEqual([
      '2026-11-24T00:01:00',
      '2026-11-24T00:21:00',
      '2026-11-24T00:41:00',
      '2026-11-24T01:01:00',
    ]);
  });

  it('knows when there is no further occurrence', () => {
    expect(occurrences('0 0 0 31 2 * *', '2026-11-24T00:00:00Z', 1)).toEqual([]);
    expect(occurrences('0 0 0 * * * 2020', '2026-11-24T00:00:00Z', 1)).toEqual([]);
  });
});
