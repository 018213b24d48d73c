/** One day, in the time of the place. */
export interface DayOfUse {
  /** Its beginning. Unix seconds. */
  dayS: number;
  /** Contracts that were started on it. */
  started: number;
  /** Contracts that were started until its end. */
  sum: number;
}

/** The days on which something was started, the earliest first. @param startedS Unix seconds, in any order */
export function daysOfUse(startedS: readonly number[]): DayOfUse[] {
  const counts = new Map<number, number>();
  for (const atS of startedS) {
    const dayS = beginningOfDay(atS);
    counts.set(dayS, (counts.get(dayS) ?? 0) + 1);
  }
  let sum = 0;
  return [...counts]
    .sort(([one], [other]) => one - other)
    .map(([dayS, started]) => {
      sum += started;
      return { dayS, started, sum };
    });
}

function beginningOfDay(atS: number): number {
  const day = new Date(atS * 1000);
  day.setHours(0, 0, 0, 0);
  return day.getTime() / 1000;
}
