/**
 * What a notification, a page of a list, a scan for what is due and a run of prune cost among many notifications against
 * few, and how many bytes one takes. `BENCH_NOTIFICATIONS` says how many are many.
 */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { median } from '../../../bench/measure.ts';
import { benchDatabaseUrl, withDatabase, withEmptyDatabase } from '../../../bench/own-database.ts';
import type { BenchResult } from '../../../bench/result.ts';
import { randomIds } from '../../codes/ids.ts';
import { defaultPolicy } from '../../codes/renewal/renewal-policy.ts';
import { receiveNotification } from '../../notifications/receive-notification.ts';
import { migrations } from '../migrations/index.ts';
import { migrate } from '../migrations/migrate.ts';
import type { Database } from '../postgres/database.ts';
import { openPgDatabase } from '../postgres/pg-database.ts';
import { insertManyCodes } from '../testing/many-codes.ts';
import { insertManyMessages, liveSmallYear, organizationOf } from '../testing/many-messages.ts';
import { prune } from '../upkeep/retention.ts';
import { notificationArrivals } from './notification-arrivals.ts';
import { notificationReads } from './notification-reads.ts';
import { notificationRetries } from './notification-retries.ts';

const few = 50_000;
const many = Number(process.env['BENCH_NOTIFICATIONS'] ?? 500_000);
const codes = 10_000;
const rounds = 41;
const callsPerRound = 10;
const unlimited = { statementTimeoutMs: 0, lockTimeoutMs: 0 };

/** 50m, 500k. */
const label = (count: number) => (count >= 1e6 ? `${count / 1e6}m` : `${count / 1e3}k`);

/** Each gives the time of what is measured, in milliseconds. */
type Operation = (db: Database, count: number) => Promise<number>;

const operations = {
  /** Of each two, one from which nothing follows but the count, and one that starts a contract. */
  notify: async (db) =>
    (await timed(() => notify(db, {}))) + (await timed(() => notify(db, { FlowId: upstreamId() }))),
  list: async (db, count) => {
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
  due: (db) =>
    rolledBack(
      db,
      async (tx) => void (await notificationRetries(tx).claimPending(Date.now() / 1000, 20, 30_000)),
    ),
  /** What is over since the last run: a thousand ids, and the bodies of a day. */
  prune: async (db) => {
    await leaveExpired(db);
    return timed(async () => {
      const { deleted, partitions } = await prune(db, { deadlineMs: Number.POSITIVE_INFINITY, batch: 500 });
      if (deleted.notificationIds !== expired || partitions.dropped !== 1)
        throw new Error('nothing was pruned');
    });
  },
} as const satisfies Record<string, Operation>;

// The keys of a constant of that type.
const names = Object.keys(operations) as (keyof typeof operations)[];

export default async function bench(): Promise<BenchResult[]> {
  const url = benchDatabaseUrl(`notify/${label(many)}-vs-50k and notification/bytes-vs-13c5953`);
  if (url === undefined) return [];
  return [await bytes(url), ...(await costs(url))];
}

function costs(url: string): Promise<BenchResult[]> {
  return withDatabase(url, (largeUrl) =>
    withDatabase(url, async (smallUrl) => {
      const [large, small] = [openPgDatabase(largeUrl, unlimited), openPgDatabase(smallUrl, unlimited)];
      try {
        for (const [db, count] of [
          [large, many],
          [small, few],
        ] as const) {
          await insertManyCodes(db, {
            count: codes,
            organizations: 199,
            newestS: Math.floor(Date.now() / 1000),
          });
          await db.query('update codes set policy = $1', [JSON.stringify(defaultPolicy)]);
          await db.query(
            "update generations set qr_code_id = 'q' || lpad(substr(qr_code_id, 2), 31, '0'), max_flow_num = 1000000",
          );
          await insertManyMessages(db, count);
        }
        return await compare(large, small);
      } finally {
        await large.close();
        await small.close();
      }
    }),
  );
}

async function compare(large: Database, small: Database): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const name of names) {
    const times = { large: [] as number[], small: [] as number[] };
    for (let round = -3; round < rounds; round += 1) {
      const sides = [
        ['large', large, many],
        ['small', small, few],
      ] as const;
      // Turned round by round: who comes second finds a warmer processor.
      for (const [side, db, count] of round % 2 === 0 ? sides : sides.toReversed()) {
        const ms = await mean(() => operations[name](db, count), name === 'prune' ? 1 : callsPerRound);
        // The first rounds warm up.
        if (round >= 0) times[side].push(ms);
      }
    }
    results.push({
      name: `${name}/${label(many)}-vs-50k`,
      ratio: median(times.large) / median(times.small),
      against: `the same among 50,000 notifications (${median(times.small).toFixed(2)} ms), 1.2 allowed`,
      value: Math.round(median(times.large) * 100) / 100,
      unit: 'ms',
    });
  }
  return results;
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

const upstreamId = () => randomBytes(16).toString('hex');

async function notify(db: Database, more: object): Promise<void> {
  const ports = {
    notifications: notificationArrivals(db),
    surroundings: { nowMs: Date.now, random: Math.random, ids: randomIds() },
    seal: { seal: (text: string) => text, open: (text: string) => text },
  };
  const data = {
    QrCodeId: `q${String(1 + randomInt(codes)).padStart(31, '0')}`,
    OccurTime: Math.floor(Date.now() / 1000),
    ...more,
  };
  const { outcome } = await receiveNotification(ports, {
    message: { msgId: upstreamId(), msgType: 'MultiFlowSignQrCodeCost', msgVersion: 'ThirdPartyApp', data },
    raw: { body: 'x'.repeat(700), contentSignature: `sha256=${'0'.repeat(64)}` },
    route: { kind: 'application' },
    sourceIp: '119.29.0.1',
    keyIndex: 0,
    tokenIndex: 0,
    receivedAtMs: Date.now(),
  });
  if (outcome !== 'applied') throw new Error(`a notification is ${outcome}`);
}

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

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function mean(once: () => Promise<number>, calls: number): Promise<number> {
  let total = 0;
  for (let call = 0; call < calls; call += 1) total += await once();
  return total / calls;
}
