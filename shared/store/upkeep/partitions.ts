import type { Database } from '../postgres/database.ts';
import { sqlState } from '../postgres/database-errors.ts';
import type { RetentionPolicy } from './retention.ts';

/** A table whose rows lie in partitions by the time at which they came, in UTC. */
interface Partitioned {
  table: string;
  period: 'month' | 'week' | 'day';
  /** Periods for which there are partitions before they begin. */
  ahead: number;
  keepS(policy: RetentionPolicy): number;
}

const partitioned: readonly Partitioned[] = [
  {
    table: 'messages',
    period: 'month',
    ahead: 2,
    keepS: ({ notificationsS }) => notificationsS,
  },
  {
    table: 'message_bodies',
    period: 'day',
    ahead: 3,
    keepS: ({ notificationBodiesS }) => notificationBodiesS,
  },
  { table: 'audit', period: 'month', ahead: 2, keepS: ({ auditS }) => auditS },
  { table: 'events', period: 'week', ahead: 3, keepS: ({ eventsS }) => eventsS },
];

/** Longest wait for a lock, behind which others would have to wait, and longest time for which one is held. Milliseconds. */
const lockLimits = "set local lock_timeout = '400ms'; set local statement_timeout = '900ms'";

interface Partition {
  name: string;
  /** Null: from the beginning. Epoch milliseconds. */
  fromMs: number | null;
  toMs: number;
}

interface Found {
  nowMs: number;
  /** False: the migration that brings its partitions comes later. */
  isPartitioned: boolean;
  partitions: Partition[];
}

/** By the database's clock. The default partition, which has no bounds, is not among them. */
async function found(db: Database, table: string): Promise<Found> {
  const bound = (word: string) =>
    `substring(pg_get_expr(c.relpartbound, c.oid) from '${word} \\(''([^'']+)''')`;
  const ms = (sql: string) => `(extract(epoch from ${sql}) * 1000)::float8`;
  const { rows } = await db.query<Found>(
    `select ${ms('now()')} as "nowMs",
       exists (select from pg_class where oid = to_regclass($1) and relkind = 'p') as "isPartitioned", coalesce((
       select json_agg(json_build_object('name', c.relname, 'fromMs', ${ms(`${bound('FROM')}::timestamptz`)},
         'toMs', ${ms(`${bound('TO')}::timestamptz`)}) order by c.relname)
       from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent = to_regclass($1) and ${bound('TO')} is not null), '[]') as partitions`,
    [table],
  );
  return rows[0] ?? { nowMs: Date.now(), isPartitioned: false, partitions: [] };
}

/** Makes the partitions of now and of the time ahead that are missing. @returns how many */
export async function makePartitions(db: Database): Promise<number> {
  let made = 0;
  for (const { table, period, ahead } of partitioned) {
    const { nowMs, isPartitioned, partitions } = await found(db, table);
    for (let place = 0; isPartitioned && place <= ahead; place += 1) {
      const [fromMs, toMs] = [startOf(period, nowMs, place), startOf(period, nowMs, place + 1)];
      if (partitions.some((one) => (one.fromMs ?? -Infinity) < toMs && one.toMs > fromMs)) continue;
      const name = partitionName(table, period, fromMs);
      const bounds = [fromMs, toMs].map((ms) => new Date(ms).toISOString());
      if (await atOnce(db, 'select make_partition($1, $2, $3, $4) as done', [table, name, ...bounds]))
        made += 1;
    }
  }
  return made;
}

/** Drops the partitions of which everything is past its time, and nothing waits. @returns how many */
export async function dropPartitions(db: Database, policy: RetentionPolicy): Promise<number> {
  let dropped = 0;
  for (const { table, period, keepS } of partitioned) {
    const { nowMs, partitions } = await found(db, table);
    for (const { name, fromMs, toMs } of partitions) {
      // Another one that was there before still has the name by which an older version knows it.
      if (name !== (fromMs === null ? `${table}_0` : partitionName(table, period, fromMs))) continue;
      if (toMs > nowMs - keepS(policy) * 1000) continue;
      if (await atOnce(db, 'select drop_partition($1, $2) as done', [table, name])) dropped += 1;
    }
  }
  return dropped;
}

/** The next run tries again what could not be done at once: false. */
async function atOnce(db: Database, text: string, params: readonly unknown[]): Promise<boolean> {
  try {
    return await db.transaction(async (tx) => {
      await tx.query(lockLimits);
      const { rows } = await tx.query<{ done: boolean }>(text, params);
      return rows[0]?.done === true;
    });
  } catch (error) {
    if (tooLong.includes(sqlState(error) ?? '')) return false;
    throw error;
  }
}

/** SQLSTATEs: a lock was not to be had, the time was over, two runs made the same. */
const tooLong = ['55P03', '57014', '40P01', '42P07', '42P17', '23505', '42P01'];

const partitionName = (table: string, period: Partitioned['period'], fromMs: number) =>
  `${table}_${new Date(fromMs)
    .toISOString()
    .slice(0, period === 'month' ? 7 : 10)
    .replaceAll('-', '')}`;

/** The beginning of the period that comes so many after that of a time. Epoch milliseconds. */
function startOf(period: Partitioned['period'], atMs: number, after: number): number {
  const at = new Date(atMs);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  if (period === 'month') return Date.UTC(year, month + after);
  const day = at.getUTCDate();
  // Weeks begin on Mondays.
  if (period === 'week') return Date.UTC(year, month, day - ((at.getUTCDay() + 6) % 7) + 7 * after);
  return Date.UTC(year, month, day + after);
}
