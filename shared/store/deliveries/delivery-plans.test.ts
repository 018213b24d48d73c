/** What is asked often of deliveries is answered by an index, however many have piled up. */

import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryFilter } from '../../delivery/ports.ts';
import type { Scope } from '../../world.ts';
import type { Database } from '../postgres/database.ts';
import { analyzeTables } from '../testing/analyze-tables.ts';
import { databaseSuite } from '../testing/database-suite.ts';
import { explain, recordStatements, type Statement } from '../testing/query-plans.ts';
import { deliveryQueue } from './delivery-queue.ts';
import { deliveryReads } from './delivery-reads.ts';
import { deliveryWrites } from './delivery-transactions.ts';

const nowMs = Date.UTC(2026, 0, 1);
const test = databaseSuite();
let db: Database;
let statements: Statement[];

beforeAll(async () => {
  await test.db.query(
    `insert into event_subscriptions (subscription_id, app_id, organization, kind, sealed, shown_url, languages, state,
       reason, failures, version, created_at, updated_at)
     select 's' || n, 'app', 'o' || n, 'webhook', '', '', '{}', case when n % 50 = 0 then 'Disabled' else 'Enabled' end,
       '{}', 0, 1, now(), now() from generate_series(1, 200) n`,
  );
  await test.db.query(
    `insert into events (event_id, type, code_id, app_id, organization, data, occurred_at, fanned_out_at)
     select 'e' || n, case when n % 500 = 0 then 'rare' else 'usual' end, 'c' || n % 2000, 'app', 'o' || n % 200, '{}',
       to_timestamp($1) - n * interval '1 minute', case when n > 20 then now() end
     from generate_series(1, 40000) n`,
    [nowMs / 1000],
  );
  await test.db.query(
    `insert into deliveries (delivery_id, event_id, subscription_id, code_id, type, occurred_at, state, reason, rung,
       attempts, due_at, settled_at, lease_token)
     select 'd' || event_id, event_id, 's' || (1 + substr(event_id, 2)::int % 200), code_id, type, occurred_at, state,
       '{"code":"Waiting"}', 0, 1, case when state = 'pending' then occurred_at end,
       case when state <> 'pending' then occurred_at end, 1
     from events cross join lateral (
       select case when substr(event_id, 2)::int % 100 = 7 then 'pending'
         when substr(event_id, 2)::int % 10 = 8 then 'dead' else 'delivered' end as state
     ) t`,
  );
  await test.db.query(
    `insert into delivery_attempts (delivery_id, number, started_at, duration_ms)
     select delivery_id, 1, occurred_at, 1 from deliveries`,
  );
  await analyzeTables(test.db);
});

beforeEach(() => {
  ({ db, statements } = recordStatements(test.db));
});

/** There are few subscriptions, and each is asked; what counts is how deliveries, events and attempts are found. */
const small = ['event_subscriptions'];

async function expectIndexes(...indexes: string[]): Promise<void> {
  expect(statements).not.toEqual([]);
  const plans = await Promise.all(statements.map((statement) => explain(test.db, statement)));
  for (const plan of plans) expect(plan.sequentially.filter((table) => !small.includes(table))).toEqual([]);
  expect(plans.flatMap((plan) => plan.indexes)).toEqual(expect.arrayContaining(indexes));
}

const undone = async (work: (inner: Database) => Promise<unknown>) => {
  await expect(
    db.transaction(async (tx) => {
      await work(tx);
      throw new Error('undone');
    }),
  ).rejects.toThrow('undone');
};

describe('the timer', () => {
  it('finds events to spread by index', async () => {
    await undone((tx) => deliveryQueue(tx).fanOut(nowMs, 10));
    await expectIndexes('events_to_fan_out');
  });

  it('claims what is due by index', async () => {
    const limits = { of: 'healthy', limit: 64, perSubscription: 4, leaseMs: 30_000 } as const;
    await undone(async (tx) => {
      expect(await deliveryQueue(tx).claim(nowMs, limits)).not.toEqual([]);
      await deliveryQueue(tx).claim(nowMs, { ...limits, of: 'failing' });
    });
    await expectIndexes('deliveries_due', 'deliveries_pkey', 'events_by_id');
  });

  it('finds what waits for disabled subscriptions by index', async () => {
    await undone((tx) => deliveryQueue(tx).buryStranded(nowMs, { code: 'SubscriptionDisabled' }, 100));
    await expectIndexes('deliveries_due');
  });

  it('settles by key', async () => {
    const attempt = {
      number: 1,
      startedAtMs: nowMs,
      durationMs: 1,
      outcome: { kind: 'delivered', status: 200 },
    } as const;
    const after = { state: 'delivered', rung: 0, dueAtMs: null, reason: { code: 'Delivered' } } as const;
    await deliveryQueue(db).settleDelivered({ deliveryId: 'de7', token: '99' }, attempt, after);
    await expectIndexes('deliveries_pkey');
  });
});

