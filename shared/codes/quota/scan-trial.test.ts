import { describe, expect, it } from 'vitest';
import { mayTryScan } from './scan-trial.ts';

const nowS = 1_800_000_000;
const lack = (ageS: number, failedBeforeS: number) =>
  mayTryScan({ sinceS: nowS - ageS, failedAtS: nowS - failedBeforeS }, nowS);

describe('a scan while quota is lacking', () => {
  it.each([
    ['a minute after the last failure, where the lack is new', 60, 60],
    ['after a quarter of the age of the lack', 1_000, 250],
    ['ten minutes after the last failure, however old the lack is', 7 * 86_400, 600],
    ['where the last failure is long ago', 7 * 86_400, 86_400],
  ])('is tried %s', (_, ageS, failedBeforeS) => {
    expect(lack(ageS, failedBeforeS)).toBe(true);
  });

  it.each([
    ['within the first minute', 59, 59],
    ['before a quarter of the age of the lack is over', 1_000, 249],
    ['within ten minutes of the last failure, however old the lack is', 7 * 86_400, 599],
    ['where the clock of the failure is ahead', 1_000, -5],
  ])('is spared people %s', (_, ageS, failedBeforeS) => {
    expect(lack(ageS, failedBeforeS)).toBe(false);
  });

  it('counts from the begin of the lack, where no failure has a time', () => {
    expect(mayTryScan({ sinceS: nowS - 60, failedAtS: null }, nowS)).toBe(true);
    expect(mayTryScan({ sinceS: nowS - 59, failedAtS: null }, nowS)).toBe(false);
  });
});
