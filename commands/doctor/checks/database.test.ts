/** The checks that look into the database, on a real one. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createSeal } from '../../../shared/runtime/seal.ts';
import { migrations as all } from '../../../shared/store/migrations/index.ts';
import type { Database } from '../../../shared/store/postgres/database.ts';
import { type TestDatabase, testDatabase } from '../../../shared/store/testing/database.ts';
import { seedCodes } from '../../../shared/store/testing/register-seed.ts';
import { closedAddress } from '../testing/closed-address.ts';
import { examined } from '../testing/examined.ts';
import { database } from './database.ts';
import { databaseVersion } from './database-version.ts';
import { migrations } from './migrations.ts';
import { registerKeys } from './register-keys.ts';
import { sealedTexts } from './sealed-texts.ts';
import { timers } from './timers.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await testDatabase();
});
afterEach(() =>
  test.db.query(
    `truncate codes, generations, attempts, organizations, events, audit, idempotency_records, messages,
     event_subscriptions, deliveries cascade`,
  ),
);
afterAll(() => test.dispose());

const key = (fill: number) => Buffer.alloc(32, fill).toString('base64');

describe('database', () => {
  it('is in order when it answers', async () => {
    expect(await examined(database, { db: test.db })).toMatchObject({ outcome: 'ok' });
  });

  it.each([
    [31_536_000, '31536000 s ahead of'],
    [-3_600, '3600 s behind'],
  ])('has a clock that is %i s off: that is said, and what it means', async (offS, said) => {
    const shifted: Database['query'] = async (...statement) => {
      const [text, ...rest] = statement;
      const ahead = text.replace('clock_timestamp()', `clock_timestamp() + interval '${offS} seconds'`);
      return await test.db.query(ahead, ...rest);
    };
    const finding = await examined(database, { db: { ...test.db, query: shifted } });
    expect(finding).toMatchObject({
      outcome: 'warn',
      text: { en: expect.stringContaining(said), zh: expect.stringContaining(`${Math.abs(offS)} 秒`) },
      remedy: { en: expect.stringContaining('A local run whose clock was moved') },
    });
  });

  it('is out of reach, and its password is not told', async () => {
    const DATABASE_URL = `postgresql://app:geheim@${await closedAddress()}/app`;
    const finding = await examined(database, { env: { DATABASE_URL } });
    expect(finding).toMatchObject({
      outcome: 'fail',
      text: { en: expect.stringContaining('ECONNREFUSED') },
      remedy: { en: expect.stringContaining('VPC'), zh: expect.stringContaining('VPC') },
    });
    expect(JSON.stringify(finding)).not.toMatch(/geheim|postgresql:/);
  });

  it('has a password that its address is cut at: that is said, in both languages, and no part of it', async () => {
    const env = { DATABASE_URL: 'postgres://qm:?Sommergeheim@db.internal:5432/qm' };
    const finding = await examined(database, { env });
    expect(finding).toMatchObject({
      outcome: 'fail',
      text: {
        en: expect.stringContaining('must be percent-encoded'),
        zh: expect.stringContaining('百分号编码'),
      },
    });
    expect(JSON.stringify(finding)).not.toMatch(/geheim|Sommer/);
  });
});

describe('database-version', () => {
  const ofVersion = (number: number, text: string): Database => ({
    ...test.db,
    // The rows of a statement have whatever form the statement gives them.
    query: async <Row extends object>() => ({ rows: [{ number, text }] as Row[], rowCount: 1 }),
  });

  it('is new enough', async () => {
    expect(await examined(databaseVersion, { db: test.db })).toMatchObject({ outcome: 'ok' });
    expect(await examined(databaseVersion, { db: ofVersion(150_000, '15.0') })).toMatchObject({
      outcome: 'ok',
    });
  });

  it('is too old before 15', async () => {
    expect(await examined(databaseVersion, { db: ofVersion(140_012, '14.12') })).toMatchObject({
      outcome: 'fail',
      text: { en: 'PostgreSQL 14.12 is too old: 15 is the least' },
    });
  });
});

describe('migrations', () => {
  it('are all applied', async () => {
    expect(await examined(migrations, { db: test.db })).toMatchObject({ outcome: 'ok' });
  });

  it('are all pending in an empty database, each by its name', async () => {
    const empty = await testDatabase({ migrated: false });
    const finding = await examined(migrations, { db: empty.db });
    await empty.dispose();
    const names = all.map(({ number, name }) => `${number} (${name})`).join(', ');
    expect(finding).toMatchObject({ outcome: 'fail', text: { en: `Not applied yet: ${names}` } });
  });

  it.each([
    ['delete from schema_migrations where number = 2', 'Not applied yet: 2 (register)'],
    [
      "update schema_migrations set checksum = 'x' where number = 3",
      'Applied with another text: 3 (retention)',
    ],
    [
      "insert into schema_migrations (number, name, checksum) values (9999, 'later', 'x')",
      'The database is newer than this version: 9999 (later)',
    ],
  ])('do not fit after %s', async (statement, text) => {
    // Undone by the failure of the transaction.
    const undo = new Error('undo');
    await expect(
      test.db.transaction(async (db) => {
        await db.query(statement);
        expect(await examined(migrations, { db })).toMatchObject({ outcome: 'fail', text: { en: text } });
        throw undo;
      }),
    ).rejects.toBe(undo);
  });
});

describe('register-keys', () => {
  const tried = (REGISTER_KEYS: string | undefined) => examined(registerKeys, { env: { REGISTER_KEYS } });

  it('are usable, and told by their names alone', async () => {
    const finding = await tried(`${key(1)},${key(2)}`);
    expect(finding).toMatchObject({
      outcome: 'ok',
      text: { en: expect.stringMatching(/^2 usable, newest first: [\da-f]{8}, [\da-f]{8}$/) },
    });
    expect(JSON.stringify(finding)).not.toContain(key(1));
  });

  it('are missed', async () => {
    expect(await tried(undefined)).toMatchObject({
      outcome: 'warn',
      remedy: { en: expect.stringContaining('openssl') },
    });
  });

  it('are wrong by their place', async () => {
    expect(await tried(`${key(1)},dG9vc2hvcnQ=`)).toMatchObject({
      outcome: 'fail',
      text: { en: expect.stringMatching(/32 bytes in base64: wrong at place 2$/) },
    });
  });
});

describe('sealed-texts', () => {
  async function seal(codeId: string, REGISTER_KEYS: string) {
    await seedCodes(test.db, { prefix: codeId, count: 1, state: 'Active', age: '1 day' });
    const sealed = createSeal(REGISTER_KEYS).seal('{}');
    await test.db.query('update codes set sealed = $1 where code_id = $2', [sealed, `${codeId}1`]);
    return sealed.split('.')[1];
  }
  const tried = (REGISTER_KEYS: string) => examined(sealedTexts, { db: test.db, env: { REGISTER_KEYS } });

  it('are none', async () => {
    expect(await tried(key(1))).toMatchObject({ outcome: 'ok', text: { en: 'No text needs a key' } });
  });

  it('can all be opened, and are counted by their keys', async () => {
    const ids = [await seal('a', key(1)), await seal('b', key(2))];
    const finding = await tried(`${key(3)},${key(1)},${key(2)}`);
    expect(finding).toMatchObject({ outcome: 'ok' });
    for (const id of ids) expect(finding.text.en).toContain(`${id}: 1`);
  });

  it('are those of subscriptions and notifications too', async () => {
    const sealed = createSeal(key(4)).seal('{}');
    await test.db.query(
      `insert into event_subscriptions (subscription_id, kind, sealed, shown_url, languages, state, reason, failures,
         version, created_at, updated_at)
       values ('s', 'webhook', $1, 'https://example.com', '{en}', 'Enabled', '{}', 0, 1, now(), now())`,
      [sealed],
    );
    await test.db.query(
      `insert into messages (notification_id, msg_id, msg_type, body, body_sealed, received_at, occurred_at,
         occurred_from, outcome, reason)
       values ('n', 'm', 'FlowStatusChange', $1, true, now(), now(), 'received', 'kept', '{}')`,
      [sealed],
    );
    expect(await tried(key(4))).toMatchObject({ outcome: 'ok', text: { en: expect.stringMatching(/: 2$/) } });
    expect(await tried(key(1))).toMatchObject({ outcome: 'fail' });
  });

  it('cannot be opened without their key', async () => {
    await seal('a', key(1));
    const lost = await seal('b', key(2));
    expect(await tried(`${key(3)},${key(1)}`)).toMatchObject({
      outcome: 'fail',
      text: { en: expect.stringContaining(`(${lost}: 1)`) },
    });
  });
});

describe('timers', () => {
  const tried = () => examined(timers, { db: test.db });
  const dueCodes = (age: string) =>
    seedCodes(test.db, { prefix: 'due', count: 3, state: 'Active', age: '1 day', due: true }).then(() =>
      test.db.query('update codes set due_at = now() - $1::interval', [age]),
    );
  const event = (age: string, fannedOut: boolean) =>
    test.db.query(
      `insert into events (event_id, type, app_id, organization, data, occurred_at, fanned_out_at)
       values ('e', 'code.created', 'app', 'org', '{}', now() - $1::interval, case when $2 then now() end)`,
      [age, fannedOut],
    );
  const delivery = async (age: string, failures: number) => {
    await event(age, true);
    await test.db.query(
      `insert into event_subscriptions (subscription_id, kind, sealed, shown_url, languages, state, reason, failures,
         version, created_at, updated_at)
       values ('s', 'webhook', 'v1.0.0', 'https://example.com', '{en}', 'Enabled', '{}', $1, 1, now(), now())`,
      [failures],
    );
    await test.db.query(
      `insert into deliveries (delivery_id, event_id, subscription_id, type, occurred_at, state, reason, rung, attempts,
         due_at, lease_token)
       values ('d', 'e', 's', 'code.created', now(), 'pending', '{}', 0, 0, now() - $1::interval, 0)`,
      [age],
    );
  };
  const notification = (age: string) =>
    test.db.query(
      `insert into messages (notification_id, msg_id, msg_type, body_sealed, received_at, occurred_at, occurred_from,
         outcome, reason, due_at)
       values ('n', 'm', 'FlowStatusChange', false, now(), now(), 'received', 'pending', '{}', now() - $1::interval)`,
      [age],
    );
  const idempotencyRecord = (age: string) =>
    test.db.query(
      `insert into idempotency_records (key_id, idempotency_key, function_name, payload_hash, token, work_id, answer, expires_at)
       values ('k', 'i', 'f', 'h', 't', 'w', '{}', now() - $1::interval)`,
      [age],
    );

  it('are alive when what is due has been due for a moment only', async () => {
    await dueCodes('1 minute');
    await delivery('1 minute', 0);
    await notification('1 minute');
    await idempotencyRecord('1 hour');
    expect(await tried()).toMatchObject({
      outcome: 'ok',
      text: { en: 'Nothing is overdue: batches, renewals, notifications, events, deliveries, records' },
    });
  });

  it.each([
    ['renewals: 3', () => dueCodes('20 minutes')],
    ['notifications: 1', () => notification('20 minutes')],
    ['events: 1', () => event('10 minutes', false)],
    ['deliveries: 1', () => delivery('20 minutes', 0)],
    ['records: 1', () => idempotencyRecord('4 hours')],
  ])('are dead when they leave %s', async (list, leave) => {
    await leave();
    expect(await tried()).toMatchObject({
      outcome: 'fail',
      text: { en: `Work that a timer should have done long ago: ${list}` },
    });
  });

  it('are not blamed for a receiver that fails', async () => {
    await delivery('20 minutes', 3);
    expect(await tried()).toMatchObject({ outcome: 'ok' });
  });

  it('are not blamed for an organisation without quota, a code put aside or one that is being renewed', async () => {
    await dueCodes('20 minutes');
    await test.db.query("update codes set organization = 'blocked' where code_id = 'due1'");
    await test.db.query("update codes set held = true where code_id = 'due2'");
    await test.db.query("update codes set lease_until = now() + interval '1 minute' where code_id = 'due3'");
    await test.db.query(
      `insert into organizations (app_id, organization, quota_state, since, reason, probe_failures)
       values ('app', 'blocked', 'blocked', now(), '{}', 0)`,
    );
    expect(await tried()).toMatchObject({ outcome: 'ok' });
  });
});