describe('a page of deliveries', () => {
  const own: Scope = { appId: 'app', organizations: ['o7', 'o8'] };
  it.each<[string, DeliveryFilter, Scope, string]>([
    ['of everything', {}, null, 'deliveries_newest'],
    ['of what one may see', {}, own, 'deliveries_newest_of_subscription'],
    ['of a code', { codeId: 'c7' }, null, 'deliveries_newest_of_code'],
    ['of a code, for one who may see some', { codeId: 'c7' }, own, 'deliveries_newest_of_code'],
    ['of an event', { eventId: 'e7' }, null, 'deliveries_of_event'],
    ['of a subscription', { subscriptionId: 's7' }, own, 'deliveries_newest_of_subscription'],
    ['of dead letters', { state: 'dead' }, null, 'deliveries_newest_in_state'],
    ['of a rare type', { eventType: 'rare' }, null, 'deliveries_newest_of_type'],
    ['of a time', { fromMs: nowMs - 86_400_000, toMs: nowMs - 80_000_000 }, null, 'deliveries_newest'],
  ])('%s is found by index, the first and a later one', async (_, filter, scope, index) => {
    const reads = deliveryReads(db);
    for (const after of [undefined, { atMs: nowMs - 60_000_000, id: 'x' }]) {
      statements.length = 0;
      await reads.listDeliveries(filter, { scope, after, limit: 21, attempts: 30 });
      await expectIndexes(index);
    }
  });
});

it('a page of dead letters reads no more of them than it shows, however few of all they are', async () => {
  await undone(async (tx) => {
    await tx.query(
      "update deliveries set state = 'delivered' where state = 'dead' and substr(delivery_id, 3)::int % 100 <> 8",
    );
    await tx.query('analyze deliveries');
    statements.length = 0;
    const page = { scope: null, after: undefined, limit: 21, attempts: 30 };
    await deliveryReads(tx).listDeliveries({ state: 'dead' }, page);
    const plans = await Promise.all(statements.map((statement) => explain(tx, statement)));
    const indexes = plans.flatMap((plan) => plan.indexes);
    expect(indexes).toContain('deliveries_newest_in_state');
    expect(indexes).not.toContain('deliveries_past_dead');
  });
});

describe('a replay', () => {
  it.each([
    [{ deliveryId: 'de7' }, 'deliveries_pkey'],
    [{ eventId: 'e7' }, 'deliveries_of_event'],
    [{ codeId: 'c7' }, 'deliveries_newest_of_code'],
    [{ codeId: 'c7' }, 'events_of_code'],
    [{ fromMs: nowMs - 3_600_000, toMs: nowMs }, 'events_occurred_at'],
  ])('of %j finds what it wants by index', async (selection, index) => {
    const at = { nowMs, reason: { code: 'Replayed' }, scope: null, isAdmin: true, limit: 100 } as const;
    await undone(async (tx) => deliveryWrites(tx).transaction((inner) => inner.replay(selection, at)));
    await expectIndexes(index);
  });

  it('of the dead letters of a subscription reads no others', async () => {
    const at = { nowMs, reason: { code: 'Replayed' }, scope: null, isAdmin: true, limit: 100 } as const;
    const selection = { subscriptionId: 's9', deadLetters: true };
    await undone(async (tx) => deliveryWrites(tx).transaction((inner) => inner.replay(selection, at)));
    const plans = await Promise.all(statements.map((statement) => explain(test.db, statement)));
    const indexes = plans.flatMap((plan) => plan.indexes);
    expect(indexes.some((index) => ['deliveries_dead', 'deliveries_newest_in_state'].includes(index))).toBe(
      true,
    );
  });
});
