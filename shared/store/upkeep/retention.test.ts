import { beforeEach, describe, expect, it } from 'vitest';
import { recordAudit } from '../access/audit.ts';
import { createIdempotencyRecords } from '../access/idempotency-records.ts';
import { databaseSuite } from '../testing/database-suite.ts';
import { seedContracts, seedNotifications } from '../testing/notification-seed.ts';
import { seedAttempts, seedCodes } from '../testing/register-seed.ts';
import { defaultRetention, prune } from './retention.ts';

const test = databaseSuite();

beforeEach(() =>
  test.db.query(
    `delete from idempotency_records; delete from audit; delete from attempts; delete from events; delete from codes;
     delete from deliveries; delete from event_subscriptions;
     delete from messages; delete from message_ids; delete from message_bodies; delete from notification_rejections; delete from contracts`,
  ),
);

const endless = { deadlineMs: Number.POSITIVE_INFINITY, batch: 100 };

async function insertRecords(count: number, expires: string): Promise<void> {
  await test.db.query(
    `insert into idempotency_records
       (key_id, idempotency_key, function_name, payload_hash, token, work_id, answer, expires_at)
     select 'k', n || $1, 'f', 'h', n || $1, 'w', '{}', now() + $1::interval from generate_series(1, $2::int) n`,
    [expires, count],
  );
}

async function insertAudit(age: string): Promise<void> {
  await recordAudit(test.db, { actor: 'cli', action: 'api-key.revoke', subject: age, reason: 'lost' });
  await test.db.query('update audit set at = now() - $1::interval where subject = $1', [age]);
}

async function count(table: string): Promise<unknown> {
  return (await test.db.query(`select count(*)::int as n from ${table}`)).rows[0];
}

