import type { ListPosition } from '../../list-cursor.ts';
import type { NotificationFilter } from '../../notifications/reading-ports.ts';

const weekMs = 7 * 86_400_000;

/**
 * A list in two parts, newer first: the months of the week in which the page begins, and all that came before. Messages
 * are partitioned by the month, so that the first leaves the other partitions alone, which else had to be planned and
 * opened each. Together they are the list. The second is undefined where the filter does not go so far back.
 *
 * @param nowMs where a list begins that has no other end; what is later is in the first part
 */
export function newestMonths(
  filter: NotificationFilter,
  after: ListPosition | undefined,
  nowMs: number,
): [newest: NotificationFilter, before: NotificationFilter | undefined] {
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
