import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';
import { type TestDatabase, testDatabase } from './testing/database.ts';

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
      detail: expect.stringContaining('Migration 1 (first)'),
    });
    expect(await recorded()).toEqual([{ number: 1, name: 'first' }]);
  });

  it('refuses a database that is newer than the code', async () => {
    await migrate(test.db, [first, second]);
    await expect(migrate(test.db, [first])).rejects.toMatchObject({
      code: 'Misconfigured',
      detail: 'The database is newer than this version: it has migration 2 (second), the code ends at 1',
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
