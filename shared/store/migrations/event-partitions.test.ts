import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliveryQueue } from '../deliveries/delivery-queue.ts';
import { deliveryReads } from '../deliveries/delivery-reads.ts';
import type { Database } from '../postgres/database.ts';
import { cutOffAfter } from '../testing/cut-off.ts';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { migrations } from './index.ts';
import { migrate } from './migrate.ts';

const before = migrations.filter(({ number }) => number < 20);
const until20 = migrations.filter(({ number }) => number <= 20);

let test: TestDatabase;
let older: ReturnType<typeof olderEvents>;

beforeEach(async () => {
  test = await testDatabase({ migrated: false });
  await migrate(test.db, before);
  await test.db.query(
    `insert into event_subscriptions (subscription_id, kind, sealed, shown_url, languages, state, reason, failures, version,
       created_at, updated_at) values ('s', 'webhook', '', '', '{}', 'Enabled', '{}', 0, 1, now(), now())`,
  );
  const connection = await test.connect();
  // A version that waits for no lock for a second. On PGlite the one session is shared.
  if (test.url !== undefined) await connection.query("set lock_timeout = '1s'");
  older = olderEvents(connection);
});
afterEach(() => test.dispose());

/** What a version before migration 20 says to the database about events, word for word as far as it matters. */
function olderEvents(db: Database) {
  const count = async (text: string, params: unknown[]) =>
    (await db.query<{ count: number }>(text, params)).rows[0]?.count ?? 0;
  return {
    async emit(id: string, daysAgo = 0) {
      const at = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
      const text = `insert into events (event_id, type, code_id, app_id, organization, data, occurred_at)
        values ($1, $2, $3, $4, $5, $6, $7) `;
      await db.query(text, [id, 'code.created', 'c', 'app', 'org', '{}', at], { prepared: true });
    },
    fanOut: () =>
      count(
        `with picked as (
           select event_id from events where fanned_out_at is null order by occurred_at limit $2 for update skip locked
         ),
         told as (
           update events e set fanned_out_at = to_timestamp($1) from picked where e.event_id = picked.event_id returning e.*
         ),
         made as (
           insert into deliveries (delivery_id, event_id, subscription_id, code_id, type, occurred_at, state, reason, rung,
             attempts, due_at, lease_token)
           select gen_random_uuid()::text, e.event_id, s.subscription_id, e.code_id, e.type, e.occurred_at, 'pending',
             '{"code":"Waiting"}', 0, 0, to_timestamp($1), 0 from told e cross join event_subscriptions s
           on conflict (event_id, subscription_id) do nothing
         )
         select count(*)::int as count from told`,
        [Date.now() / 1000, 100],
      ),
    /** Deliveries with their events. */
    delivered: () =>
      count(
        'select count(e.data)::int as count from deliveries d join events e on e.event_id = d.event_id',
        [],
      ),
    async prune() {
      const { rowCount } = await db.query(
        `delete from events where (event_id) in (
         select event_id from events where occurred_at <= now() - $1 * interval '1 second'
           and (select 1 from deliveries d where d.event_id = events.event_id limit 1) is null
         order by occurred_at limit $2 for update skip locked)`,
        [30 * 86_400, 500],
      );
      return rowCount;
    },
  };
}

const newer = () => {
  const page = { scope: null, after: undefined, limit: 1000, attempts: 0 };
  return {
    fanOut: () => deliveryQueue(test.db).fanOut(Date.now(), 100),
    ids: async () =>
      (await deliveryReads(test.db).listDeliveries({}, page)).map(({ event }) => event.eventId).sort(),
  };
};

describe('events of a register that is in use', () => {
  it('get their partitions while an older version goes on, and none is lost', async () => {
    const emitted: string[] = [];
    const emit = async (id: string, daysAgo = 0) => {
      await older.emit(id, daysAgo);
      emitted.push(id);
    };
    for (let n = 0; n < 20; n += 1) await emit(`before${n}`, n);
    let spread = 0;
    let isOver = false;
    const atWork = (async () => {
      for (let n = 0; !isOver || n < 3; n += 1) {
        // A lock that is not to be had within a second, or a statement that is refused, fails the test.
        await emit(`while${n}`);
        spread += await older.fanOut();
        expect(await older.delivered()).toBe(emitted.length);
        expect(await older.prune()).toBe(0);
        await sleep(5);
      }
    })();
    await migrate(test.db, until20);
    isOver = true;
    await atWork;
    await emit('after');
    expect(await newer().fanOut()).toBe(1);
    expect(spread).toBe(emitted.length - 1);
    expect(await newer().ids()).toEqual(emitted.toSorted());
    // Those of a week that has a partition of its own are the older version's, too.
    await test.db.query(
      "update events set occurred_at = now() + interval '20 days', fanned_out_at = null where event_id = 'after'",
    );
    expect(await older.fanOut()).toBe(1);
    // None was built while it was attached.
    const { rows } = await test.db.query<{ name: string }>(
      "select indexrelid::regclass::text as name from pg_index where indrelid = 'events_0'::regclass order by 1",
    );
    expect(rows.map(({ name }) => name)).toEqual([
      'events_by_id_0',
      'events_occurred_at_0',
      'events_of_code_0',
      'events_pkey',
      'events_to_fan_out_0',
    ]);
  });

  it('are migrated to the end, wherever that was cut off', async () => {
    await older.emit('first', 20);
    let cuts = 0;
    while (!(await cutOffAfter(cuts, test.db, (db) => migrate(db, until20)))) {
      // Whoever is cut off leaves a register in which the older version goes on.
      await older.emit(`cut${cuts}`);
      cuts += 1;
    }
    expect(cuts).toBeGreaterThan(20);
    expect(await newer().fanOut()).toBe(1 + cuts);
    expect(await newer().ids()).toHaveLength(1 + cuts);
  });
});
