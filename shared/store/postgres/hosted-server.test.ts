/** A database as hosts hand it out: TLS alone, a password, a role that owns nothing. */
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../migrations/migrate.ts';
import { type OwnServer, postgresPrograms, startOwnServer } from '../testing/own-server.ts';
import type { Database } from './database.ts';
import { missingTableRight } from './database-fitness.ts';
import { openPgDatabase } from './pg-database.ts';

const missing =
  (process.env['QIANMA_TEST_DATABASE_URL'] === undefined && 'runs with npm run test:pg') ||
  (postgresPrograms === undefined && "needs PostgreSQL's programs (apt-get install postgresql)");
const password = 'Sommer?#/@:%geheim';

describe.skipIf(missing)(`a hosted server${missing ? `: SKIPPED, ${missing}` : ''}`, () => {
  let server: OwnServer;
  let admin: Database;
  let opened: Database[] = [];

  beforeAll(async () => {
    server = await startOwnServer(password);
    // A machine that is busy takes its time to make a database.
    admin = openPgDatabase(server.adminUrl, { statementTimeoutMs: 60_000 });
    for (const database of ['plain', 'clear', 'old']) await admin.query(`create database ${database}`);
    for (const role of ['owner', 'app']) {
      await admin.query(`create role ${role} login password '${password}'`);
    }
    await admin.query(`set password_encryption = 'md5'`);
    await admin.query(`create role aged login password '${password}'`);
    await admin.query(`reset password_encryption`);
  });

  afterEach(async () => {
    await Promise.all(opened.map((db) => db.close()));
    opened = [];
  });

  afterAll(async () => {
    await admin.close();
    await server.stop();
    await server.remove();
  });

  /** The address of a user and a database, with query parameters. */
  function urlOf(user: string, database: string, parameters: Record<string, string>): string {
    const url = new URL(server.adminUrl);
    url.username = user;
    url.pathname = `/${database}`;
    url.search = new URLSearchParams(parameters).toString();
    return url.href;
  }

  function open(url: string): Database {
    const db = openPgDatabase(url);
    opened.push(db);
    return db;
  }

  const verified = () => ({ sslmode: 'verify-full', sslrootcert: server.certificate });
  const asApp = (database: string) => open(urlOf('app', database, verified()));

  async function failure(work: Promise<unknown>): Promise<unknown> {
    const thrown = await work.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(inspect(thrown, { depth: 10, showHidden: true })).not.toMatch(/Sommer|geheim/);
    return thrown;
  }

  const ask = (url: string) => open(url).query('select ssl from pg_stat_ssl where pid = pg_backend_pid()');
  const misconfigured = (told: string) => ({ code: 'Misconfigured', message: expect.stringContaining(told) });

  it.each([
    ['in full', { sslmode: 'verify-full' }],
    ['as consoles write it', { sslmode: 'require', channel_binding: 'require', application_name: 'console' }],
    ['with a preference', { sslmode: 'require', channel_binding: 'prefer', connect_timeout: '10' }],
  ])('is reached over TLS, with a password of every kind of character: %s', async (_, parameters) => {
    const url = urlOf('app', 'postgres', { ...verified(), ...parameters });
    expect((await ask(url)).rows).toEqual([{ ssl: true }]);
  });

  it('knows a session by the name that it is given', async () => {
    const named = open(urlOf('app', 'postgres', { ...verified(), application_name: 'console' }));
    const { rows } = await named.query("select current_setting('application_name') as name");
    expect(rows).toEqual([{ name: 'console' }]);
  });

  it('demands TLS, and we say so', async () => {
    const refused = await failure(ask(urlOf('app', 'postgres', { sslmode: 'disable' })));
    expect(refused).toMatchObject(misconfigured('demands TLS'));
  });

  it('has a certificate of its own, and we say what to do', async () => {
    const refused = await failure(ask(urlOf('app', 'postgres', { sslmode: 'require' })));
    expect(refused).toMatchObject(misconfigured('sslrootcert'));
  });

  it('refuses another password, and none', async () => {
    const url = new URL(urlOf('app', 'postgres', verified()));
    url.password = 'geheimer';
    expect(await failure(ask(url.href))).toMatchObject(misconfigured('refuses the user or the password'));
    url.password = '';
    expect(await failure(ask(url.href))).toMatchObject(misconfigured('DATABASE_URL has none'));
  });

  it('is not given the password as it is where the proof is to be bound to the certificate', async () => {
    const plain = urlOf('app', 'plain', verified());
    expect((await ask(plain)).rows).toEqual([{ ssl: true }]);
    const bound = urlOf('app', 'plain', { ...verified(), channel_binding: 'require' });
    expect(await failure(ask(bound))).toMatchObject(misconfigured('offers no channel binding'));
  });

  it.each([
    ['clear', 'app', 'SCRAM, in clear', {}],
    ['clear', 'app', 'SCRAM, with a preference for what TLS alone can do', { channel_binding: 'prefer' }],
    ['old', 'aged', 'MD5', {}],
  ])(
    'is proven the password to in a private network: database %s, as %s, by %s',
    async (database, user, _, more) => {
      const url = urlOf(user, database, { sslmode: 'disable', ...more });
      expect((await ask(url)).rows).toEqual([{ ssl: false }]);
      const wrong = new URL(url);
      wrong.password = 'geheimer';
      expect(await failure(ask(wrong.href))).toMatchObject(misconfigured('refuses the user or the password'));
    },
  );

  it('lets nobody but the owner of a database make tables in it: the statement that is told helps', async () => {
    await admin.query('create database owned');
    const db = asApp('owned');
    const refused = await failure(migrate(db));
    expect(refused).toMatchObject(
      misconfigured('app may not create tables in schema public: `alter database owned owner to app`'),
    );
    await admin.query('alter database owned owner to app');
    expect((await migrate(db)).applied).toBeGreaterThan(0);
  });

  it('may let one role migrate and another work with the rows', async () => {
    await admin.query('create database shared owner owner');
    const owner = open(urlOf('owner', 'shared', verified()));
    await migrate(owner);
    const app = asApp('shared');
    expect(await failure(app.query('select code_id from codes'))).toMatchObject(
      misconfigured('lacks a right that is needed: permission denied for table codes'),
    );
    const misfit = await missingTableRight(app);
    expect(misfit?.text.en).toMatch(/^app may not read and change all rows of .*codes/);
    await owner.query(misfit?.statement ?? '');
    expect(await missingTableRight(app)).toBeUndefined();
    expect((await app.query('select code_id from codes')).rows).toEqual([]);
    expect((await migrate(app)).applied).toBe(0);
  });

  it('is waited for while it is away, before a statement and before a transaction, and writes once', async () => {
    await admin.query('create database restarted owner app');
    let tries = 0;
    let isAway = false;
    async function leave(): Promise<void> {
      await server.stop();
      isAway = true;
      tries = 0;
    }
    const deadlineMs = Date.now() + 60_000;
    const db = openPgDatabase(urlOf('app', 'restarted', verified()), {
      deadlineMs: () => deadlineMs,
      async pause() {
        tries += 1;
        if (!isAway || tries < 2) return;
        isAway = false;
        await server.start();
      },
    });
    opened.push(db);
    await db.query('create table notes (n int)');
    await leave();
    await db.query('insert into notes values ($1)', [1]);
    await leave();
    await db.transaction(async (tx) => {
      await tx.query('insert into notes values ($1)', [2]);
      await tx.query('insert into notes values ($1)', [3]);
    });
    expect(isAway).toBe(false);
    expect((await db.query('select n from notes order by n')).rows).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });
});
