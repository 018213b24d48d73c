import { describe, expect, it } from 'vitest';
import { daysOfUse } from './days-of-use.ts';

const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 30).getTime() / 1000;
const midnight = (day: number) => new Date(2026, 10, day).getTime() / 1000;

describe('daysOfUse', () => {
  it('counts by the day of the place, the earliest first, and sums up', () => {
    expect(daysOfUse([at(3, 23), at(1, 0), at(3, 0), at(1, 12), at(1, 23)])).toEqual([
      { dayS: midnight(1), started: 3, sum: 3 },
      { dayS: midnight(3), started: 2, sum: 5 },
    ]);
  });

  it('has no days where nothing was started', () => {
    expect(daysOfUse([])).toEqual([]);
  });
});
