/**
 * What a notification, a page of a list, a scan for what is due and a run of prune cost among many notifications against
 * few, and how many bytes one takes. `BENCH_NOTIFICATIONS` says how many are many.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { compareGrowth, growthLabel, timed } from '../../../bench/growth.ts';
import { benchDatabaseUrl, withEmptyDatabase } from '../../../bench/own-database.ts';
import type { BenchResult } from '../../../bench/result.ts';
import { migrations } from '../migrations/index.ts';
import { migrate } from '../migrations/migrate.ts';
import type { Database } from '../postgres/database.ts';
import { openPgDatabase } from '../postgres/pg-database.ts';
import { insertManyMessages, liveSmallYear, organizationOf } from '../testing/many-messages.ts';
import { insertScannedCodes, postMessage, qrCodeOf, upstreamId } from '../testing/posted-messages.ts';
import { prunePartition } from '../testing/prune-partition.ts';
import { notificationReads } from './notification-reads.ts';
import { notificationRetries } from './notification-retries.ts';

const many = Number(process.env['BENCH_NOTIFICATIONS'] ?? 500_000);
const codes = 10_000;
const unlimited = { statementTimeoutMs: 0, lockTimeoutMs: 0 };

const operations = {
  /** Of each two, one from which nothing follows but the count, and one that starts a contract. */
  notify: {
    run: async (db: Database) =>
      (await timed(() => notify(db, {}))) + (await timed(() => notify(db, { FlowId: upstreamId() }))),
  },
  list: {
    async run(db: Database, count: number) {
      const reads = notificationReads(db, Date.now);
      const page = (organizations: string[] | null) => ({
        scope: organizations && { appId: 'yDRscUUgyg1zr7wnUyJ8QMwwnHc4OOcQ', organizations },
        after: undefined,
        limit: 20,
      });
      const one = organizationOf(randomInt(count));
      return timed(async () => {
        const pages = [await reads.list({}, page(null)), await reads.list({}, page([one]))];
        if (pages.some(({ length }) => length < 20)) throw new Error('a page is not full');
      });
    },
  },
  due: {
    run: (db: Database) =>
      rolledBack(
        db,
        async (tx) => void (await notificationRetries(tx).claimPending(Date.now() / 1000, 20, 30_000)),
      ),
  },
  /** What is over since the last run: a thousand ids, and the bodies of a day. */
  prune: {
    calls: 1,
    async run(db: Database) {
      await leaveExpired(db);
      const { ms, deleted } = await prunePartition(db);
      if (deleted.notificationIds !== expired) throw new Error('ids were not pruned');
      return ms;
    },
  },
};

export default async function bench(): Promise<BenchResult[]> {
  const url = benchDatabaseUrl(`notify/${growthLabel(many)}-vs-50k and notification/bytes-vs-13c5953`);
  if (url === undefined) return [];
  return [await bytes(url), ...(await compareGrowth(url, { many, of: 'notifications', fill, operations }))];
}

async function fill(db: Database, count: number): Promise<void> {
  await insertScannedCodes(db, { codes, organizations: 199 });
  await insertManyMessages(db, count);
}

/** The tables of the commit are those of its migrations, whose texts never change. */
async function bytes(url: string): Promise<BenchResult> {
  const steps = 264;
  const sizeOf = (form: 'older' | 'newer') =>
    withEmptyDatabase(url, async (ownUrl) => {
      const db = openPgDatabase(ownUrl, unlimited);
      try {
        await migrate(db, form === 'older' ? migrations.slice(0, 5) : migrations);
        await liveSmallYear(db, form, steps);
        const { rows } = await db.query<{ bytes: number; rows: number }>(
          `select sum(pg_total_relation_size(oid))::float8 as bytes,
             (select count(*)::int from ${form === 'older' ? 'notifications' : 'messages'}) as rows
           from pg_class where relkind = 'r' and relname ~ '^(notifications$|message)'`,
        );
        if (rows[0]?.rows !== steps * 1000) throw new Error(`there are ${rows[0]?.rows} notifications`);
        return rows[0].bytes / rows[0].rows;
      } finally {
        await db.close();
      }
    });
  const [newer, older] = [await sizeOf('newer'), await sizeOf('older')];
  return {
    name: 'notification/bytes-vs-13c5953',
    ratio: newer / older,
    against: `the tables of commit 13c5953 after the same small year (${Math.round(older)} bytes), 0.5 allowed`,
    value: Math.round(newer),
    unit: 'bytes',
  };
}

const notify = (db: Database, more: object) =>
  postMessage(db, 'MultiFlowSignQrCodeCost', { QrCodeId: qrCodeOf(1 + randomInt(codes)), ...more });

const expired = 1000;

async function leaveExpired(db: Database): Promise<void> {
  await db.query(
    `insert into message_ids (received_at, notification_id)
       select now() - interval '500 days', 'expired' || n from generate_series(1, ${expired}) n;
     create table message_bodies_20240101 partition of message_bodies for values from ('2024-01-01Z') to ('2024-01-02Z');
     insert into message_bodies select '2024-01-01 12:00Z', n, repeat('x', 700) from generate_series(1, ${expired}) n`,
  );
}

/** Every time finds the same. */
async function rolledBack(db: Database, work: (tx: Database) => Promise<void>): Promise<number> {
  const reason = randomUUID();
  let ms = Number.NaN;
  await db
    .transaction(async (tx) => {
      ms = await timed(() => work(tx));
      throw new Error(reason);
    })
    .catch((error: unknown) => {
      if (!(error instanceof Error) || error.message !== reason) throw error;
    });
  return ms;
}
