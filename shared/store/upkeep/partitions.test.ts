import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { missingTableRight } from '../postgres/database-fitness.ts';
import { databaseSuite } from '../testing/database-suite.ts';
import { dropPartitions, makePartitions } from './partitions.ts';
import { defaultRetention, prune } from './retention.ts';

const test = databaseSuite();
const endless = { deadlineMs: Number.POSITIVE_INFINITY, batch: 10 };

beforeEach(() => test.db.query('delete from messages; delete from message_ids; delete from message_bodies'));

/** In a month or on a day that is long over, as it was made at its time. */
async function makeOld(
  table: 'messages' | 'message_bodies' | 'audit',
  name: string,
  from: string,
  to: string,
) {
  await test.db.query(
    `create table ${name} partition of ${table} for values from ('${from}Z') to ('${to}Z')`,
  );
}

async function store(id: string, receivedAt: string, { waits = false } = {}) {
  await test.db.query(
    `with filed as (insert into message_ids select ${receivedAt}, '${id}'),
     kept as (insert into message_bodies select ${receivedAt}, '${id}', 'body')
     insert into messages (notification_id, msg_id, msg_type, received_at, occurred_at, outcome, due_at)
     values ('${id}', '${id}', 'C', ${receivedAt}, ${receivedAt}, ${waits ? "'pending'" : 'null'}, ${waits ? 'now()' : 'null'})`,
  );
}

/** Partitions with their notifications. */
async function places(table: 'messages' | 'message_bodies'): Promise<Record<string, string>> {
  const { rows } = await test.db.query<{ place: string; ids: string }>(
    `select tableoid::regclass::text as place, string_agg(notification_id, ' ' order by notification_id) as ids
     from ${table} group by 1`,
  );
  return Object.fromEntries(rows.map(({ place, ids }) => [place, ids]));
}

async function partitionsOf(table: string): Promise<string[]> {
  const { rows } = await test.db.query<{ name: string }>(
    'select relid::regclass::text as name from pg_partition_tree($1::text::regclass) where isleaf order by 1',
    [table],
  );
  return rows.map(({ name }) => name);
}

const monthOf = (after: number) => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + after))
    .toISOString()
    .slice(0, 7)
    .replace('-', '');
};

describe('partitions', () => {
  it('are there for now and the time ahead, and are made once', async () => {
    for (const table of ['messages', 'audit'])
      expect(await partitionsOf(table)).toEqual(
        expect.arrayContaining([0, 1, 2].map((after) => `${table}_${monthOf(after)}`)),
      );
    // There was nothing before.
    expect(await partitionsOf('audit')).toHaveLength(1 + 3);
    expect(await partitionsOf('events')).toHaveLength(1 + 4);
    expect(await partitionsOf('message_bodies')).toHaveLength(1 + 4);
    expect(await makePartitions(test.db)).toBe(0);
    await store('now', 'now()');
    expect(Object.keys(await places('messages'))).toEqual([`messages_${monthOf(0)}`]);
    expect(Object.keys(await places('message_bodies'))).toEqual([
      expect.stringMatching(/^message_bodies_\d{8}$/),
    ]);
  });

  it('that are missing are made again, except for a time that has gone elsewhere', async () => {
    await test.db.query(`drop table messages_${monthOf(1)}; drop table messages_${monthOf(2)}`);
    await store('far', "now() + interval '62 days'");
    const [place] = Object.keys(await places('messages'));
    expect(place).toBe('messages_default');
    const made = await makePartitions(test.db);
    // Sixty-two days ahead are in the last of these months, or after it.
    expect([1, 2]).toContain(made);
    expect(Object.keys(await places('messages'))).toEqual(['messages_default']);
    await test.db.query('delete from messages');
    expect(await makePartitions(test.db)).toBe(2 - made);
  });

  it('have all indexes of the whole', async () => {
    const indexes = async (table: string) =>
      (
        await test.db.query<{ shape: string }>(
          `select regexp_replace(pg_get_indexdef(indexrelid), '^.* USING ', '') as shape from pg_index
           where indrelid = $1::text::regclass order by 1`,
          [table],
        )
      ).rows;
    expect(await indexes(`messages_${monthOf(1)}`)).toEqual(await indexes('messages'));
    expect(await indexes('message_bodies_default')).toEqual(await indexes('message_bodies'));
    expect(await indexes(`audit_${monthOf(1)}`)).toEqual(await indexes('audit'));
    expect(await indexes('events_default')).toEqual(await indexes('events'));
  });
});

