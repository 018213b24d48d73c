/** What events and their deliveries cost among many against few. `BENCH_ROWS` says how many are many. */
import { randomInt, randomUUID } from 'node:crypto';
import { compareGrowth, growthLabel, timed } from '../../../bench/growth.ts';
import { benchDatabaseUrl } from '../../../bench/own-database.ts';
import type { BenchResult } from '../../../bench/result.ts';
import type { DeliveryFilter } from '../../delivery/ports.ts';
import type { Database } from '../postgres/database.ts';
import { statementOf } from '../postgres/statements.ts';
import { insertEventsSql } from '../register/events.ts';
import { analyzeTables } from '../testing/analyze-tables.ts';
import { insertInParts } from '../testing/insert-in-parts.ts';
import { makePastPartitions } from '../testing/past-partitions.ts';
import { pruneOldest } from '../testing/prune-oldest.ts';
import { prunePartition } from '../testing/prune-partition.ts';
import { withoutIndexes } from '../testing/without-indexes.ts';
import { dropPartitions } from '../upkeep/partitions.ts';
import { defaultRetention } from '../upkeep/retention.ts';
import { deliveryQueue } from './delivery-queue.ts';
import { deliveryReads } from './delivery-reads.ts';

const many = Number(process.env['BENCH_ROWS'] ?? 500_000);
/** So few that each has a page of events among few, too. */
const codes = 2000;
const organizations = 199;
/** Events that happen at once, each of another organisation. */
const together = 20;
const limit = 21;
const expired = 1000;

const page = (scoped: boolean, filter: () => DeliveryFilter) => ({
  run: (db: Database) =>
    timed(async () => {
      const scope = scoped ? { appId: 'app', organizations: [`o${randomInt(organizations)}`] } : null;
      const request = { scope, after: undefined, limit, attempts: 30 };
      const found = await deliveryReads(db).listDeliveries(filter(), request);
      if (found.length < limit || found.some(({ attempts }) => attempts.length !== 1))
        throw new Error(`a page of ${JSON.stringify(filter())} is not full`);
    }),
});

const operations = {
  'events-list': page(false, () => ({})),
  'events-of-organization': page(true, () => ({})),
  'events-of-code': page(false, () => ({ codeId: `c${1 + randomInt(codes)}` })),
  'events-given-up': page(false, () => ({ state: 'dead' })),
  'events-of-type': page(false, () => ({ eventType: 'contract.completed' })),
  'events-of-day': page(false, () => {
    const toMs = Date.now() - 86_400_000 * (1 + randomInt(25));
    return { fromMs: toMs - 86_400_000, toMs };
  }),
  'events-spread': { calls: 2, run: async (db: Database) => (await deliver(db)).spreadMs },
  'deliveries-settle': { calls: 2, run: async (db: Database) => (await deliver(db)).settleMs },
  'deliveries-prune': {
    calls: 1,
    rounds: 11,
    run: (db: Database) => pruneOldest(db, 'deliveries', 500),
  },
  /** A week of a thousand events, of which no delivery is kept. */
  'events-prune': {
    calls: 1,
    async run(db: Database) {
      await leaveExpired(db);
      return (await prunePartition(db)).ms;
    },
  },
};

export default async function bench(): Promise<BenchResult[]> {
  const url = benchDatabaseUrl(`events-… and deliveries-…/${growthLabel(many)}-vs-50k`);
  return url === undefined ? [] : compareGrowth(url, { many, of: 'deliveries', fill, operations });
}

/** Events happen and are spread; then their deliveries are claimed and arrive. */
async function deliver(db: Database): Promise<{ spreadMs: number; settleMs: number }> {
  const queue = deliveryQueue(db);
  const first = randomInt(organizations);
  const events = Array.from({ length: together }, (_, n) => ({
    eventId: randomUUID(),
    type: 'contract.started' as const,
    codeId: `c${1 + randomInt(codes)}`,
    appId: 'app',
    organization: `o${(first + n) % organizations}`,
    data: { FlowId: randomUUID(), Status: 'INIT' },
    occurredAtS: Date.now() / 1000,
  }));
  const { text, params } = statementOf((param) => insertEventsSql(events, param));
  const spreadMs = await timed(async () => {
    await db.query(text, params);
    if ((await queue.fanOut(Date.now(), 500)) !== together) throw new Error('events were not spread');
  });
  const settleMs = await timed(async () => {
    const limits = { of: 'healthy', limit: 64, perSubscription: 4, leaseMs: 30_000 } as const;
    const claims = await queue.claim(Date.now(), limits);
    if (claims.length !== together) throw new Error(`${claims.length} deliveries were due`);
    const after = { state: 'delivered', rung: 0, dueAtMs: null, reason: { code: 'Delivered' } } as const;
    for (const { lease, attempt: number } of claims) {
      const outcome = { kind: 'delivered', status: 200 } as const;
      await queue.settleDelivered(lease, { number, startedAtMs: Date.now(), durationMs: 80, outcome }, after);
    }
  });
  return { spreadMs, settleMs };
}

/** Evenly over thirty days; one in a hundred was given up, the others have arrived at the first try. */
async function fill(db: Database, count: number): Promise<void> {
  await makePastPartitions(db, 'events', 'week', 5);
  await db.query(
    `insert into event_subscriptions (subscription_id, app_id, organization, kind, sealed, shown_url, languages, state, reason,
       failures, version, created_at, updated_at)
     select 's' || n, 'app', 'o' || n, 'webhook', '', '', '{}', 'Enabled', '{}', 0, 1, now(), now()
     from generate_series(0, ${organizations - 1}) n`,
  );
  await withoutIndexes(db, ['deliveries', 'delivery_attempts'], async () => {
    await insertInParts(
      db,
      `with told as (
         insert into events (event_id, type, code_id, app_id, organization, data, occurred_at, fanned_out_at)
         select substr(md5('event' || n), 1, 22), case when n % 2 = 0 then 'contract.started' else 'contract.completed' end,
           'c' || code, 'app', 'o' || code % ${organizations}, '{"FlowId":"' || md5(n::text) || '","ExternalId":"' || repeat(md5(n::text), 6) || '"}', at, at + interval '20 seconds'
         from generate_series($1::bigint, $2::bigint) n
         cross join lateral (select now() - (1 - n / $3::float8) * interval '29 days' as at, 1 + n * 7919 % ${codes} as code) t
         returning *
       ),
       made as (
         insert into deliveries (delivery_id, event_id, subscription_id, code_id, type, occurred_at, state, reason, rung,
           attempts, settled_at, lease_token)
         select gen_random_uuid()::text, event_id, 's' || substr(organization, 2), code_id, type, occurred_at,
           case when event_id < '029' then 'dead' else 'delivered' end, '{"code":"Delivered"}', 0, 1,
           occurred_at + interval '30 seconds', 1 from told returning delivery_id, occurred_at
       )
       insert into delivery_attempts (delivery_id, number, started_at, duration_ms, status)
       select delivery_id, 1, occurred_at + interval '29 seconds', 80, 200 from made`,
      count,
    );
  });
  await analyzeTables(db, 'vacuum analyze');
  // Partitions of which everything is past its time already.
  await dropPartitions(db, defaultRetention);
}

async function leaveExpired(db: Database): Promise<void> {
  await db.query(
    `create table events_20240101 partition of events for values from ('2024-01-01Z') to ('2024-01-08Z');
     insert into events (event_id, type, app_id, organization, data, occurred_at, fanned_out_at)
       select 'expired' || n, 'contract.started', 'app', 'o', '{}', '2024-01-03Z', now() from generate_series(1, ${expired}) n`,
  );
}