describe('prune', () => {
  it('deletes what is past its time and nothing else', async () => {
    await insertRecords(3, '-1 second');
    await insertRecords(2, '1 hour');
    // A month that is not over keeps its partition.
    await insertAudit('398 days');
    await insertAudit('396 days');
    expect(await prune(test.db, endless)).toMatchObject({
      deleted: { idempotencyRecords: 3, audit: 1 },
      complete: true,
    });
    expect(await count('idempotency_records')).toEqual({ n: 2 });
    expect((await test.db.query('select subject from audit')).rows).toEqual([{ subject: '396 days' }]);
  });

  it('keeps for as long as it is told', async () => {
    await insertAudit('32 days 3 hours');
    await insertAudit('32 days 1 hour');
    const policy = { ...defaultRetention, auditS: 2 * 3600 };
    expect((await prune(test.db, { ...endless, policy })).deleted).toMatchObject({ audit: 1 });
  });

  it('deletes settled calls, and keeps what may still have an effect', async () => {
    const old = { count: 1, settledAge: '181 days', expiredAge: '179 days' };
    await seedAttempts(test.db, { ...old, prefix: 'succeeded', state: 'succeeded' });
    await seedAttempts(test.db, { ...old, prefix: 'refused', state: 'refused' });
    await seedAttempts(test.db, { ...old, prefix: 'young', state: 'succeeded', settledAge: '179 days' });
    await seedAttempts(test.db, { ...old, prefix: 'open', state: 'sent', settledAge: null });
    await seedAttempts(test.db, { ...old, prefix: 'cancel to repeat', state: 'unknown', due: true });
    await seedAttempts(test.db, { ...old, prefix: 'orphan', state: 'unknown', possibleOrphan: true });
    await seedAttempts(test.db, {
      ...old,
      prefix: 'dead orphan',
      state: 'unknown',
      possibleOrphan: true,
      expiredAge: '181 days',
    });
    expect((await prune(test.db, endless)).deleted).toMatchObject({ attempts: 2, possibleOrphans: 1 });
    const { rows } = await test.db.query<{ id: string }>('select attempt_id as id from attempts order by 1');
    expect(rows.map(({ id }) => id)).toEqual(['cancel to repeat1', 'open1', 'orphan1', 'young1']);
  });

  it('deletes events after a month and a week, in which their partition may go', async () => {
    await test.db.query(
      `insert into events (event_id, type, app_id, organization, data, occurred_at)
       select n, 'code.created', 'app', 'org', '{}', now() - n * interval '1 day' from generate_series(36, 40) n`,
    );
    expect((await prune(test.db, endless)).deleted.events).toBe(3);
  });

  it('deletes deliveries a month after they arrived and dead letters after three, and keeps what they need', async () => {
    const seed = (id: string, state: string, age: string) =>
      test.db.query(
        `with s as (
           insert into event_subscriptions (subscription_id, kind, sealed, shown_url, languages, state, reason, failures,
             version, created_at, updated_at)
           values ($1, 'webhook', '', '', '{}', 'Deleted', '{}', 0, 1, now(), now() - interval '1 second')
           returning subscription_id
         ),
         e as (
           insert into events (event_id, type, app_id, organization, data, occurred_at)
           values ($1, 't', 'app', 'org', '{}', now() - interval '400 days') returning event_id, occurred_at
         ),
         d as (
           insert into deliveries (delivery_id, event_id, subscription_id, type, occurred_at, state, reason, rung,
             attempts, due_at, settled_at, lease_token)
           select $1, event_id, $1, 't', occurred_at, $2, '{}', 0, 1,
             case when $2 = 'pending' then now() end, case when $2 <> 'pending' then now() - $3::interval end, 1
           from e returning delivery_id
         )
         insert into delivery_attempts (delivery_id, number, started_at, duration_ms)
         select delivery_id, 1, now(), 1 from d`,
        [id, state, age],
      );
    await seed('old delivered', 'delivered', '31 days');
    await seed('young delivered', 'delivered', '29 days');
    await seed('old letter', 'dead', '91 days');
    await seed('young letter', 'dead', '89 days');
    await seed('open', 'pending', '0');
    expect((await prune(test.db, endless)).deleted).toMatchObject({
      deliveries: 1,
      deadLetters: 1,
      events: 2,
      subscriptions: 2,
    });
    const left = ['open', 'young delivered', 'young letter'].map((id) => ({ id }));
    const ids = async (table: string, column: string) =>
      (await test.db.query(`select ${column} as id from ${table} order by 1`)).rows;
    expect(await ids('deliveries', 'delivery_id')).toEqual(left);
    expect(await ids('delivery_attempts', 'delivery_id')).toEqual(left);
    expect(await ids('events', 'event_id')).toEqual(left);
    expect(await ids('event_subscriptions', 'subscription_id')).toEqual(left);
  });

  it('empties notifications after a month, and forgets them only when they cannot come again', async () => {
    await seedNotifications(test.db, { prefix: 'young', age: '29 days' });
    await seedNotifications(test.db, { prefix: 'old', age: '31 days' });
    await seedNotifications(test.db, { prefix: 'waiting', age: '31 days', outcome: 'pending' });
    await seedNotifications(test.db, { prefix: 'older', age: '397 days' });
    expect((await prune(test.db, endless)).deleted).toMatchObject({
      unplacedBodies: 3,
      unplacedNotifications: 1,
    });
    const { rows } = await test.db.query(
      `select msg_id as id, n.body is not null as "withIt", b.body is not null as body
       from messages n left join message_bodies b using (received_at, notification_id) order by 1`,
    );
    expect(rows).toEqual([
      { id: 'old1', withIt: false, body: false },
      { id: 'waiting1', withIt: true, body: false },
      { id: 'young1', withIt: false, body: true },
    ]);
  });

  it('deletes contracts two years after their last change, and counts of what was turned away after a month', async () => {
    await seedContracts(test.db, { prefix: 'young', age: '729 days' });
    await seedContracts(test.db, { prefix: 'old', age: '731 days' });
    await test.db.query(
      `insert into notification_rejections (hour, verdict, source_ip, count, last_at, last_bytes)
       select now() - n * interval '1 day', 'WrongToken', '', 1, now(), 1 from generate_series(29, 32) n`,
    );
    expect((await prune(test.db, endless)).deleted).toMatchObject({ contracts: 1, rejections: 3 });
    expect((await test.db.query('select flow_id as id from contracts')).rows).toEqual([{ id: 'young1' }]);
  });

  it('deletes codes that are dead for good, with their generations', async () => {
    const old = { count: 1, age: '366 days', generation: 'cancelled' };
    for (const state of ['Exhausted', 'Expired', 'Failed', 'OutcomeUnknown', 'Cancelled']) {
      await seedCodes(test.db, { ...old, prefix: `dead ${state} `, state });
    }
    for (const state of ['Creating', 'Active', 'Paused']) {
      await seedCodes(test.db, { ...old, prefix: `kept ${state} `, state });
    }
    await seedCodes(test.db, { ...old, prefix: 'kept young ', state: 'Cancelled', age: '364 days' });
    await seedCodes(test.db, { ...old, prefix: 'kept due ', state: 'Expired', due: true });
    await seedCodes(test.db, { ...old, prefix: 'kept living ', state: 'Failed', generation: 'superseded' });
    const call = { count: 1, settledAge: '0', expiredAge: '0' };
    await seedCodes(test.db, { ...old, prefix: 'kept orphan ', state: 'Failed' });
    await seedAttempts(test.db, {
      ...call,
      prefix: 'a',
      state: 'unknown',
      possibleOrphan: true,
      codeId: 'kept orphan 1',
    });
    await seedCodes(test.db, { ...old, prefix: 'kept cancelling ', state: 'Cancelled' });
    await seedAttempts(test.db, {
      ...call,
      prefix: 'b',
      state: 'unknown',
      due: true,
      codeId: 'kept cancelling 1',
    });

    expect((await prune(test.db, endless)).deleted.deadCodes).toBe(5);
    const left = await test.db.query<{ id: string }>(
      'select code_id as id from codes where code_id like $1',
      ['dead%'],
    );
    expect(left.rows).toEqual([]);
    expect(await count('codes')).toEqual({ n: 8 });
    expect(await count('generations')).toEqual({ n: 8 });
  });

  it('leaves a record alone that is in progress', async () => {
    await createIdempotencyRecords(test.db).claim(
      { keyId: 'k', idempotencyKey: 'i', functionName: 'f', payloadHash: 'h' },
      30,
    );
    expect((await prune(test.db, endless)).deleted.idempotencyRecords).toBe(0);
  });

  it('works in batches, the tables in turn, and stops at the deadline', async () => {
    await insertRecords(25, '-1 second');
    await insertAudit('900 days');
    let clockMs = 0;
    const nowMs = () => {
      clockMs += 1;
      return clockMs;
    };
    const tables = Object.keys((await prune(test.db, endless)).deleted).length;
    await insertRecords(25, '-2 seconds');
    await insertAudit('901 days');
    // One look at the clock per batch: every table once, then one more batch of the table that has more.
    const first = await prune(test.db, { deadlineMs: tables + 2, batch: 10, nowMs });
    expect(first).toMatchObject({ deleted: { idempotencyRecords: 20, audit: 1 }, complete: false });
    const second = await prune(test.db, { ...endless, batch: 10 });
    expect(second).toMatchObject({ deleted: { idempotencyRecords: 5, audit: 0 }, complete: true });
  });

  it('deletes the oldest first', async () => {
    await insertRecords(2, '-1 second');
    await insertRecords(2, '-1 day');
    let clockMs = 0;
    await prune(test.db, { deadlineMs: 1, batch: 2, nowMs: () => clockMs++ });
    const { rows } = await test.db.query("select token from idempotency_records where token like '%day'");
    expect(rows).toEqual([]);
    expect(await count('idempotency_records')).toEqual({ n: 2 });
  });

  it.runIf(process.env['QIANMA_TEST_DATABASE_URL'])('passes over rows that somebody holds', async () => {
    await insertRecords(3, '-1 second');
    const other = await test.connect();
    await other.transaction(async (tx) => {
      await tx.query('select 1 from idempotency_records order by token limit 1 for update');
      expect((await prune(test.db, endless)).deleted.idempotencyRecords).toBe(2);
    });
    expect((await prune(test.db, endless)).deleted.idempotencyRecords).toBe(1);
  });
});
