import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApiKeys } from './api-keys.ts';
import type { Database } from './database.ts';
import { createIdempotencyRecords } from './idempotency-records.ts';
import { takeSlot } from './rate-limit-slots.ts';
import { prune } from './retention.ts';
import { type TestDatabase, testDatabase } from './testing/database.ts';
import { explain, recordStatements, type Statement } from './testing/query-plans.ts';
import { seedAttempts, seedCodes } from './testing/register-seed.ts';

let test: TestDatabase;
let db: Database;
let statements: Statement[];

beforeAll(async () => {
  test = await testDatabase();
  await test.db.query(`
    insert into api_keys (key_id, hash, name, role) select 'k' || n, 'h', 'n', 'viewer' from generate_series(1, 20000) n;
    insert into idempotency_records
        (key_id, idempotency_key, function_name, payload_hash, token, work_id, answer, expires_at)
      select 'k' || n % 100, 'i' || n, 'f', 'h', 't' || n, 'w', '{}', now() + (n - 50) * interval '1 second'
      from generate_series(1, 20000) n;
    insert into rate_limits (action, tat) select 'a' || n, now() from generate_series(1, 5000) n;
    insert into audit (at, actor, action, subject, reason)
      select now() - n * interval '1 hour', 'a', 'a', 's', 'r' from generate_series(1, 20000) n;
    insert into events (event_id, type, app_id, organization, data, occurred_at)
      select n, 't', 'app', 'org', '{}', now() - n * interval '3 minutes' from generate_series(1, 20000) n;
    insert into event_subscriptions (subscription_id, kind, sealed, shown_url, languages, state, reason, failures, version,
        created_at, updated_at)
      select 's' || n, 'webhook', '', '', '{}', case when n % 50 = 0 then 'Deleted' else 'Enabled' end, '{}', 0, 1, now(),
        now() - n * interval '1 minute' from generate_series(1, 5000) n;
    insert into deliveries (delivery_id, event_id, subscription_id, type, occurred_at, state, reason, rung, attempts,
        settled_at, lease_token)
      select event_id, event_id, 's' || (1 + event_id::int % 5000), 't', occurred_at,
        case when event_id::int % 2 = 0 then 'dead' else 'delivered' end, '{}', 0, 1, occurred_at, 1 from events;`);
  const young = { count: 20_000, age: '1 day', settledAge: '1 day' };
  const old = { count: 20, age: '400 days', settledAge: '400 days', expiredAge: '400 days' };
  await seedCodes(test.db, { ...young, prefix: 'active', state: 'Active', generation: 'live' });
  await seedCodes(test.db, { ...old, prefix: 'dead', state: 'Cancelled', generation: 'cancelled' });
  await seedAttempts(test.db, { ...young, prefix: 'young', state: 'succeeded' });
  await seedAttempts(test.db, { ...old, prefix: 'old', state: 'succeeded' });
  await seedAttempts(test.db, { ...old, prefix: 'orphan', state: 'unknown', possibleOrphan: true });
  await test.db.query('analyze');
});

afterAll(() => test.dispose());

beforeEach(() => {
  ({ db, statements } = recordStatements(test.db));
});

async function expectIndexes(...indexes: string[]): Promise<void> {
  expect(statements).not.toEqual([]);
  const plans = await Promise.all(statements.map((statement) => explain(test.db, statement)));
  for (const plan of plans) expect(plan.sequentially).toEqual([]);
  expect(new Set(plans.flatMap((plan) => plan.indexes))).toEqual(new Set(indexes));
}

describe('every request', () => {
  it('finds its API key by index, and touches it so', async () => {
    const keys = createApiKeys(db);
    await keys.find('k17');
    await keys.touch('k17', 1);
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
        'audit_at',
        'codes_dead',
        'deliveries_past_dead',
        'deliveries_past_delivered',
        'event_subscriptions_deleted',
        'events_occurred_at',
        'idempotency_records_expires_at',
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
