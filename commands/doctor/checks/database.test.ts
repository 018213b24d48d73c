/** The checks that look into the database, on a real one. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createSeal } from '../../../shared/runtime/seal.ts';
import type { Database } from '../../../shared/store/database.ts';
import { migrations as all } from '../../../shared/store/migrations/index.ts';
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
  test.db.query('truncate codes, generations, attempts, organizations, events, audit, idempotency_records'),
);
afterAll(() => test.dispose());

const key = (fill: number) => Buffer.alloc(32, fill).toString('base64');

describe('database', () => {
  it('is in order when it answers', async () => {
    expect(await examined(database, { db: test.db })).toMatchObject({ outcome: 'ok' });
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
    expect(await tried(key(1))).toMatchObject({ outcome: 'ok', text: { en: 'No code needs a key' } });
  });

  it('can all be opened, and are counted by their keys', async () => {
    const ids = [await seal('a', key(1)), await seal('b', key(2))];
    const finding = await tried(`${key(3)},${key(1)},${key(2)}`);
    expect(finding).toMatchObject({ outcome: 'ok' });
    for (const id of ids) expect(finding.text.en).toContain(`${id}: 1`);
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
  it('are alive when nothing is overdue', async () => {
    await seedCodes(test.db, { prefix: 'due', count: 3, state: 'Active', age: '1 day', due: true });
    expect(await examined(timers, { db: test.db })).toMatchObject({ outcome: 'ok' });
  });

  it('are dead when renewals are left undone', async () => {
    await seedCodes(test.db, { prefix: 'due', count: 3, state: 'Active', age: '1 day', due: true });
    await test.db.query("update codes set due_at = now() - interval '20 minutes'");
    expect(await examined(timers, { db: test.db })).toMatchObject({
      outcome: 'fail',
      text: { en: expect.stringContaining('renew-expired-codes: 3') },
    });
  });

  it('are not blamed for an organisation without quota, a code put aside or one that is being renewed', async () => {
    await seedCodes(test.db, { prefix: 'due', count: 3, state: 'Active', age: '1 day', due: true });
    await test.db.query("update codes set due_at = now() - interval '20 minutes'");
    await test.db.query("update codes set organization = 'blocked' where code_id = 'due1'");
    await test.db.query("update codes set held = true where code_id = 'due2'");
    await test.db.query("update codes set lease_until = now() + interval '1 minute' where code_id = 'due3'");
    await test.db.query(
      `insert into organizations (app_id, organization, quota_state, since, reason, probe_failures)
       values ('app', 'blocked', 'blocked', now(), '{}', 0)`,
    );
    expect(await examined(timers, { db: test.db })).toMatchObject({ outcome: 'ok' });
  });

  it('are dead when records are left that should be gone', async () => {
    await test.db.query(
      `insert into idempotency_records (key_id, idempotency_key, function_name, payload_hash, token, work_id, answer, expires_at)
       values ('k', 'i', 'f', 'h', 't', 'w', '{}', now() - interval '4 hours')`,
    );
    expect(await examined(timers, { db: test.db })).toMatchObject({
      outcome: 'fail',
      text: { en: expect.stringContaining('prune-records: 1') },
    });
  });
});
