import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FaultyProxy, startFaultyProxy } from '../testing/faulty-proxy.ts';
import { startWire, type Wire } from '../testing/wire.ts';
import type { Database } from './database.ts';
import type { EarlySession } from './early-session.ts';
import { connectEarly, openPgDatabase, type PgOptions } from './pg-database.ts';

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
  message: expect.stringContaining(detail),
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

describe('a connection that is opened early', () => {
  function openWith(early: EarlySession, options: PgOptions = {}): Database {
    const db = openPgDatabase(proxy.url, options, early);
    opened.push(db);
    return db;
  }

  it('is the one that the first statement uses', async () => {
    const early = connectEarly(proxy.url);
    const db = openWith(early);
    await Promise.all([backend(db), backend(db)]);
    expect(proxy.opened()).toBe(1);
    expect(await early.take(1_000)).toBeUndefined();
  });

  it('is opened again when the server has closed it meanwhile, before or while it is taken', async () => {
    const early = connectEarly(proxy.url);
    const db = openWith(early);
    while (proxy.trips() < 1) await new Promise((resolve) => setImmediate(resolve));
    await proxy.cut();
    await db.query('insert into notes values (1)');
    expect((await direct.query('select id from notes')).rows).toEqual([{ id: 1 }]);
    expect(proxy.opened()).toBe(2);
  });

  it('is asked whether it lives when it has been idle for more than a second', async () => {
    const early = connectEarly(proxy.url);
    const later = Date.now() + 5_000;
    const db = openWith(early, { nowMs: () => later, livenessTimeoutMs: 20 });
    while (proxy.trips() < 1) await new Promise((resolve) => setImmediate(resolve));
    const { session = undefined } = (await early.take(10_000)) ?? {};
    expect(session?.isClosed()).toBe(false);
    const again = openWith(
      { ...early, take: async () => session && { session, openedAtMs: later - 5_000 } },
      {
        nowMs: () => later,
        livenessTimeoutMs: 20,
      },
    );
    proxy.lose('everything');
    const written = again.query('insert into notes values (2)');
    while (proxy.opened() === 1) await new Promise((resolve) => setImmediate(resolve));
    proxy.lose('nothing');
    await written;
    expect((await direct.query('select id from notes')).rows).toEqual([{ id: 2 }]);
    expect(await backend(db)).toEqual([{ one: 1 }]);
  });

  it('that did not come about is told of as if it had never been tried', async () => {
    proxy.lose('connections');
    const early = connectEarly(proxy.url);
    const db = openWith(early);
    expect(await failure(backend(db))).toMatchObject(unavailable('nothing was done'));
    proxy.lose('nothing');
    expect(await backend(db)).toEqual([{ one: 1 }]);
  });

  it('is not waited for beyond the time of the event', async () => {
    proxy.lose('answers');
    const early = connectEarly(proxy.url);
    const endMs = Date.now() + 50;
    const db = openWith(early, { deadlineMs: () => endMs });
    expect(await failure(backend(db))).toMatchObject({ code: expect.stringMatching(/Deadline|Unavailable/) });
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
  const deadline = 150;
  /** Waits for what is sent over sockets, while the timers stand. */
  const until = async (isTrue: () => boolean | Promise<boolean>) => {
    while (!(await isTrue())) await new Promise((resolve) => setImmediate(resolve));
  };
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it('leaves the effect open, and nothing is sent again', async () => {
    const db = open({ deadlineMs: () => clockMs + deadline });
    await backend(db);
    proxy.lose('answers');
    const lost = failure(db.query('insert into notes values (2)'));
    const written = async () => (await direct.query('select id from notes')).rows;
    await until(async () => (await written()).length > 0);
    vi.advanceTimersByTime(deadline);
    expect(await lost).toMatchObject(unavailable('may have had its effect or not'));
    proxy.lose('nothing');
    expect(await backend(db)).toEqual([{ one: 1 }]);
    expect(await written()).toEqual([{ id: 2 }]);
  });

  it('ends a transaction, which the server rolls back', async () => {
    const db = open({ deadlineMs: () => clockMs + deadline });
    const lost = failure(
      db.transaction(async (tx) => {
        await tx.query('insert into notes values (3)');
        proxy.lose('everything');
        const before = proxy.sentBytes();
        const unanswered = tx.query('insert into notes values (4)');
        await until(() => proxy.sentBytes() > before);
        vi.advanceTimersByTime(deadline);
        await unanswered;
      }),
    );
    expect(await lost).toMatchObject({ code: 'DatabaseUnavailable' });
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

describe('a database that is away', () => {
  /** Pauses that pass at once; in the n-th one the database comes back. */
  function awayFor(pauses: number, options: PgOptions = {}) {
    const waited: number[] = [];
    const db = open({
      deadlineMs: () => clockMs + 30_000 - waited.reduce((sum, ms) => sum + ms, 0),
      pause: async (ms) => {
        waited.push(ms);
        if (waited.length === pauses) proxy.lose('nothing');
      },
      ...options,
    });
    return { db, waited };
  }

  it('is tried again with growing pauses until it is back, and the statement runs once', async () => {
    proxy.lose('connections');
    const { db, waited } = awayFor(7);
    await db.query('insert into notes values (1)');
    expect(waited).toEqual([100, 200, 400, 800, 1_600, 2_000, 2_000]);
    expect((await direct.query('select id from notes')).rows).toEqual([{ id: 1 }]);
  });

  it('is waited for by a transaction, too, before its first statement', async () => {
    const { db, waited } = awayFor(2);
    await backend(db);
    proxy.lose('connections');
    await proxy.cut();
    await db.transaction(async (tx) => {
      await tx.query('insert into notes values (2)');
      await tx.query('insert into notes values (3)');
    });
    expect(waited).toEqual([100, 200]);
    expect((await direct.query('select id from notes order by id')).rows).toEqual([{ id: 2 }, { id: 3 }]);
  });

  it('is told of when the time of the event leaves no further try', async () => {
    proxy.lose('connections');
    const { db, waited } = awayFor(Number.POSITIVE_INFINITY);
    expect(await failure(backend(db))).toMatchObject(unavailable('nothing was done'));
    const total = waited.reduce((sum, ms) => sum + ms, 0);
    expect(total).toBeLessThan(30_000);
    expect(total).toBeGreaterThan(27_000);
  });

  it('is told of at once where nothing says how long to wait', async () => {
    proxy.lose('connections');
    const { db, waited } = awayFor(Number.POSITIVE_INFINITY, {
      deadlineMs: () => Number.POSITIVE_INFINITY,
    });
    expect(await failure(backend(db))).toMatchObject(unavailable('nothing was done'));
    expect(waited).toEqual([]);
  });

  it('is not asked again what may have had its effect', async () => {
    const { db, waited } = awayFor(Number.POSITIVE_INFINITY);
    await backend(db);
    proxy.lose('answers');
    const before = proxy.sentBytes();
    const running = failure(db.query('insert into notes values (4)'));
    while (proxy.sentBytes() === before) await new Promise((resolve) => setImmediate(resolve));
    await proxy.cut();
    expect(await running).toMatchObject(unavailable('may have had its effect or not'));
    expect(waited).toEqual([]);
  });
});

describe('what the server is told', () => {
  const timeout = async (db: Pick<Database, 'query'>) =>
    (await db.query<{ value: string }>("select current_setting('statement_timeout') as value")).rows[0]
      ?.value;

  it('is how long a statement may take: no longer than the event, and no longer than wanted', async () => {
    let leftMs = Number.POSITIVE_INFINITY;
    const db = open({ deadlineMs: () => clockMs + leftMs });
    expect(await timeout(db)).toBe('10s');
    leftMs = 9_300;
    expect(await timeout(db)).toBe('8s');
    expect(await db.transaction(timeout)).toBe('8s');
    leftMs = 2_000;
    expect(await db.transaction(timeout)).toBe('1677ms');
    leftMs = 9_300;
    expect(await timeout(db)).toBe('8s');
  });

  it('is told again after what told it was rolled back', async () => {
    const db = open();
    await failure(db.transaction(async (tx) => tx.query('insert into no_such_table values (1)')));
    expect(await timeout(db)).toBe('10s');
    await failure(
      db.transaction(async () => {
        throw new Error('before anything is sent');
      }),
    );
    expect(await timeout(db)).toBe('10s');
  });

  it('costs no trip of its own: neither the first time, nor when it changes, nor in a transaction', async () => {
    let leftMs = 9_300;
    const db = open({ deadlineMs: () => clockMs + leftMs });
    const trips = async (work: () => Promise<unknown>) => {
      const before = proxy.trips();
      await work();
      return proxy.trips() - before;
    };
    // The start of the session is a trip.
    expect(await trips(() => db.query('select 1', []))).toBe(2);
    for (leftMs of [9_300, 5_000, 600]) {
      expect(await trips(() => db.query('select $1::int', [1]))).toBe(1);
      const inTransaction = (tx: Database) =>
        tx.batch([
          { text: 'insert into notes values ($1)', params: [1] },
          { text: 'select id from notes', params: [] },
        ]);
      expect(await trips(() => db.transaction(inTransaction))).toBe(2);
    }
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