describe('retention', () => {
  it('drops partitions of which everything is past its time, and deletes no row in them', async () => {
    await makeOld('messages', 'messages_202401', '2024-01-01', '2024-02-01');
    await makeOld('message_bodies', 'message_bodies_20240115', '2024-01-15', '2024-01-16');
    await store('old', "'2024-01-15 12:00Z'::timestamptz");
    await store('young', 'now()');
    const { deleted, partitions } = await prune(test.db, endless);
    expect(partitions).toEqual({ dropped: 2, made: 0 });
    expect(deleted).toMatchObject({
      notifications: 0,
      unplacedNotifications: 0,
      unplacedBodies: 0,
      notificationIds: 1,
    });
    expect(Object.values(await places('messages'))).toEqual(['young']);
    expect(await partitionsOf('messages')).not.toContain('messages_202401');
    expect((await test.db.query('select notification_id as id from message_ids')).rows).toEqual([
      { id: 'young' },
    ]);
  });

  it('keeps what is not past its time to its last moment, and a body that waits with its notification', async () => {
    await makeOld('messages', 'messages_202402', '2024-02-01', '2024-03-01');
    await store('due', "'2024-02-10Z'::timestamptz", { waits: true });
    const keep = (untilMs: number) => ({
      ...defaultRetention,
      notificationsS: (Date.now() - untilMs) / 1000,
    });
    const end = Date.UTC(2024, 2);
    expect(await dropPartitions(test.db, keep(end - 60_000))).toBe(0);
    expect(await dropPartitions(test.db, keep(end + 60_000))).toBe(0);
    await test.db.query('update messages set due_at = null');
    expect(await dropPartitions(test.db, keep(end - 60_000))).toBe(0);
    expect(await dropPartitions(test.db, keep(end + 60_000))).toBe(1);
  });

  it('drops months of the audit trail that are past their time to the last moment', async () => {
    await makeOld('audit', 'audit_202401', '2024-01-01', '2024-02-01');
    await test.db.query(
      `insert into audit (actor, action, subject, reason, at)
       values ('cli', 'x', 'first', '', '2024-01-01Z'), ('cli', 'x', 'last', '', '2024-01-31 23:59:59Z'), ('cli', 'x', 'now', '', now())`,
    );
    const keep = (untilMs: number) => ({ ...defaultRetention, auditS: (Date.now() - untilMs) / 1000 });
    const end = Date.UTC(2024, 1);
    const early = await prune(test.db, { ...endless, policy: keep(end - 60_000) });
    expect(early).toMatchObject({ deleted: { audit: 0 }, partitions: { dropped: 0 } });
    const late = await prune(test.db, { ...endless, policy: keep(end + 60_000) });
    expect(late).toMatchObject({ deleted: { audit: 0 }, partitions: { dropped: 1 } });
    expect((await test.db.query('select subject from audit')).rows).toEqual([{ subject: 'now' }]);
  });

  it('knows an id for as long as its notification may be there', async () => {
    await store('a', "now() - interval '427 days'");
    await store('b', "now() - interval '430 days'");
    await prune(test.db, endless);
    expect((await test.db.query('select notification_id as id from message_ids')).rows).toEqual([
      { id: 'a' },
    ]);
  });

  it('is kept up by an account that has rows alone', async () => {
    await makeOld('messages', 'messages_202404', '2024-04-01', '2024-05-01');
    const role = `qianma_rows_${randomBytes(4).toString('hex')}`;
    await test.db.query(
      `create role ${role};
       do $$ begin execute format('grant usage on schema %I to ${role}; grant select, insert, update, delete on all tables in schema %I to ${role}',
         current_schema(), current_schema()); end $$;
       drop table messages_${monthOf(2)}; set role ${role}`,
    );
    const { partitions } = await prune(test.db, endless);
    expect(await missingTableRight(test.db)).toBeUndefined();
    await store('now', 'now()');
    await expect(test.db.query('drop table messages_default')).rejects.toThrow();
    await test.db.query(`reset role; drop owned by ${role}; drop role ${role}`);
    expect(partitions).toEqual({ dropped: 1, made: 1 });
  });

  it.each([
    ['codes', 'codes_1'],
    ['messages', 'messages_default'],
    ['messages', 'message_bodies_20240101'],
    ['message_bodies', 'codes'],
    ['audit', 'audit_default'],
    ['audit', 'audit_log_1'],
    ['events', 'event_subscriptions'],
    ['messages', null],
  ])('are all that may be made or dropped with the rights of the owner, not %s, %s', async (whole, part) => {
    for (const call of ['drop_partition($1, $2)', "make_partition($1, $2, '2024-01-01Z', '2024-02-01Z')"]) {
      const called = test.db.transaction(async (tx) => {
        await tx.query('set local plpgsql.check_asserts = off');
        await tx.query(`select ${call}`, [whole, part]);
      });
      await expect(called).rejects.toThrow('not a partition that may be');
    }
  });

  it.runIf(process.env['QIANMA_TEST_DATABASE_URL'])(
    'waits for nobody who is at work on the table',
    async () => {
      await makeOld('messages', 'messages_202403', '2024-03-01', '2024-04-01');
      const other = await test.connect();
      await other.transaction(async (tx) => {
        await tx.query('select from messages limit 1');
        expect(await dropPartitions(test.db, defaultRetention)).toBe(0);
      });
      expect(await dropPartitions(test.db, defaultRetention)).toBe(1);
    },
  );
});
