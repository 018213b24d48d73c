import type { Database } from '../postgres/database.ts';

/** What the tables say of all organisations together, in numbers. */
export interface Figure {
  /** See {@link sources}. */
  figure: FigureName;
  /** What it is counted by; empty where it is one number. */
  label: string;
  value: number;
}

export type FigureName = keyof typeof sources;

/** Overdue or not: what waits for a timer now, and for how long the oldest of it. */
const waiting = (work: string, from: string, since: string) =>
  `select '${work}' as label, count(*) as number, extract(epoch from now() - min(${since})) as age from ${from}`;

const work = [
  waiting('renewals', 'codes where due_at <= now() and not held', 'due_at'),
  waiting('batches', "batch_rows where state = 'waiting' and due_at <= now()", 'due_at'),
  waiting('notifications', 'messages where due_at <= now()', 'due_at'),
  waiting('events', 'events where fanned_out_at is null', 'occurred_at'),
  waiting('deliveries', "deliveries where state = 'pending' and due_at <= now()", 'due_at'),
].join(' union all ');

const counted = (by: string, from: string) =>
  `select ${by} as label, count(*) as value from ${from} group by 1`;
const alone = (value: string, from: string) => `select '' as label, ${value} as value from ${from}`;

/**
 * Statements of `label` and `value`. Each reads an index of what it counts, or no more than a day: what is kept for
 * years costs nothing here. Of a day, since what is older is deleted, and a count that falls is no counter.
 */
const sources = {
  codes: `select 'Active' as label, count(*) as value from codes where state = 'Active'
    union all ${counted('state', "codes where state <> 'Active'")}`,
  codesExpiring: alone(
    'count(*)',
    "codes where expires_at between now() and now() + interval '1 day' and state = 'Active'",
  ),
  possibleOrphans: alone('count(*)', 'attempts where possible_orphan'),
  organizationsBlocked: alone('count(*)', "organizations where quota_state = 'blocked'"),
  workWaiting: `select label, number as value from (${work}) as waiting`,
  workAge: `select label, coalesce(age, 0) as value from (${work}) as waiting`,
  deliveries: counted('state', "deliveries where state <> 'delivered'"),
  usesToday: alone('coalesce(sum(uses), 0)', "daily_uses where day = (now() at time zone 'UTC')::date"),
  eventsOfDay: counted('type', "events where occurred_at > now() - interval '1 day'"),
  notificationsOfDay: counted(
    "coalesce(outcome, 'applied')",
    "messages where received_at > now() - interval '1 day'",
  ),
  rejectionsOfDay: `select verdict as label, sum(count) as value from notification_rejections
    where hour > now() - interval '1 day' group by 1`,
  refusalsOfDay: counted(
    "coalesce(error_code, '')",
    `attempts where settled_at > now() - interval '1 day' and due_at is null and not possible_orphan
     and state = 'refused'`,
  ),
} as const;

const statement = Object.entries(sources)
  .map(([figure, source]) => `select '${figure}' as figure, label, value::float8 from (${source}) as s`)
  .join(' union all ');

/** Everything that is counted, with one wait. What is zero may be missing. */
export async function figures(db: Database): Promise<Figure[]> {
  return (await db.query<Figure>(statement, [])).rows;
}
