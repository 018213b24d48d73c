/** When what is left will be used up, from how often it was used on the days before. */

/** Uses of one day. */
export interface DailyUse {
  /** In UTC, `YYYY-MM-DD`. */
  readonly day: string;
  readonly uses: number;
}

export interface Forecast {
  /** As likely before as after. Unix seconds. */
  readonly medianS: number;
  /** Four times in five it is between these two. Unix seconds; null: later than can be said. */
  readonly earliestS: number;
  readonly latestS: number | null;
  /** What it is made from: uses since the first one, and the days since then. */
  readonly uses: number;
  readonly days: number;
}

const dayS = 86_400;

/** Days that are looked back on: four weeks, so that each day of the week is there as often. */
const observedDays = 28;

/** With less than this nothing is said. */
const least = { days: 3, uses: 10 };

/** A time that is farther away than this says nothing. */
const farthestS = 3650 * dayS;

/** The standard normal deviate that one in ten exceeds. */
const tenth = 1.2815515655446004;

/**
 * Gamma-Poisson. The rate of use is gamma distributed as the uses of the observed days say (Jeffreys' prior), and so is
 * the time that what is left then takes: their ratio has an F distribution, whose quantiles are Paulson's approximation.
 * People come in crowds: uses count for as much less as the days differ more than those of a Poisson process would (the
 * index of dispersion), which makes the interval wider.
 *
 * @param left what can still be used, more than none
 * @returns undefined where there is too little to say, or where it is farther away than ten years
 */
export function forecastOf(daily: readonly DailyUse[], left: number, nowS: number): Forecast | undefined {
  const observed = observedUses(daily, nowS);
  if (observed === undefined || left <= 0) return undefined;
  const { uses, days, dispersion } = observed;
  if (days < least.days || uses < least.uses) return undefined;
  const seen = uses / dispersion + 0.5;
  const wanted = Math.max(1, left / dispersion);
  const unitS = (days * dayS * left) / (dispersion * seen);
  const at = (deviate: number) => unitS * quantileOfF(deviate, 2 * wanted, 2 * seen);
  const medianS = at(0);
  if (medianS > farthestS) return undefined;
  const latestS = at(tenth);
  return {
    medianS: Math.round(nowS + medianS),
    earliestS: Math.round(nowS + at(-tenth)),
    latestS: latestS > farthestS ? null : Math.round(nowS + latestS),
    uses,
    days: Math.round(days * 10) / 10,
  };
}

interface Observed {
  uses: number;
  /** From the beginning of the day of the first use until now. */
  days: number;
  /** Variance of a day's uses by their mean, 1 at the least. */
  dispersion: number;
}

/** From the first use on: before it the poster may not have been on the wall. Undefined: there was none. */
function observedUses(daily: readonly DailyUse[], nowS: number): Observed | undefined {
  const today = Math.floor(nowS / dayS);
  const counts = new Map<number, number>();
  for (const { day, uses } of daily) {
    const number = Math.floor(Date.parse(day) / 1000 / dayS);
    if (number <= today && number > today - observedDays)
      counts.set(number, (counts.get(number) ?? 0) + uses);
  }
  if (counts.size === 0) return undefined;
  const first = Math.min(...counts.keys());
  const whole = Array.from({ length: today - first }, (_, index) => counts.get(first + index) ?? 0);
  const uses = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return { uses, days: nowS / dayS - first, dispersion: dispersionOf(whole) };
}

function dispersionOf(counts: readonly number[]): number {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  if (counts.length < 2 || mean === 0) return 1;
  const squares = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0);
  return Math.max(1, squares / (counts.length - 1) / mean);
}

/**
 * E. Paulson, An approximate normalization of the analysis of variance distribution (1942), solved for F.
 *
 * @param deviate of the standard normal distribution; 1.6 at the most
 * @param denominator more than one: with fewer degrees of freedom the upper tail may have no end
 */
function quantileOfF(deviate: number, numerator: number, denominator: number): number {
  const [ofNumerator, ofDenominator] = [2 / (9 * numerator), 2 / (9 * denominator)];
  const [a, b] = [1 - ofDenominator, 1 - ofNumerator];
  const square = deviate ** 2;
  const scale = a ** 2 - square * ofDenominator;
  const spread = Math.sqrt(Math.max(0, (a * b) ** 2 - scale * (b ** 2 - square * ofNumerator)));
  return Math.max(0, (a * b + Math.sign(deviate) * spread) / scale) ** 3;
}

/** In the vocabulary of the API; null: too little is known. */
export function shownForecast(forecast: Forecast | undefined) {
  if (forecast === undefined) return null;
  const { medianS, earliestS, latestS, uses, days } = forecast;
  return {
    UsedUpOn: medianS,
    Earliest: earliestS,
    Latest: latestS,
    ObservedUses: uses,
    ObservedDays: days,
  };
}

/** The days that a forecast looks back on and that have uses, the oldest first. */
export function shownUse(daily: readonly DailyUse[], nowS: number) {
  const since = Math.floor(nowS / dayS) - observedDays;
  return daily
    .map(({ day, uses }) => ({ On: Date.parse(day) / 1000, Uses: uses }))
    .filter(({ On }) => On / dayS > since && On <= nowS)
    .sort((a, b) => a.On - b.On);
}
