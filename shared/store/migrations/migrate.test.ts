import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { missingTableRight } from '../postgres/database-fitness.ts';
import { openPgDatabase } from '../postgres/pg-database.ts';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { migrations } from './index.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migration.ts';

const serverUrl = process.env['QIANMA_TEST_DATABASE_URL'];
let test: TestDatabase;

beforeEach(async () => {
  test = await testDatabase({ migrated: false });
});

afterEach(() => test.dispose());

const first: Migration = { number: 1, name: 'first', sql: 'create table a (id int); create index on a (id)' };
const second: Migration = { number: 2, name: 'second', sql: 'alter table a add column text text' };

async function recorded(): Promise<unknown[]> {
  return (await test.db.query('select number, name from schema_migrations order by number')).rows;
}

describe('migrate', () => {
  it('builds the whole schema, and a second run does nothing', async () => {
    const version = migrations.length;
    expect(await migrate(test.db)).toEqual({ applied: version, version });
    expect(await migrate(test.db)).toEqual({ applied: 0, version });
    await test.db.query('select key_id from api_keys');
  });

  it('applies only what is new', async () => {
    expect(await migrate(test.db, [first])).toEqual({ applied: 1, version: 1 });
    expect(await migrate(test.db, [first, second])).toEqual({ applied: 1, version: 2 });
    await test.db.query('select id, text from a');
  });

  it('applies each once when ten instances start at once', async () => {
    const instances = await Promise.all(Array.from({ length: 10 }, () => test.connect()));
    const reports = await Promise.all(instances.map((db) => migrate(db)));
    expect(reports.map(({ version }) => version)).toEqual(reports.map(() => migrations.length));
    expect(reports.reduce((sum, { applied }) => sum + applied, 0)).toBe(migrations.length);
    expect(await recorded()).toEqual(migrations.map(({ number, name }) => ({ number, name })));
  });

  it('names the migration whose text has changed, and applies nothing after it', async () => {
    await migrate(test.db, [first]);
    const changed = { ...first, sql: 'create table a (id bigint)' };
    await expect(migrate(test.db, [changed, second])).rejects.toMatchObject({
      code: 'Misconfigured',
      detail: { zh: expect.stringContaining('迁移 1'), en: expect.stringContaining('Migration 1 (first)') },
    });
    expect(await recorded()).toEqual([{ number: 1, name: 'first' }]);
  });

  it('refuses a database that is newer than the code', async () => {
    await migrate(test.db, [first, second]);
    await expect(migrate(test.db, [first])).rejects.toMatchObject({
      code: 'Misconfigured',
      detail: {
        zh: '数据库比此版本更新：已有迁移 2（second），代码只到 1',
        en: 'The database is newer than this version: it has migration 2 (second), the code ends at 1',
      },
    });
  });

  it('leaves nothing of a migration that fails half-way, and can be run again', async () => {
    const broken = { number: 2, name: 'broken', sql: 'create table b (id int); create table a (id int)' };
    await expect(migrate(test.db, [first, broken])).rejects.toMatchObject({ code: 'InternalFailure' });
    expect(await recorded()).toEqual([{ number: 1, name: 'first' }]);
    expect(await migrate(test.db, [first, { ...broken, sql: 'create table b (id int)' }])).toEqual({
      applied: 1,
      version: 2,
    });
  });
});

