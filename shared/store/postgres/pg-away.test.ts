import { describe, expect, it } from 'vitest';
import { backend, failure, proxiedSuite, unavailable } from '../testing/proxied-suite.ts';
import type { PgOptions } from './pg-database.ts';

const suite = proxiedSuite();

describe('a database that is away', () => {
  /** Pauses that pass at once; in the n-th one the database comes back. */
  function awayFor(pauses: number, options: PgOptions = {}) {
    const waited: number[] = [];
    const db = suite.open({
      deadlineMs: () => suite.clockMs + 30_000 - waited.reduce((sum, ms) => sum + ms, 0),
      pause: async (ms) => {
        waited.push(ms);
        if (waited.length === pauses) suite.proxy.lose('nothing');
      },
      ...options,
    });
    return { db, waited };
  }

  it('is tried again with growing pauses until it is back, and the statement runs once', async () => {
    suite.proxy.lose('connections');
    const { db, waited } = awayFor(7);
    await db.query('insert into notes values (1)');
    expect(waited).toEqual([100, 200, 400, 700, 700, 700, 700]);
    expect((await suite.direct.query('select id from notes')).rows).toEqual([{ id: 1 }]);
  });

  it('is waited for by a transaction, too, before its first statement', async () => {
    const { db, waited } = awayFor(2);
    await backend(db);
    suite.proxy.lose('connections');
    await suite.proxy.cut();
    await db.transaction(async (tx) => {
      await tx.query('insert into notes values (2)');
      await tx.query('insert into notes values (3)');
    });
    expect(waited).toEqual([100, 200]);
    expect((await suite.direct.query('select id from notes order by id')).rows).toEqual([
      { id: 2 },
      { id: 3 },
    ]);
  });

  it('is told of when the time of the event leaves no further try', async () => {
    suite.proxy.lose('connections');
    const { db, waited } = awayFor(Number.POSITIVE_INFINITY);
    expect(await failure(backend(db))).toMatchObject(unavailable('nothing was done'));
    const total = waited.reduce((sum, ms) => sum + ms, 0);
    expect(total).toBeLessThan(30_000);
    expect(total).toBeGreaterThan(27_000);
  });

  it('is told of, and not the time, when a machine that is busy wakes after the deadline', async () => {
    suite.proxy.lose('connections');
    const { db, waited } = awayFor(Number.POSITIVE_INFINITY, {
      pause: async (ms) => void waited.push(ms + 40_000),
    });
    expect(await failure(backend(db))).toMatchObject(unavailable('nothing was done'));
    expect(waited).toEqual([40_100]);
  });

  it('is told of at once where nothing says how long to wait', async () => {
    suite.proxy.lose('connections');
    const { db, waited } = awayFor(Number.POSITIVE_INFINITY, {
      deadlineMs: () => Number.POSITIVE_INFINITY,
    });
    expect(await failure(backend(db))).toMatchObject(unavailable('nothing was done'));
    expect(waited).toEqual([]);
  });

  it('is not asked again what may have had its effect', async () => {
    const { db, waited } = awayFor(Number.POSITIVE_INFINITY);
    await backend(db);
    suite.proxy.lose('answers');
    const before = suite.proxy.sentBytes();
    const running = failure(db.query('insert into notes values (4)'));
    while (suite.proxy.sentBytes() === before) await new Promise((resolve) => setImmediate(resolve));
    await suite.proxy.cut();
    expect(await running).toMatchObject(unavailable('may have had its effect or not'));
    expect(waited).toEqual([]);
  });
});
