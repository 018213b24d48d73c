import { beforeEach, describe, expect, it } from 'vitest';
import { sampleCode } from '../../codes/testing/sample-code.ts';
import { createSeal, sealKeyIds } from '../../runtime/seal.ts';
import type { Database } from '../postgres/database.ts';
import { databaseSuite } from '../testing/database-suite.ts';
import { insertCode } from '../testing/insert-code.ts';
import { reseal } from './reseal.ts';
import { sealedKeyUses, sealedPlaces } from './sealed-keys.ts';

const test = databaseSuite();
const keys = [3, 2, 1].map((byte) => Buffer.alloc(32, byte).toString('base64'));
const [newest = '', older = '', oldest = ''] = sealKeyIds(keys.join());
/** The list of keys now, before the last rotation, and before the one before that. */
const [now, then, before] = [
  createSeal(keys.join()),
  createSeal(keys.slice(1).join()),
  createSeal(keys[2]),
] as const;

beforeEach(() =>
  test.db.query(
    'truncate codes, batches, event_subscriptions, messages, message_bodies, idempotency_records cascade',
  ),
);

it('knows each column that holds sealed texts', async () => {
  const { rows } = await test.db.query<{ place: string }>(
    `select table_name || '.' || column_name as place from information_schema.columns
     where table_schema = current_schema() and column_name ~ 'seal'
       and not (select relispartition from pg_class where oid = table_name::regclass)`,
  );
  const known = sealedPlaces.map(({ table, column }) => `${table}.${column}`);
  // What it speaks of is the body, which lies in either table; an answer says by its form that it is sealed.
  const wanted = rows.flatMap(({ place }) =>
    place === 'messages.body_sealed' ? ['messages.body', 'message_bodies.body'] : [place],
  );
  expect([...wanted, 'idempotency_records.answer'].sort()).toEqual([...known].sort());
});

/** A text in each place, and others that nothing seals. */
async function fill(seal = then): Promise<void> {
  const sealed = (what: string) => seal.seal(`secret of ${what}`);
  const { db } = test;
  await insertCode(db, { ...sampleCode(), sealed: sealed('codes') });
  await db.query(
    `insert into batches (batch_id, app_id, organizations, operation, actor, total, created_at)
     values ('b1', 'app', '{org}', 'Create', 'key:1', 2, now())`,
  );
  await db.query(
    `insert into batch_rows (batch_id, number, app_id, organization, code_id, sealed, state, failures, due_at, begun, lease_token)
     values ('b1', 1, 'app', 'org', 'c', $1, 'waiting', 0, now(), false, 0), ('b1', 2, 'app', 'org', 'c', null, 'done', 0, now(), true, 0)`,
    [sealed('batch_rows')],
  );
  await db.query(
    `insert into event_subscriptions (subscription_id, kind, sealed, shown_url, languages, state, reason, failures, version,
       created_at, updated_at)
     values ('s1', 'webhook', $1, 'x', '{zh}', 'Enabled', '{}', 0, 1, now(), now()),
       ('s2', 'webhook', $1, 'x', '{zh}', 'Deleted', '{}', 0, 1, now(), now())`,
    [sealed('event_subscriptions')],
  );
  await db.query(
    `insert into messages (notification_id, msg_id, msg_type, body, body_sealed, received_at, occurred_at)
     values ('n1', 'm1', 't', $1, true, now(), now()), ('n2', 'm2', 't', '{"encrypt":"v1.x.y"}', false, now(), now())`,
    [sealed('messages')],
  );
  await db.query(
    `insert into message_bodies (notification_id, body, received_at)
     values ('n3', $1, now()), ('n4', '{"encrypt":"v1.x.y"}', now())`,
    [sealed('message_bodies')],
  );
  await db.query(
    `insert into idempotency_records (key_id, idempotency_key, function_name, payload_hash, token, work_id, answer, expires_at)
     values ('k', '1', 'f', 'h', 't1', 'w', $1, now() + interval '1 day'),
       ('k', '2', 'f', 'h', 't2', 'w', '{"status":200}', now() + interval '1 day')`,
    [sealed('idempotency_records')],
  );
}

const texts = async () => {
  const lists = sealedPlaces.map(async ({ table, column, condition }) => {
    const { rows } = await test.db.query<{ text: string }>(
      `select ${column} as text from ${table} where ${column} is not null and ${condition}`,
    );
    return rows.map(({ text }) => now.open(text));
  });
  return (await Promise.all(lists)).flat().sort();
};

const everything = sealedPlaces.map(({ table }) => `secret of ${table}`).sort();

describe('what older keys have sealed', () => {
  it('is counted in every place, by key', async () => {
    await fill();
    expect(await sealedKeyUses(test.db)).toEqual([{ keyId: older, count: 6 }]);
  });

  it('is sealed with the newest, says the same, and is sealed once', async () => {
    await fill();
    await insertCode(test.db, {
      ...sampleCode(),
      ...{ codeId: 'c2', slug: 's2', callbackToken: 'callbackTokenOfSample2', current: null },
      sealed: before.seal('secret of codes'),
    });
    expect(await reseal(test.db, now, [older, oldest])).toBe(7);
    expect(await sealedKeyUses(test.db)).toEqual([{ keyId: newest, count: 7 }]);
    expect(await texts()).toEqual([...everything, 'secret of codes'].sort());
    expect(await reseal(test.db, now, [older, oldest])).toBe(0);
  });

  it('by a key that is named nowhere is left alone', async () => {
    await fill(before);
    expect(await reseal(test.db, now, [older])).toBe(0);
    expect(await sealedKeyUses(test.db)).toEqual([{ keyId: oldest, count: 6 }]);
  });

  it('and is at work waits for another time, since whoever holds it writes back what they have read', async () => {
    await fill();
    await test.db.query("update codes set lease_until = now() + interval '1 minute'");
    expect(await reseal(test.db, now, [older])).toBe(5);
    await test.db.query("update codes set lease_until = now() - interval '1 second'");
    expect(await reseal(test.db, now, [older])).toBe(1);
  });

  it('and has a lease from a clock that was ahead waits for nobody', async () => {
    await fill();
    await test.db.query("update codes set lease_until = now() + interval '1 hour'");
    expect(await reseal(test.db, now, [older])).toBe(6);
  });

  it('and changes just then is not overwritten', async () => {
    await fill();
    let isChanged = false;
    const db: Database = {
      ...test.db,
      query: async (text, params) => {
        if (text.startsWith('update codes') && !isChanged) {
          isChanged = true;
          await test.db.query('update codes set sealed = null');
        }
        return test.db.query(text, params);
      },
    };
    expect(await reseal(db, now, [older])).toBe(5);
    expect((await test.db.query('select 1 from codes where sealed is not null')).rows).toEqual([]);
  });
});
