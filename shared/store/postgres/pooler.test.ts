import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../migrations/migrate.ts';
import { type PgBouncer, pgbouncerProgram, startPgBouncer } from '../testing/pgbouncer.ts';
import type { Database } from './database.ts';
import { isAway } from './database-errors.ts';
import { openPgDatabase, type PgOptions } from './pg-database.ts';

const serverUrl = process.env['QIANMA_TEST_DATABASE_URL'] ?? '';
const missing =
  (serverUrl === '' && 'needs a PostgreSQL server (npm run test:pg)') ||
  (pgbouncerProgram === undefined && 'needs PgBouncer (apt-get install pgbouncer)');

describe.skipIf(missing).each(['session', 'transaction'] as const)(
  `PgBouncer with its defaults in %s mode${missing ? `: SKIPPED, ${missing}` : ''}`,
  (mode) => {
    const database = `qianma_pooled_${randomBytes(4).toString('hex')}`;
    let pooler: PgBouncer;
    let server: Database;
    const opened: Database[] = [];
    const further: PgBouncer[] = [];

    beforeAll(async () => {
      // A machine that is busy takes its time to make a database.
      server = openPgDatabase(serverUrl, { statementTimeoutMs: 60_000 });
      await server.query(`create database ${database}`);
      pooler = await startPgBouncer(serverUrl, mode);
      const db = open({ statementTimeoutMs: 0, lockTimeoutMs: 0 });
      await migrate(db);
      await db.query('create table counters (id int primary key, n int not null)');
      await db.query('insert into counters values (1, 0)');
    });

    afterEach(async () => {
      await Promise.all(opened.splice(0).map((db) => db.close()));
      await Promise.all(further.splice(0).map((one) => one.stop()));
    });

    afterAll(async () => {
      await pooler.stop();
      await server.query(`drop database ${database} with (force)`);
      await server.close();
    });

    function open(options: PgOptions = {}, url = pooler.url(database)): Database {
      const db = openPgDatabase(url, options);
      opened.push(db);
      return db;
    }

    async function another(url: string, settings: Readonly<Record<string, number>> = {}): Promise<PgBouncer> {
      const started = await startPgBouncer(url, mode, settings);
      further.push(started);
      return started;
    }

    const failure = (work: Promise<unknown>) =>
      work.then(
        () => undefined,
        (error: unknown) => error,
      );

    it('lets us in, and has been migrated', async () => {
      const { rows } = await open().query('select count(*)::int as n from schema_migrations');
      expect(rows).toEqual([{ n: expect.any(Number) }]);
    });

    it('serves instances that take turns, each with statements, kept ones, and transactions', async () => {
      // As many as the default lets in; in session mode an instance keeps what it has got, and there are twenty.
      const fresh = await another(serverUrl);
      const count = mode === 'transaction' ? 100 : 20;
      const instances = Array.from({ length: count }, () => open({}, fresh.url(database)));
      const event = async (db: Database, index: number) => {
        const kept = await db.query('select $1::int as n', [index], { prepared: true });
        await db.transaction(async (tx) => {
          const { rows } = await tx.query<{ n: number }>('select n from counters where id = 1 for update');
          await tx.defer('update counters set n = $1 where id = $2', [(rows[0]?.n ?? 0) + 1, 1], {
            prepared: true,
          });
        });
        return kept.rows;
      };
      for (let round = 1; round <= 3; round += 1) {
        const answers = await Promise.all(instances.map(event));
        expect(answers).toEqual(instances.map((_, index) => [{ n: index }]));
      }
      const { rows } = await open().query('select n from counters where id = 1');
      expect(rows).toEqual([{ n: 3 * count }]);
    });

    it('holds statements to their limits, alone and in transactions', async () => {
      const db = open({ statementTimeoutMs: 40 });
      const tooSlow = { code: 'DatabaseUnavailable', message: expect.stringContaining('too busy') };
      expect(await failure(db.query('select pg_sleep(60)'))).toMatchObject(tooSlow);
      expect(await failure(db.query('select pg_sleep($1)', [60]))).toMatchObject(tooSlow);
      expect(await failure(db.batch([{ text: 'select pg_sleep(60)', params: [] }]))).toMatchObject(tooSlow);
      const inTransaction = db.transaction(async (tx) => {
        await tx.query('select 1');
        await tx.query('select pg_sleep(60)');
      });
      expect(await failure(inTransaction)).toMatchObject(tooSlow);
    });

    it('is not left with our limits: the next client of the same session has its own', async () => {
      const url = pooler.url(database);
      const ours = open({ statementTimeoutMs: 7_777 });
      await ours.query('select 1');
      await ours.transaction((tx) => tx.query('select 1'));
      await ours.close();
      const other = new pg.Client({ connectionString: url });
      await other.connect();
      const { rows } = await other.query('show statement_timeout');
      await other.end();
      expect(rows).toEqual([{ statement_timeout: '0' }]);
    });

    it('refuses options, and we say that it is a pooler and what to do', async () => {
      const url = new URL(pooler.url(database));
      url.searchParams.set('options', '-c search_path=other');
      expect(await failure(open({}, url.href).query('select 1'))).toMatchObject({
        code: 'Misconfigured',
        message: expect.stringMatching(/pooler.*alter role.*ignore_startup_parameters/),
      });
    });

    it.each([
      [
        'user',
        (url: URL) => Object.assign(url, { username: 'nobody_of_that_name' }),
        'the user or the password',
      ],
      ['database', (url: URL) => Object.assign(url, { pathname: '/no_database' }), 'does not exist'],
    ])('refuses a wrong %s, for good', async (_, spoil, told) => {
      const url = spoil(new URL(pooler.url(database))).href;
      expect(await failure(open({}, url).query('select 1'))).toMatchObject({
        code: 'Misconfigured',
        message: expect.stringContaining(told),
      });
    });

    it('without a server behind it is away, and may come back', async () => {
      const lonely = await another('postgresql://postgres@127.0.0.1:1/postgres');
      const db = open({ connectTimeoutMs: 300 }, lonely.url('postgres'));
      const away = await failure(db.query('select 1'));
      expect(away).toMatchObject({ code: 'DatabaseUnavailable' });
      expect(isAway(away)).toBe(true);
    });

    it('has no room for more clients than it may have: that passes', async () => {
      const narrow = await another(serverUrl, { max_client_conn: 1 });
      const url = narrow.url(database);
      // Its first client is the one that asked whether it listens, and may not have gone yet.
      const deadlineMs = Date.now() + 10_000;
      await open({ deadlineMs: () => deadlineMs }, url).query('select 1');
      const refused = await failure(open({}, url).query('select 1'));
      expect(isAway(refused)).toBe(true);
    });
  },
);
