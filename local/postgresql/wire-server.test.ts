import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { promisify } from 'node:util';
import type { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { longestIdleMs } from './one-session.ts';
import { openPglite } from './open-pglite.ts';
import { seed } from './seed.ts';
import { createWireServer } from './wire-server.ts';

let engine: PGlite;
let server: Server;
let port: number;
/** What waits for its time, and is let go by hand. */
let waiting: { ms: number; callback: () => void }[] = [];
let clients: pg.Client[] = [];

beforeAll(async () => {
  engine = await openPglite({ loadDataDir: await seed() });
  server = createWireServer(async () => engine, {
    after(ms, callback) {
      const one = { ms, callback };
      waiting.push(one);
      return () => {
        waiting = waiting.filter((other) => other !== one);
      };
    },
  });
  port = await listen(server);
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client.end().catch(() => {})));
  clients = [];
});

afterAll(async () => {
  server.close();
  await engine.close();
});

async function listen(one: Server): Promise<number> {
  one.listen(0, '127.0.0.1');
  await once(one, 'listening');
  // A TCP server that listens has an address of this form.
  return (one.address() as AddressInfo).port;
}

async function connect(settings: pg.ClientConfig = {}, to = port): Promise<pg.Client> {
  const client = new pg.Client({ host: '127.0.0.1', port: to, user: 'postgres', ssl: false, ...settings });
  // A client that awaits a statement gets the end of its connection as an error.
  client.on('error', () => {});
  await client.connect();
  clients.push(client);
  return client;
}

