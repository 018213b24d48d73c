import { beforeEach, expect, it } from 'vitest';
import { databaseSuite } from '../testing/database-suite.ts';
import { recordStatements } from '../testing/query-plans.ts';
import { defaultRetention, type PruneReport, prune } from './retention.ts';

const test = databaseSuite();

const week = { name: 'events_20240101', from: '2024-01-01Z', to: '2024-01-08Z' };

beforeEach(async () => {
  await test.db.query(
    'delete from deliveries; delete from events; delete from event_subscriptions; drop table if exists events_20240101',
  );
  await test.db.query(
    `create table ${week.name} partition of events for values from ('${week.from}') to ('${week.to}');
     insert into event_subscriptions (subscription_id, kind, sealed, shown_url, languages, state, reason, failures, version,
       created_at, updated_at) values ('s', 'webhook', '', '', '{}', 'Enabled', '{}', 0, 1, now(), now())`,
  );
});

async function emit(count: number, { isSpread = true } = {}): Promise<void> {
  await test.db.query(
    `insert into events (event_id, type, app_id, organization, data, occurred_at, fanned_out_at)
     select 'e' || n, 't', 'app', 'org', '{}', timestamptz '2024-01-03Z' + n * interval '1 second', ${isSpread ? 'now()' : 'null'}
     from generate_series(1, $1::int) n`,
    [count],
  );
}

/** Deliveries of the first of these events, given up yesterday. */
async function giveUp(count: number): Promise<void> {
  await test.db.query(
    `insert into deliveries (delivery_id, event_id, subscription_id, type, occurred_at, state, reason, rung, attempts,
       settled_at, lease_token)
     select 'd' || event_id, event_id, 's', type, occurred_at, 'dead', '{}', 0, 1, now() - interval '1 day', 1 from events
     order by occurred_at limit $1::int`,
    [count],
  );
}

const run = (): Promise<PruneReport> => prune(test.db, { deadlineMs: Number.POSITIVE_INFINITY, batch: 5000 });

async function places() {
  const { rows } = await test.db.query<{ place: string; count: number }>(
    'select tableoid::regclass::text as place, count(*)::int as count from events group by 1',
  );
  return rows;
}

it('events go with the partition of their week, and none of them by itself', async () => {
  await emit(3);
  const { deleted, partitions } = await run();
  expect(partitions).toMatchObject({ dropped: 1 });
  expect(deleted).toMatchObject({ events: 0 });
  expect(await places()).toEqual([]);
});

it('events of which a delivery is kept move out of a partition that is dropped, and go with the delivery', async () => {
  await emit(30);
  await giveUp(2);
  expect(await run()).toMatchObject({ deleted: { events: 0 }, partitions: { dropped: 1 } });
  expect(await places()).toEqual([{ place: 'events_default', count: 2 }]);
  await test.db.query("update deliveries set settled_at = now() - interval '91 days' where event_id = 'e1'");
  expect(await run()).toMatchObject({ deleted: { deadLetters: 1, events: 1 } });
  expect(await places()).toEqual([{ place: 'events_default', count: 1 }]);
});

it('a partition of which a thousand deliveries are kept stays, and the rest of it goes row by row', async () => {
  await emit(1010);
  await giveUp(1001);
  expect(await run()).toMatchObject({ deleted: { events: 9 }, partitions: { dropped: 0 } });
  expect(await places()).toEqual([{ place: week.name, count: 1001 }]);
  await test.db.query("update deliveries set settled_at = now() - interval '91 days' where event_id = 'e1'");
  await run();
  expect(await run()).toMatchObject({ partitions: { dropped: 1 } });
  expect(await places()).toEqual([{ place: 'events_default', count: 1000 }]);
});

it('many events are not so dear by the planner’s estimate that the server compiles their statement', async () => {
  await emit(20_000);
  await test.db.query('analyze events');
  const { db, statements } = recordStatements(test.db);
  await prune(db, {
    deadlineMs: Number.POSITIVE_INFINITY,
    batch: 500,
    policy: { ...defaultRetention, eventsS: 1e8 },
  });
  const deleting = statements.filter(({ text }) => text.startsWith('delete from events'));
  expect(deleting).toHaveLength(1);
  for (const { text, params } of deleting) {
    const { rows } = await test.db.query<{ 'QUERY PLAN': { Plan: { 'Total Cost': number } }[] }>(
      `explain (format json) ${text}`,
      [defaultRetention.eventsS, ...params.slice(1)],
    );
    const { rows: limits } = await test.db.query<{ jit: number }>(
      "select current_setting('jit_above_cost')::float8 as jit",
    );
    expect(rows[0]?.['QUERY PLAN'][0]?.Plan['Total Cost']).toBeLessThan(limits[0]?.jit ?? 0);
  }
});

it('a partition with an event that has not been spread yet stays', async () => {
  await emit(1, { isSpread: false });
  expect((await run()).partitions.dropped).toBe(0);
});
