import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { casesOf } from '../../testing/cases.ts';
import { type DailyUse, forecastOf, shownForecast, shownUse } from './forecast.ts';

const dayS = 86_400;
/** The end of a day, to the second. */
const nowS = 20_700 * dayS - 1;

/** Uses of one day; none ago is today. */
const daysAgo = (days: number, uses: number): DailyUse => ({
  day: new Date((nowS - days * dayS) * 1000).toISOString().slice(0, 10),
  uses,
});

/** Uses of the last days, the oldest first; today is the last. */
const lately = (...uses: number[]): DailyUse[] =>
  uses
    .map((count, index) => ({ index, uses: count }))
    .filter((day) => day.uses > 0)
    .map((day) => daysAgo(uses.length - 1 - day.index, day.uses));

const steady = lately(...Array.from({ length: 20 }, () => 10));
const crowds = lately(...Array.from({ length: 20 }, (_, day) => (day % 5 === 0 ? 50 : 0)));

describe('a forecast', () => {
  it('of steady use is what is left by the rate, with a narrow interval around it', () => {
    const forecast = forecastOf(steady, 100, nowS);
    expect(forecast).toMatchObject({ uses: 200, days: 20 });
    const days = (atS: number | null | undefined) => ((atS ?? Number.NaN) - nowS) / dayS;
    expect(days(forecast?.medianS)).toBeGreaterThan(9.8);
    expect(days(forecast?.medianS)).toBeLessThan(10.2);
    expect(days(forecast?.earliestS)).toBeGreaterThan(8);
    expect(days(forecast?.latestS)).toBeLessThan(12);
  });

  // In days; of F by the incomplete beta function, which is not what the forecast is made by.
  it.each<[string, DailyUse[], number, number[]]>([
    ['steady use', steady, 100, [8.4985, 9.9584, 11.6369]],
    ['little use', lately(3, 3, 3, 3, 3), 7, [1.1831, 2.1987, 3.9051]],
    ['uneven use', lately(1, 5, 0, 7, 2), 7, [0.5541, 1.9009, 5.4443]],
    ['crowds', crowds, 1000, [52.699, 95.224, 187.398]],
  ])('of %s is what the F distribution says', (_, daily, left, days) => {
    const { earliestS, medianS, latestS } = forecastOf(daily, left, nowS) ?? {};
    [earliestS, medianS, latestS].forEach((atS, index) => {
      expect(((atS ?? Number.NaN) - nowS) / dayS / (days[index] ?? 0)).toBeCloseTo(1, 2);
    });
  });

  it('is less certain where people come in crowds', () => {
    const [calm, crowded] = [steady, crowds].map((daily) => forecastOf(daily, 100, nowS));
    const width = (one: typeof calm) => (one?.latestS ?? Number.POSITIVE_INFINITY) - (one?.earliestS ?? 0);
    expect(width(crowded)).toBeGreaterThan(width(calm) * 2);
  });

  it.each<[string, DailyUse[], number]>([
    ['no use', [], 10],
    ['a use of two days', lately(50, 50), 10],
    ['few uses', lately(1, 1, 1, 1, 1, 1, 1), 10],
    ['uses of long ago', lately(100, ...Array.from({ length: 40 }, () => 0)), 10],
    ['nothing left', steady, 0],
    ['more left than ten years take', steady, 1_000_000],
  ])('is not made of %s', (_, daily, left) => {
    expect(forecastOf(daily, left, nowS)).toBeUndefined();
  });

  it('passes over days to come, and sees only four weeks', () => {
    const odd = [...steady, { day: '2999-01-01', uses: 1e6 }, daysAgo(28, 1e6)];
    expect(forecastOf(odd, 100, nowS)).toEqual(forecastOf(steady, 100, nowS));
    expect(forecastOf([...steady, daysAgo(27, 1)], 100, nowS)).toMatchObject({ uses: 201, days: 28 });
  });

  it('is made of three days and ten uses', () => {
    // The day of the uses began three days ago.
    const atS = nowS + 1;
    expect(forecastOf([daysAgo(2, 10)], 10, atS)).toMatchObject({ uses: 10, days: 3 });
    expect(forecastOf([daysAgo(2, 9)], 10, atS)).toBeUndefined();
    expect(forecastOf([daysAgo(2, 10)], 10, atS - 1)).toBeUndefined();
  });

  it('names no latest time that is more than ten years away', () => {
    const forecast = forecastOf(steady, 36_000, nowS);
    expect(forecast?.medianS).toBeLessThan(nowS + 3650 * dayS);
    expect(forecast?.latestS).toBeNull();
    expect(forecastOf(steady, 30_000, nowS)?.latestS).toBeLessThan(nowS + 3650 * dayS);
  });

  const anyUse = fc.array(fc.nat(60), { minLength: 4, maxLength: 28 });

  it('is in order: earliest, median, latest, whatever the use', () => {
    fc.assert(
      fc.property(anyUse, fc.integer({ min: 1, max: 1e9 }), (uses, left) => {
        const forecast = forecastOf(lately(...uses), left, nowS);
        if (forecast === undefined) return;
        const { earliestS, medianS, latestS } = forecast;
        expect(earliestS).toBeGreaterThanOrEqual(nowS);
        expect(medianS).toBeGreaterThanOrEqual(earliestS);
        expect(latestS ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(medianS);
      }),
      casesOf(500),
    );
  });

  it('comes later where more is left', () => {
    fc.assert(
      fc.property(
        anyUse,
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 1000 }),
        (uses, a, b) => {
          const [less, more] = [a, a + b].map((left) => forecastOf(lately(...uses), left, nowS));
          if (less === undefined || more === undefined) return;
          expect(more.medianS).toBeGreaterThanOrEqual(less.medianS);
        },
      ),
      casesOf(500),
    );
  });

  it('is met about as often as it says, by use that goes on as it was', () => {
    // A generator of its own, so that the result is the same in each run.
    let state = 7;
    const random = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    const wait = (perDay: number) => -Math.log(1 - random()) / perDay;
    let within = 0;
    const trials = 2000;
    for (let trial = 0; trial < trials; trial += 1) {
      const perDay = 3 + random() * 20;
      const uses = Array.from({ length: 14 }, () => 0);
      for (let at = wait(perDay); at < 14; at += wait(perDay))
        uses[Math.floor(at)] = (uses[Math.floor(at)] ?? 0) + 1;
      let endS = nowS;
      for (let left = 40; left > 0; left -= 1) endS += wait(perDay) * dayS;
      const forecast = forecastOf(lately(...uses), 40, nowS);
      if (forecast && endS >= forecast.earliestS && endS <= (forecast.latestS ?? Number.POSITIVE_INFINITY))
        within += 1;
    }
    expect(within / trials).toBeGreaterThan(0.78);
    expect(within / trials).toBeLessThan(0.92);
  });
});

describe('what is shown of it', () => {
  it('is in words of the API, or nothing', () => {
    const forecast = { medianS: 2, earliestS: 1, latestS: null, uses: 10, days: 3.5 };
    expect(shownForecast(forecast)).toEqual({
      ...{ UsedUpOn: 2, Earliest: 1, Latest: null },
      ...{ ObservedUses: 10, ObservedDays: 3.5 },
    });
    expect(shownForecast(undefined)).toBeNull();
  });

  it('has the uses of each day that it looks back on, the oldest first', () => {
    const daily = [-1, 0, 27, 3, 28].map((days) => daysAgo(days, days + 2));
    const todayS = nowS + 1 - dayS;
    expect(shownUse(daily, nowS)).toEqual([
      { On: todayS - 27 * dayS, Uses: 29 },
      { On: todayS - 3 * dayS, Uses: 5 },
      { On: todayS, Uses: 2 },
    ]);
    // In the first second of a day it is there.
    expect(shownUse(daily, todayS).map(({ On }) => On)).toContain(todayS);
  });
});