async function shown(client: pg.Client, setting: string): Promise<unknown> {
  return (await client.query(`select current_setting('${setting}') as value`)).rows[0]?.value;
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('what a connection sets', () => {
  it('is its own, and holds for as long as it lives', async () => {
    const [one, other] = [await connect(), await connect()];
    await one.query('set search_path to somewhere');
    await one.query("select set_config('statement_timeout', '7s', false)");
    expect(await shown(other, 'search_path')).toBe('public');
    await other.query("set search_path to elsewhere; set application_name to 'it''s other'");
    expect(await shown(one, 'search_path')).toBe('somewhere');
    expect(await shown(one, 'statement_timeout')).toBe('7s');
    expect(await shown(other, 'search_path')).toBe('elsewhere');
    expect(await shown(other, 'application_name')).toBe("it's other");
    expect(await shown(other, 'statement_timeout')).toBe('0');
    await one.query('reset search_path');
    await other.query('select 1');
    expect(await shown(one, 'search_path')).toBe('public');
  });

  it('is gone when it is over, or rolled back', async () => {
    const one = await connect();
    await one.query('begin; set search_path to nowhere; rollback');
    const other = await connect();
    await other.query('set search_path to somewhere');
    await other.end();
    expect(await shown(one, 'search_path')).toBe('public');
    expect(await shown(await connect(), 'search_path')).toBe('public');
  });

  it.each([
    ['by its name', "select set_config('statement_timeout', $1, false)", ['7s'], '7s'],
    ['by a name that is a parameter', 'select set_config($1, $2, false)', ['statement_timeout', '7s'], '7s'],
    ['for a transaction that is over', "select set_config('statement_timeout', $1, true)", ['7s'], '0'],
    [
      'where it is both',
      "select set_config('statement_timeout', $1, true), set_config($2, '7s', false)",
      ['9s', 'statement_timeout'],
      '7s',
    ],
  ])('may be set by a function, %s', async (_, text, values, kept) => {
    const [one, other] = [await connect(), await connect()];
    await one.query(text, values);
    expect(await shown(other, 'statement_timeout')).toBe('0');
    expect(await shown(one, 'statement_timeout')).toBe(kept);
    await one.query("begin; select set_config('statement_timeout', '1s', false); rollback");
    await other.query('select 1');
    expect(await shown(one, 'statement_timeout')).toBe(kept);
  });

  it('may be its role', async () => {
    const [one, other] = [await connect(), await connect()];
    await one.query('create role guest; set role guest');
    expect(await shown(other, 'role')).toBe('none');
    await expect(one.query('create role another')).rejects.toMatchObject({ code: '42501' });
    await one.query('reset role; drop role guest');
  });

  it('may come with its start', async () => {
    const options = '-c datestyle=ISO,\\ DMY -csearch_path=first,second --lock_timeout=2s';
    const one = await connect({ options, application_name: 'named' });
    await (await connect()).query('select 1');
    expect(await shown(one, 'datestyle')).toBe('ISO, DMY');
    expect(await shown(one, 'search_path')).toBe('first,second');
    expect(await shown(one, 'lock_timeout')).toBe('2s');
    expect(await shown(one, 'application_name')).toBe('named');
  });

  it('ends it where there is no such setting, and nobody else', async () => {
    const wrong = await connect({ options: '-c no_such_setting=1' });
    expect(await failure(wrong.query('select 1'))).toMatchObject({ code: '42704' });
    expect((await (await connect()).query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});

describe('what a connection makes for itself', () => {
  it('is a prepared statement, whose name is its own', async () => {
    const all = await Promise.all([0, 1, 2].map(() => connect()));
    const answers = [];
    for (let round = 0; round < 3; round += 1) {
      for (const [index, client] of all.entries()) {
        const text = `select ${index} as statement, $1::int as round`;
        answers.push((await client.query({ name: 'same', text, values: [round] })).rows[0]);
      }
    }
    expect(answers).toEqual(
      [0, 1, 2].flatMap((round) => [0, 1, 2].map((statement) => ({ statement, round }))),
    );
  });

  it('is a prepared statement that others cannot use', async () => {
    const [one, other] = [await connect(), await connect()];
    await one.query({ name: 'own', text: 'select 1 as one' });
    // It believes that it has prepared it.
    Object.assign(other.connection, { parsedStatements: { own: 'select 1 as one' } });
    expect(await failure(other.query({ name: 'own', text: 'select 1 as one' }))).toMatchObject({
      code: '26000',
    });
    expect((await one.query({ name: 'own', text: 'select 1 as one' })).rows).toEqual([{ one: 1 }]);
  });

  it('is a prepared statement that is refused when its table has gone meanwhile', async () => {
    const [one, other] = [await connect(), await connect()];
    await one.query('create table passing (n int)');
    const statement = { name: 'passing', text: 'select n from passing' };
    await one.query(statement);
    await other.query('drop table passing');
    expect(await failure(one.query(statement))).toMatchObject({ code: '42P01' });
    expect((await one.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  it('is a temporary table, which others do not see', async () => {
    const [one, other] = [await connect(), await connect()];
    await one.query('create temporary table mine (n int); insert into mine values (1)');
    expect((await one.query('select n from mine')).rows).toEqual([{ n: 1 }]);
    expect(await failure(other.query('select n from mine'))).toMatchObject({ code: '42P01' });
  });
});

describe('a transaction that a connection leaves open', () => {
  it('is its own: others wait, and see what it has committed', async () => {
    const [one, other] = [await connect(), await connect()];
    await one.query('create table kept (n int); begin; insert into kept values (1)');
    const counted = other.query('select count(*)::int as n from kept');
    await one.query('commit');
    expect((await counted).rows).toEqual([{ n: 1 }]);
    await one.query('drop table kept');
  });

  it('ends when it is silent for long while others wait', async () => {
    const [one, other] = [await connect(), await connect()];
    await one.query('create table left_open (n int)');
    await one.query('begin; insert into left_open values (1)');
    // While no client waits it may take its time.
    expect(waiting).toEqual([]);
    const counted = other.query('select count(*)::int as n from left_open');
    while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(waiting.map(({ ms }) => ms)).toEqual([longestIdleMs]);
    const ended = once(one, 'error');
    waiting[0]?.callback();
    expect((await counted).rows).toEqual([{ n: 0 }]);
    expect((await ended)[0]).toMatchObject({ code: '25P03' });
    expect(await failure(one.query('insert into left_open values (2)'))).toBeDefined();
    expect((await other.query('select count(*)::int as n from left_open')).rows).toEqual([{ n: 0 }]);
    await other.query('drop table left_open');
  });

  it('may go on when it speaks in time', async () => {
    const [one, other] = [await connect(), await connect()];
    await one.query('begin');
    const after = other.query('select 1');
    while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await one.query('select 1');
    await one.query('commit');
    await after;
    expect(waiting).toEqual([]);
  });
});

describe('the backend', () => {
  it('is opened again when it has ended amid a statement, for those who come after', async () => {
    let opened = 0;
    const ending = createWireServer(async () => {
      opened += 1;
      const isFirst = opened === 1;
      return {
        query: (sql) => engine.query(sql),
        runExclusive: (task) => engine.runExclusive(task),
        async execProtocolRawStream(bytes, options) {
          if (isFirst && Buffer.from(bytes).includes('the last one')) throw new Error('it has ended');
          await engine.execProtocolRawStream(bytes, options);
        },
      };
    });
    const to = await listen(ending);
    const [one, other] = [await connect({}, to), await connect({}, to)];
    await other.query({ name: 'kept', text: 'select 1 as one' });
    expect(await failure(one.query("select 'the last one'"))).toMatchObject({
      message: expect.stringContaining('it has ended'),
    });
    expect((await other.query({ name: 'kept', text: 'select 1 as one' })).rows).toEqual([{ one: 1 }]);
    expect(opened).toBe(2);
    await other.end();
    ending.close();
  });

  it('is never left waiting for rows of a client', async () => {
    const sent: string[] = [];
    const noting = createWireServer(async () => ({
      query: (sql) => engine.query(sql),
      runExclusive: (task) => engine.runExclusive(task),
      async execProtocolRawStream(bytes, options) {
        sent.push(Buffer.from(bytes).toString('latin1'));
        await engine.execProtocolRawStream(bytes, options);
      },
    }));
    const client = await connect({}, await listen(noting));
    await client.query('select 1');
    await client.query('select $1::int', [1]);
    await client.end();
    noting.close();
    const reading = sent.filter((one) => /^[QE]/.test(one) && !/discard all|set_config/.test(one));
    expect(reading).toHaveLength(2);
    for (const one of reading) expect(one).toMatch(/f\0\0\0.the embedded database reads no rows/s);
  });
});

const pgDump = ['/usr/bin/pg_dump', '/usr/local/bin/pg_dump', '/opt/homebrew/bin/pg_dump'].find(existsSync);

describe.skipIf(pgDump === undefined)(
  `pg_dump${pgDump === undefined ? ': SKIPPED, not installed' : ''}`,
  () => {
    it('dumps, or says that it is too old, and changes nothing for others meanwhile or afterwards', async () => {
      const client = await connect();
      await client.query('create table dumped (word text); insert into dumped values ($$签署码$$)');
      const url = `postgresql://postgres@127.0.0.1:${port}/postgres?sslmode=disable`;
      const dumping = promisify(execFile)(pgDump ?? '', [url], { encoding: 'utf8' }).then(
        ({ stdout }) => stdout,
        ({ stderr }: { stderr: string }) => stderr,
      );
      expect((await client.query('select word from dumped')).rows).toEqual([{ word: '签署码' }]);
      expect(await dumping).toMatch(/COPY public\.dumped|aborting because of server version mismatch/);
      expect((await client.query('select word from dumped')).rows).toEqual([{ word: '签署码' }]);
      await client.query('drop table dumped');
    });
  },
);
