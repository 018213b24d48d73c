import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApiKeys } from './api-keys.ts';
import type { Database } from './database.ts';
import { createIdempotencyRecords } from './idempotency-records.ts';
import { takeSlot } from './rate-limit-slots.ts';
import { type TestDatabase, testDatabase } from './testing/database.ts';
import { explain, recordStatements, type Statement } from './testing/query-plans.ts';

let test: TestDatabase;
let db: Database;
let statements: Statement[];

beforeAll(async () => {
  test = await testDatabase();
  await test.db.query(`
    insert into api_keys (key_id, hash, name, role) select 'k' || n, 'h', 'n', 'viewer' from generate_series(1, 20000) n;
    insert into idempotency_records
        (key_id, idempotency_key, function_name, payload_hash, token, answer, expires_at)
      select 'k' || n % 100, 'i' || n, 'f', 'h', 't' || n, '{}', now() + (n - 50) * interval '1 second'
      from generate_series(1, 20000) n;
    insert into rate_limits (action, tat) select 'a' || n, now() from generate_series(1, 5000) n;
    analyze;`);
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

it('recognises a statement that reads a table from end to end', async () => {
  await db.query('select 1 from api_keys where name = $1', ['nobody']);
  expect(await Promise.all(statements.map((statement) => explain(test.db, statement)))).toEqual([
    { sequentially: ['api_keys'], indexes: [] },
  ]);
});
