import { beforeAll, describe, expect, it } from 'vitest';
import { analyzeTables } from '../testing/analyze-tables.ts';
import { databaseSuite } from '../testing/database-suite.ts';
import { insertManyCodes } from '../testing/many-codes.ts';
import { seedNotifications } from '../testing/notification-seed.ts';
import { explain, recordStatements } from '../testing/query-plans.ts';
import { figures } from './figures.ts';

const test = databaseSuite();

beforeAll(async () => {
  const newestS = Math.floor(Date.now() / 1000);
  await insertManyCodes(test.db, { count: 20_000, organizations: 50, newestS });
  await seedNotifications(test.db, { prefix: 'old', count: 10_000, age: '40 days' });
  await seedNotifications(test.db, { prefix: 'new', count: 20, age: '1 hour', outcome: 'kept' });
  await test.db.query(
    `insert into organizations (app_id, organization, quota_state, since, reason, probe_failures)
     select 'app', 'o' || n, case when n < 3 then 'blocked' else 'ok' end, now(), '{}', 0 from generate_series(1, 5000) n`,
  );
  await test.db.query(
    `insert into events (event_id, type, code_id, app_id, organization, data, occurred_at, fanned_out_at)
     select 'e' || n, 'code.created', 'c1', 'app', 'o1', '{}', now() - n * interval '1 hour', now()
     from generate_series(1, 5000) n`,
  );
  await test.db.query(
    `insert into daily_uses (code_id, day, app_id, organization, uses)
     select 'c' || n % 100, (now() at time zone 'UTC')::date - n / 100, 'app', 'o1', 2 from generate_series(0, 9999) n`,
  );
  await test.db.query(
    `insert into attempts (attempt_id, code_id, app_id, organization, operator, kind, state, possible_orphan, lease_token,
       failures, error_code, reason, planned_at, settled_at)
     select 'a' || n, 'c1', 'app', 'o1', 'op', 'create', 'refused', false, 1, 0, 'OperationDenied.NoQuota', '{}',
       now() - n * interval '1 hour', now() - n * interval '1 hour' from generate_series(1, 5000) n`,
  );
  await analyzeTables(test.db, 'vacuum (analyze)');
});

const known = async () =>
  Object.fromEntries(
    (await figures(test.db)).map(({ figure, label, value }) => [`${figure} ${label}`.trim(), value]),
  );

describe('what the tables say in numbers', () => {
  it('is counted with one statement, by indexes, and of what is old nothing', async () => {
    const { db, statements } = recordStatements(test.db);
    await figures(db);
    expect(statements).toHaveLength(1);
    const plans = await Promise.all(statements.map((statement) => explain(test.db, statement)));
    const small = ['batch_rows', 'deliveries', 'notification_rejections'];
    expect(
      plans.flatMap(({ sequentially }) => sequentially).filter((table) => !small.includes(table)),
    ).toEqual([]);
    expect(plans.flatMap(({ indexes }) => indexes)).toEqual(
      expect.arrayContaining([
        'attempts_settled',
        'codes_active',
        'codes_due',
        'codes_newest_in_state',
        'daily_uses_day',
        'events_occurred_at',
        'messages_received_at',
        'organizations_blocked',
      ]),
    );
  });

  it('is right', async () => {
    expect(await known()).toMatchObject({
      'codes Active': 19_780,
      'codes Paused': 200,
      'codes Failed': 20,
      organizationsBlocked: 2,
      usesToday: 200,
      'eventsOfDay code.created': 23,
      'notificationsOfDay kept': 20,
      'refusalsOfDay OperationDenied.NoQuota': 23,
      'workWaiting renewals': 400,
      'workWaiting batches': 0,
      possibleOrphans: 0,
    });
    const { 'workAge renewals': age = 0 } = await known();
    expect(age).toBeGreaterThanOrEqual(60);
  });
});
