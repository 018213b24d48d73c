import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from './database.ts';
import { openPgDatabase, type PgOptions } from './pg-database.ts';
import { type FaultyProxy, startFaultyProxy } from './testing/faulty-proxy.ts';
import { startWire, type Wire } from './testing/wire.ts';

let wire: Wire;
let proxy: FaultyProxy;
let direct: Database;
let opened: Database[] = [];
let clockMs = 0;

beforeAll(async () => {
  wire = await startWire();
  direct = openPgDatabase(wire.url);
  await direct.query('create table notes (id int)');
});

afterAll(async () => {
  await direct.close();
  await wire.dispose();
});

beforeEach(async () => {
  clockMs = 1_000_000;
  proxy = await startFaultyProxy(wire.url);
});

afterEach(async () => {
  await Promise.all(opened.map((db) => db.close()));
  opened = [];
  await proxy.close();
  await direct.query('delete from notes');
});

function open(options: PgOptions = {}): Database {
  const db = openPgDatabase(proxy.url, { nowMs: () => clockMs, ...options });
  opened.push(db);
  return db;
}

async function backend(db: Database): Promise<unknown> {
  return (await db.query('select 1 as one')).rows;
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** `nothing of the statement happened`, or `may have had its effect or not`. */
const unavailable = (detail: string) => ({
  code: 'DatabaseUnavailable',
  retryAfterS: 2,
  detail: expect.stringContaining(detail),
});

describe('a connection', () => {
  it('is opened when it is first needed, and kept', async () => {
    const db = open();
    expect(proxy.opened()).toBe(0);
    await Promise.all([backend(db), backend(db)]);
    await backend(db);
    expect(proxy.opened()).toBe(1);
  });

  it('is opened again after the server has closed it', async () => {
    const db = open();
    await backend(db);
    await proxy.cut();
    expect(await backend(db)).toEqual([{ one: 1 }]);
    expect(proxy.opened()).toBe(2);
  });

  it('is opened again after close', async () => {
    const db = open();
    await backend(db);
    await db.close();
    await backend(db);
    expect(proxy.opened()).toBe(2);
  });
});

describe('a connection that was idle', () => {
  it('is used without a question within a second', async () => {
    const db = open();
    await backend(db);
    const before = proxy.sentBytes();
    await backend(db);
    const bytesOfOne = proxy.sentBytes() - before;
    clockMs += 1_000;
    await backend(db);
    expect(proxy.sentBytes() - before).toBe(2 * bytesOfOne);
  });

  it('is asked after a second, and kept when it answers', async () => {
    const db = open();
    await backend(db);
    const before = proxy.sentBytes();
    clockMs += 1_001;
    await backend(db);
    expect(proxy.sentBytes() - before).toBeGreaterThan(Buffer.byteLength('select 1select 1 as one'));
    expect(proxy.opened()).toBe(1);
  });

  it('is replaced when it does not answer, and the statement runs once', async () => {
    const db = open({ livenessTimeoutMs: 20 });
    await backend(db);
    proxy.lose('everything');
    clockMs += 5_000;
    const written = db.query('insert into notes values (1)');
    while (proxy.opened() === 1) await new Promise((resolve) => setImmediate(resolve));
    proxy.lose('nothing');
    await written;
    expect((await direct.query('select id from notes')).rows).toEqual([{ id: 1 }]);
  });

  it.each([120_001, -1])('is replaced without a question after %i ms', async (ms) => {
    const db = open();
    await backend(db);
    clockMs += ms;
    await backend(db);
    expect(proxy.opened()).toBe(2);
  });
});

describe('an answer that does not come', () => {
  it('leaves the effect open, and nothing is sent again', async () => {
    const db = open({ deadlineMs: () => clockMs + 150 });
    await backend(db);
    proxy.lose('answers');
    const lost = await failure(db.query('insert into notes values (2)'));
    expect(lost).toMatchObject(unavailable('may have had its effect or not'));
    proxy.lose('nothing');
    expect(await backend(db)).toEqual([{ one: 1 }]);
    expect((await direct.query('select id from notes')).rows).toEqual([{ id: 2 }]);
  });

  it('ends a transaction, which the server rolls back', async () => {
    const db = open({ deadlineMs: () => clockMs + 150 });
    const lost = await failure(
      db.transaction(async (tx) => {
        await tx.query('insert into notes values (3)');
        proxy.lose('everything');
        await tx.query('insert into notes values (4)');
      }),
    );
    expect(lost).toMatchObject({ code: 'DatabaseUnavailable' });
    proxy.lose('nothing');
    expect((await direct.query('select id from notes')).rows).toEqual([]);
  });

  it('does not come either when the connection ends while it is awaited', async () => {
    const db = open();
    await backend(db);
    proxy.lose('answers');
    const before = proxy.sentBytes();
    const running = failure(db.query('update notes set id = 5'));
    while (proxy.sentBytes() === before) await new Promise((resolve) => setImmediate(resolve));
    await proxy.cut();
    expect(await running).toMatchObject(unavailable('may have had its effect or not'));
  });
});

describe('a transaction whose connection is lost', () => {
  it('does not go on on another one', async () => {
    const db = open();
    const lost = await failure(
      db.transaction(async (tx) => {
        await tx.query('insert into notes values (6)');
        await proxy.cut();
        await failure(tx.query('insert into notes values (7)'));
        await tx.query('insert into notes values (8)');
      }),
    );
    expect(lost).toMatchObject({ code: 'DatabaseUnavailable' });
    expect(await backend(db)).toEqual([{ one: 1 }]);
    expect((await direct.query('select id from notes')).rows).toEqual([]);
  });
});

describe('the deadline of an event', () => {
  it('stops a statement before it is sent', async () => {
    let deadlineMs = clockMs + 60_000;
    const db = open({ deadlineMs: () => deadlineMs });
    await backend(db);
    const before = proxy.sentBytes();
    deadlineMs = clockMs;
    await expect(db.query('insert into notes values (9)')).rejects.toMatchObject({
      code: 'DeadlineExceeded',
    });
    expect(proxy.sentBytes()).toBe(before);
  });

  it('stops the opening of a connection', async () => {
    proxy.lose('answers');
    const late = open({ deadlineMs: () => clockMs });
    await expect(late.query('select 1')).rejects.toMatchObject({ code: 'DeadlineExceeded' });
    expect(proxy.opened()).toBe(0);
    const short = open({ deadlineMs: () => clockMs + 50 });
    expect(await failure(short.query('select 1'))).toMatchObject(unavailable('nothing was done'));
  });
});

// PGlite has one session for all connections, without locks against each other and without time limits.
describe.runIf(process.env['QIANMA_TEST_DATABASE_URL'])('a server that is busy', () => {
  it('gives up waiting for a lock, and the connection goes on', async () => {
    await direct.query('insert into notes values (1)');
    const db = open({ lockTimeoutMs: 20 });
    await direct.transaction(async (tx) => {
      await tx.query('update notes set id = 2');
      expect(await failure(db.query('update notes set id = 3'))).toMatchObject(unavailable('too busy'));
    });
    expect(await backend(db)).toEqual([{ one: 1 }]);
    expect(proxy.opened()).toBe(1);
    expect((await direct.query('select id from notes')).rows).toEqual([{ id: 2 }]);
  });

  it('gives up a statement that takes too long, and the connection goes on', async () => {
    const db = open({ statementTimeoutMs: 20 });
    expect(await failure(db.query('select pg_sleep(60)'))).toMatchObject(unavailable('too busy'));
    expect(await backend(db)).toEqual([{ one: 1 }]);
    expect(proxy.opened()).toBe(1);
  });

  it('may end a session, and the next statement has a new one', async () => {
    const db = open();
    const pid = async () => (await db.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid;
    const first = await pid();
    await direct.query('select pg_terminate_backend($1)', [first]);
    clockMs += 2_000;
    expect(await pid()).not.toBe(first);
    const running = failure(db.query('select pg_terminate_backend(pg_backend_pid())'));
    expect(await running).toMatchObject(unavailable('starting, stopping'));
    expect(await backend(db)).toEqual([{ one: 1 }]);
  });
});
