import type { ListPosition } from '../../list-cursor.ts';

const weekMs = 7 * 86_400_000;

interface Times {
  /** Unix seconds, the second itself among them. */
  readonly sinceS?: number;
  /** Unix seconds, the second itself not among them. */
  readonly untilS?: number;
}

/**
 * A page, newest first, of a table that has a partition for each month: of the newest months alone where they fill it, so
 * that the other partitions need not be planned and opened each. A page that they do not fill takes a second statement.
 *
 * @param nowMs where a list begins that has no other end; what is later is on its first page
 * @param read what a filter lets through after the page before, newest first
 */
export async function newestMonthsFirst<Filter extends Times, Row>(
  filter: Filter,
  { after, limit }: { after: ListPosition | undefined; limit: number },
  nowMs: number,
  read: (filter: Filter, limit: number) => Promise<Row[]>,
): Promise<Row[]> {
  const [newest, before] = newestMonths(filter, after, nowMs);
  const found = await read(newest, limit);
  const missing = limit - found.length;
  if (before === undefined || missing === 0) return found;
  return [...found, ...(await read(before, missing))];
}

/**
 * A list in two parts that together are the list: the months of the week in which the page begins, and all that came
 * before. The second is undefined where the filter does not go so far back.
 */
function newestMonths<Filter extends Times>(
  filter: Filter,
  after: ListPosition | undefined,
  nowMs: number,
): [newest: Filter, before: Filter | undefined] {
  const { sinceS = 0, untilS = Number.POSITIVE_INFINITY } = filter;
  const fromMs = Math.min(nowMs, untilS * 1000, after?.atMs ?? Number.POSITIVE_INFINITY);
  const monthS = Math.max(0, monthOf(fromMs - weekMs) / 1000);
  if (monthS <= sinceS) return [filter, undefined];
  return [
    { ...filter, sinceS: monthS },
    { ...filter, untilS: monthS },
  ];
}

/** When the month of a time begins, in UTC as partitions do. Epoch milliseconds. */
function monthOf(ms: number): number {
  const time = new Date(ms);
  return Date.UTC(time.getUTCFullYear(), time.getUTCMonth());
}
