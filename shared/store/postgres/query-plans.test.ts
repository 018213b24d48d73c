import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApiKeys } from '../access/api-keys.ts';
import { createIdempotencyRecords } from '../access/idempotency-records.ts';
import { takeSlot } from '../limits/rate-limit-slots.ts';
import { analyzeTables } from '../testing/analyze-tables.ts';
import { databaseSuite } from '../testing/database-suite.ts';
import { seedContracts, seedNotifications } from '../testing/notification-seed.ts';
import { explain, recordStatements, type Statement } from '../testing/query-plans.ts';
import { seedAttempts, seedCodes } from '../testing/register-seed.ts';
import { prune } from '../upkeep/retention.ts';
import type { Database } from './database.ts';

const test = databaseSuite();
let db: Database;
let statements: Statement[];

beforeAll(async () => {
  await test.db.query(`
    insert into api_keys (key_id, hash, name, role) select 'k' || n, 'h', 'n', 'viewer' from generate_series(1, 5000) n;
    insert into idempotency_records
        (key_id, idempotency_key, function_name, payload_hash, token, work_id, answer, expires_at)
      select 'k' || n % 100, 'i' || n, 'f', 'h', 't' || n, 'w', '{}', now() + (n - 50) * interval '1 second'
      from generate_series(1, 5000) n;
    insert into rate_limits (action, tat) select 'a' || n, now() from generate_series(1, 5000) n;
    insert into audit (at, actor, action, subject, reason)
      select now() - n * interval '1 hour', 'a', 'a', 's', 'r' from generate_series(1, 5000) n;
    insert into events (event_id, type, app_id, organization, data, occurred_at)
      select n, 't', 'app', 'org', '{}', now() - n * interval '3 minutes' from generate_series(1, 5000) n;
    insert into event_subscriptions (subscription_id, kind, sealed, shown_url, languages, state, reason, failures, version,
        created_at, updated_at)
      select 's' || n, 'webhook', '', '', '{}', case when n % 50 = 0 then 'Deleted' else 'Enabled' end, '{}', 0, 1, now(),
        now() - n * interval '1 minute' from generate_series(1, 5000) n;
    insert into deliveries (delivery_id, event_id, subscription_id, type, occurred_at, state, reason, rung, attempts,
        settled_at, lease_token)
      select event_id, event_id, 's' || (1 + event_id::int % 5000), 't', occurred_at,
        case when event_id::int % 2 = 0 then 'dead' else 'delivered' end, '{}', 0, 1, occurred_at, 1 from events;
    insert into batches (batch_id, app_id, organizations, operation, actor, total, created_at)
      select 'b' || n, 'app', '{org}', 'Pause', 'a', 1, now() - n * interval '26 minutes' from generate_series(1, 5000) n;
    insert into batch_rows (batch_id, number, app_id, organization, code_id, state, failures, due_at, begun, lease_token)
      select batch_id, 0, app_id, 'org', 'c', 'done', 0, created_at, true, 1 from batches;
    insert into daily_uses (code_id, day, app_id, organization, uses)
      select 'c' || n, current_date - case when n > 20 then n % 28 else 800 end, 'app', 'org', 1
      from generate_series(1, 5000) n;`);
  const young = { count: 5_000, age: '1 day', settledAge: '1 day' };
  const old = { count: 20, age: '400 days', settledAge: '400 days', expiredAge: '400 days' };
  await seedCodes(test.db, { ...young, prefix: 'active', state: 'Active', generation: 'live' });
  await seedCodes(test.db, { ...old, prefix: 'dead', state: 'Cancelled', generation: 'cancelled' });
  await seedAttempts(test.db, { ...young, prefix: 'young', state: 'succeeded' });
  await seedAttempts(test.db, { ...old, prefix: 'old', state: 'succeeded' });
  await seedAttempts(test.db, { ...old, prefix: 'orphan', state: 'unknown', possibleOrphan: true });
  await test.db.query(
    `insert into notification_rejections (hour, verdict, source_ip, count, last_at, last_bytes)
     select now() - n / 100 * interval '1 hour', 'WrongToken', n::text, 1, now(), 1 from generate_series(1, 10000) n`,
  );
  await seedNotifications(test.db, { prefix: 'young', count: 5_000, age: '1 day' });
  await seedNotifications(test.db, { prefix: 'old', count: 20, age: '400 days' });
  await seedNotifications(test.db, { prefix: 'waiting', count: 20, age: '40 days', outcome: 'pending' });
  await seedNotifications(test.db, { prefix: 'emptied', count: 5_000, age: '60 days' });
  await seedContracts(test.db, { prefix: 'young', count: 5_000, age: '1 day' });
  await seedContracts(test.db, { prefix: 'old', count: 20, age: '800 days' });
  await analyzeTables(test.db);
});

beforeEach(() => {
  ({ db, statements } = recordStatements(test.db));
});

async function expectIndexes(...indexes: string[]): Promise<void> {
  expect(statements).not.toEqual([]);
  const plans = await Promise.all(statements.map((statement) => explain(test.db, statement)));
  for (const plan of plans) expect(plan.sequentially).toEqual([]);
  expect(plans.flatMap((plan) => plan.indexes)).toEqual(expect.arrayContaining(indexes));
}

describe('every request', () => {
  it('finds its API key by index, and notes its use so', async () => {
    await createApiKeys(db).present({ keyId: 'k17', hash: 'h', atS: 1 });
    await expectIndexes('api_keys_pkey');
  });

  it('claims and reads its idempotency record by index', async () => {
    const request = { keyId: 'k17', idempotencyKey: 'i117', functionName: 'f', payloadHash: 'h' };
    expect(await createIdempotencyRecords(db).claim(request, 30)).toMatchObject({ outcome: 'replay' });
    expect(statements).toHaveLength(2);
    await expectIndexes('idempotency_records_pkey');
  });

  it('completes and releases its idempotency record by index', async () => {
    const records = createIdempotencyRecords(db);
    await records.complete('t117', { status: 200, body: '' });
    await records.release('t117');
    await expectIndexes('idempotency_records_token');
  });

  it('takes its slot of the rate limit by index', async () => {
    await takeSlot(db, { action: 'a17', intervalUs: 1, horizonUs: 1 });
    await expectIndexes('rate_limits_pkey');
  });
});

describe('retention', () => {
  it('finds what it deletes by index, whatever the size of the tables', async () => {
    await prune(db, { deadlineMs: Number.POSITIVE_INFINITY, batch: 10 });
    const plans = await Promise.all(statements.map((statement) => explain(test.db, statement)));
    for (const plan of plans) expect(plan.sequentially).toEqual([]);
    expect(plans.flatMap((plan) => plan.indexes)).toEqual(
      expect.arrayContaining([
        'attempts_ended_orphans',
        'attempts_settled',
        'audit_newest',
        'batches_newest',
        'codes_dead',
        'daily_uses_day',
        'deliveries_past_dead',
        'deliveries_past_delivered',
        'event_subscriptions_deleted',
        'contracts_updated_at',
        'events_occurred_at',
        'idempotency_records_expires_at',
        'notification_rejections_pkey',
        'messages_bodies',
        'messages_received_at',
        'message_ids_day',
      ]),
    );
  });
});

it('recognises a statement that reads a table from end to end', async () => {
  await db.query('select 1 from api_keys where name = $1', ['nobody']);
  expect(await Promise.all(statements.map((statement) => explain(test.db, statement)))).toEqual([
    { sequentially: ['api_keys'], indexes: [] },
  ]);
});
