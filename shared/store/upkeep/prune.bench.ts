/** What a run of prune costs where rows go with their partition, and where they go one by one. */
import { median } from '../../../bench/measure.ts';
import { benchDatabaseUrl, withDatabase } from '../../../bench/own-database.ts';
import type { BenchResult } from '../../../bench/result.ts';
import type { Database } from '../postgres/database.ts';
import { openPgDatabase } from '../postgres/pg-database.ts';
import { prune } from './retention.ts';

const rows = 50_000;
const rounds = 5;
/** As `prune-records` has it. */
const batch = 500;
/** Rows of an hour at 50 million notifications a year, of which four are about one contract. */
const hourly = { deliveries: 50_000_000 / 365 / 24, contracts: 50_000_000 / 4 / 365 / 24 } as const;
/** That a run of `prune-records` has. */
const runMs = 60_000;

/** In a week, or a month, that is long over. */
const bounds = { audit: ['2024-01-01Z', '2024-02-01Z'], events: ['2024-01-01Z', '2024-01-08Z'] } as const;
const names = { audit: 'audit_202401', events: 'events_20240101' } as const;

const fill = {
  audit: `insert into audit (actor, action, subject, reason, at)
    select 'key:0123456789ab', 'code.modified', substr(md5(n::text), 1, 22), '{"code":"ModifyRequested"}', '2024-01-03Z'::timestamptz + n * interval '1 second'
    from generate_series(1, ${rows}) n`,
  events: `insert into events (event_id, type, code_id, app_id, organization, data, occurred_at, fanned_out_at)
    select substr(md5(n::text), 1, 22), 'contract.signed', substr(md5((n % 2000)::text), 1, 22), repeat('a', 32), repeat('o', 32), repeat('x', 300),
      '2024-01-03Z'::timestamptz + n * interval '1 second', now() from generate_series(1, ${rows}) n`,
} as const;

/** What is deleted row by row, in no partition. */
const singly = {
  contracts: `insert into contracts (flow_id, app_id, organization, code_id, generation, link, state, charged, started_at, state_at,
    deadline_at, updated_at)
  select 'y' || substr(md5(n::text), 1, 31), repeat('a', 32), repeat('o', 30) || n % 99, substr(md5((n % 2000)::text), 1, 22), 1, 'certain',
    'ALL', true, at, at, at + interval '7 days', at
  from generate_series(1, ${rows}) n cross join lateral (select '2024-01-03Z'::timestamptz + n * interval '1 second' as at) t;
  analyze contracts`,
  deliveries: `insert into deliveries (delivery_id, event_id, subscription_id, code_id, type, occurred_at, state, reason, rung, attempts,
    settled_at, lease_token)
  select gen_random_uuid()::text, substr(md5(n::text), 1, 22), 's', substr(md5((n % 2000)::text), 1, 22), 'contract.signed',
    at, 'delivered', '{"code":"Delivered"}', 0, 1, at, 1
  from generate_series(1, ${rows}) n cross join lateral (select '2024-01-03Z'::timestamptz + n * interval '1 second' as at) t;
  insert into delivery_attempts (delivery_id, number, started_at, duration_ms, status)
  select delivery_id, 1, settled_at, 80, 200 from deliveries;
  analyze deliveries; analyze delivery_attempts`,
} as const;

export default async function bench(): Promise<BenchResult[]> {
  const url = benchDatabaseUrl('prune');
  if (url === undefined) return [];
  return withDatabase(url, async (ownUrl) => {
    const db = openPgDatabase(ownUrl, { statementTimeoutMs: 0, lockTimeoutMs: 0 });
    try {
      await db.query(
        `insert into event_subscriptions (subscription_id, kind, sealed, shown_url, languages, state, reason, failures, version,
           created_at, updated_at) values ('s', 'webhook', '', '', '{}', 'Enabled', '{}', 0, 1, now(), now())`,
      );
      return [
        await dropped(db, 'audit'),
        await dropped(db, 'events'),
        await deleted(db, 'deliveries'),
        await deleted(db, 'contracts'),
      ];
    } finally {
      await db.close();
    }
  });
}

/** The same rows in a partition of their time, and where there is none. */
async function dropped(db: Database, table: keyof typeof fill): Promise<BenchResult> {
  const times = { whole: [] as number[], rows: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    const [from, to] = bounds[table];
    await db.query(
      `create table ${names[table]} partition of ${table} for values from ('${from}') to ('${to}')`,
    );
    await db.query(`${fill[table]}; analyze ${table}`);
    times.whole.push(await timedPrune(db, { dropped: 1, rows: 0 }));
    await db.query(`${fill[table]}; analyze ${table}`);
    times.rows.push(await timedPrune(db, { dropped: 0, rows }));
  }
  return {
    name: `prune/${table}-dropped`,
    ratio: median(times.whole) / median(times.rows),
    against: `the same ${rows} rows one by one (${Math.round(median(times.rows))} ms)`,
    value: Math.round(median(times.whole)),
    unit: 'ms',
  };
}

/** Row by row, against the time that there is. */
async function deleted(db: Database, table: keyof typeof singly): Promise<BenchResult> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await db.query(singly[table]);
    times.push(await timedPrune(db, { dropped: 0, rows }));
  }
  const msPerRow = median(times) / rows;
  return {
    name: `prune/${table}`,
    ratio: (msPerRow * hourly[table]) / runMs,
    against: `the minute that a run has, for those of an hour at 50 million notifications a year; measured of ${rows}`,
    value: Math.round(median(times)),
    unit: 'ms',
  };
}

async function timedPrune(db: Database, expected: { dropped: number; rows: number }): Promise<number> {
  const started = performance.now();
  const { deleted: gone, partitions } = await prune(db, { deadlineMs: Number.POSITIVE_INFINITY, batch });
  const ms = performance.now() - started;
  const deletedRows = gone.audit + gone.events + gone.deliveries + gone.contracts;
  if (partitions.dropped !== expected.dropped || deletedRows !== expected.rows)
    throw new Error(`${partitions.dropped} partitions and ${deletedRows} rows are gone`);
  return ms;
}
