/** The password of the database is changed while statements go on: two accounts take turns, as docs/operate.md says. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordAudit } from '../access/audit.ts';
import { migrations } from '../migrations/index.ts';
import { migrate } from '../migrations/migrate.ts';
import { type OwnServer, postgresPrograms, startOwnServer } from '../testing/own-server.ts';
import type { Database } from './database.ts';
import { missingTableRight } from './database-fitness.ts';
import { openPgDatabase } from './pg-database.ts';

const missing =
  (process.env['QIANMA_TEST_DATABASE_URL'] === undefined && 'runs with npm run test:pg') ||
  (postgresPrograms === undefined && "needs PostgreSQL's programs (apt-get install postgresql)");

/** The statements that the page gives, with a password in the place of its dots. */
const [steps = ''] =
  readFileSync('docs/operate.md', 'utf8').match(/create role app_second[\s\S]*?(?=```)/) ?? [];

describe.skipIf(missing)(`the account of the database${missing ? `: SKIPPED, ${missing}` : ''}`, () => {
  let server: OwnServer;
  let admin: Database;

  beforeAll(async () => {
    server = await startOwnServer('admin');
    admin = openPgDatabase(server.adminUrl, { statementTimeoutMs: 60_000 });
    await admin.query("create role app login password 'first'");
    await admin.query('create database register owner app');
  });
  afterAll(async () => {
    await admin?.close();
    await server?.stop();
    await server?.remove();
  });

  function open(user: string, password: string): Database {
    const url = new URL(server.adminUrl);
    Object.assign(url, { username: user, password, pathname: '/register' });
    return openPgDatabase(url.href, { statementTimeoutMs: 0, lockTimeoutMs: 0 });
  }

  const sessionsOf = async (user: string) =>
    (await admin.query('select 1 from pg_stat_activity where usename = $1', [user])).rows.length;

  /** One of the calls that go on: it writes and reads on each of the connections. */
  async function goOn(...serving: Database[]): Promise<void> {
    for (const db of [...serving, ...serving]) {
      await recordAudit(db, { actor: 'test', action: 'test', subject: 'a', reason: '' });
      expect((await db.query('select count(*) from audit')).rows).toHaveLength(1);
    }
  }

  it('changes, and back again, and no statement fails', async () => {
    expect(steps).toContain('set role');
    const old = open('app', 'first');
    await migrate(old, migrations.slice(0, -1));
    await goOn(old);

    await admin.query(steps.replace('…', 'second'));
    const next = open('app_second', 'second');
    await goOn(old, next);
    // An older instance connects meanwhile.
    const another = open('app', 'first');
    await goOn(another, old, next);
    expect(await missingTableRight(next)).toBeUndefined();

    await Promise.all([old.close(), another.close()]);
    await expect.poll(() => sessionsOf('app')).toBe(0);
    await admin.query("alter role app password 'third'");
    await goOn(next, open('app_second', 'second'));
    await expect(open('app', 'first').query('select 1')).rejects.toMatchObject({ code: 'Misconfigured' });

    // The second account migrates: what it makes is the first one's, too.
    await migrate(next);
    await next.query('create table made_by_the_second (n int)');
    const back = open('app', 'third');
    await goOn(next, back);
    await back.query('insert into made_by_the_second values (1)');
    await migrate(back, [
      ...migrations,
      { number: migrations.length + 1, name: 'later', sql: 'alter table made_by_the_second add m int' },
    ]);
    expect(await missingTableRight(back)).toBeUndefined();
    await admin.query("alter role app_second password 'nobody knows'");
    await goOn(next, back);
    await expect(open('app_second', 'second').query('select 1')).rejects.toMatchObject({
      code: 'Misconfigured',
    });
  }, 120_000);
});