describe('a database that is not as it has to be', () => {
  const role = `qianma_${randomBytes(4).toString('hex')}`;

  async function actAs(setUp: string): Promise<void> {
    await test.db.query(`create role ${role}; ${setUp}; set role ${role}`);
  }

  afterEach(async () => {
    const { rows } = await test.db.query('reset role; select 1 from pg_roles where rolname = current_user');
    expect(rows).toHaveLength(1);
    await test.db.query(`do $$ begin if exists (select from pg_roles where rolname = '${role}') then
      drop owned by ${role}; drop role ${role}; end if; end $$`);
  });

  const schema = async () =>
    (await test.db.query<{ schema: string }>('select current_schema()::text as schema')).rows[0]?.schema;

  it('has a user who may not create tables: the right is named, and the statement that gives it', async () => {
    const name = await schema();
    await actAs(`grant usage on schema ${name} to ${role}`);
    await expect(migrate(test.db, [first])).rejects.toMatchObject({
      code: 'Misconfigured',
      message: `Misconfigured: ${role} may not create tables in schema ${name}: \`grant usage, create on schema ${name} to ${role}\``,
      detail: { zh: expect.stringContaining('无权在模式') },
    });
  });

  it('has a user who may not look into the schema', async () => {
    await actAs(`revoke all on schema ${await schema()} from public`);
    await expect(migrate(test.db, [first])).rejects.toMatchObject({
      code: 'Misconfigured',
      message: expect.stringContaining('may look into no schema of its search_path'),
    });
  });

  it('has tables of another user', async () => {
    await migrate(test.db, [first]);
    const name = await schema();
    await actAs(
      `grant all on schema ${name} to ${role}; grant all on all tables in schema ${name} to ${role}`,
    );
    await expect(migrate(test.db, [first, second])).rejects.toMatchObject({
      code: 'Misconfigured',
      message: expect.stringMatching(/may not change the tables, which belong to .*`reassign owned by/),
    });
  });

  it('needs no right to create where everything is there', async () => {
    await migrate(test.db, [first]);
    const name = await schema();
    await actAs(
      `grant usage on schema ${name} to ${role}; grant all on all tables in schema ${name} to ${role}`,
    );
    expect(await migrate(test.db, [first])).toEqual({ applied: 0, version: 1 });
  });

  it('does not say which right is missing where it cannot be known', async () => {
    await actAs(`grant all on schema ${await schema()} to ${role}`);
    const foreign = { ...first, sql: 'create schema not_ours' };
    await expect(migrate(test.db, [foreign])).rejects.toMatchObject({
      code: 'Misconfigured',
      message: expect.stringContaining('lacks a right that is needed: permission denied for database'),
    });
  });

  it('tells of what the rows lack', async () => {
    await migrate(test.db, [first]);
    const name = await schema();
    expect(await missingTableRight(test.db)).toBeUndefined();
    await actAs(
      `grant usage on schema ${name} to ${role}; grant select on all tables in schema ${name} to ${role}`,
    );
    expect(await missingTableRight(test.db)).toMatchObject({
      text: { en: `${role} may not read and change all rows of a, schema_migrations` },
      statement: `grant select, insert, update, delete on all tables in schema ${name} to ${role}`,
    });
  });

  it('is told to talk UTF8', async () => {
    await test.db.query("set client_encoding = 'LATIN1'");
    const refused = migrate(test.db, [first]).finally(() => test.db.query("set client_encoding = 'UTF8'"));
    await expect(refused).rejects.toMatchObject({
      code: 'Misconfigured',
      message: expect.stringMatching(/talk LATIN1 .*: `alter role .* set client_encoding = 'UTF8'`/),
    });
  });

  // PGlite knows no other.
  it.runIf(serverUrl)(
    'is encoded in something else than UTF8: the statement that makes one is told',
    async () => {
      const name = `${role}_latin1`;
      // A machine that is busy takes its time to make a database.
      const patient = openPgDatabase(serverUrl ?? '', { statementTimeoutMs: 60_000 });
      await patient.query(`create database ${name} encoding 'LATIN1' locale 'C' template template0`);
      const url = new URL(serverUrl ?? '');
      url.pathname = `/${name}`;
      const db = openPgDatabase(url.href);
      const refused = await migrate(db, [first]).catch((error: unknown) => error);
      const { rows } = await db.query("select to_regclass('schema_migrations') as journal");
      await db.close();
      await patient.query(`drop database ${name}`);
      await patient.close();
      expect(refused).toMatchObject({
        code: 'Misconfigured',
        message: `Misconfigured: The database is encoded in LATIN1, which cannot hold Chinese: it has to be UTF8: \`create database ${name}_utf8 encoding 'UTF8' locale 'C' template template0\``,
      });
      expect(rows).toEqual([{ journal: null }]);
    },
  );
});
