import { describe, expect, it } from 'vitest';
import { backend, failure, proxiedSuite, unavailable } from '../testing/proxied-suite.ts';
import type { Database } from './database.ts';
import type { EarlySession } from './early-session.ts';
import { connectEarly, type PgOptions } from './pg-database.ts';

const suite = proxiedSuite();

describe('a connection that is opened early', () => {
  const openWith = (early: EarlySession, options: PgOptions = {}): Database =>
    suite.open({ nowMs: Date.now, ...options }, early);

  it('is the one that the first statement uses', async () => {
    const early = connectEarly(suite.proxy.url);
    const db = openWith(early);
    await Promise.all([backend(db), backend(db)]);
    expect(suite.proxy.opened()).toBe(1);
    expect(await early.take(1_000)).toBeUndefined();
  });

  it('is opened again when the server has closed it meanwhile, before or while it is taken', async () => {
    const early = connectEarly(suite.proxy.url);
    const db = openWith(early);
    while (suite.proxy.trips() < 1) await new Promise((resolve) => setImmediate(resolve));
    await suite.proxy.cut();
    await db.query('insert into notes values (1)');
    expect((await suite.direct.query('select id from notes')).rows).toEqual([{ id: 1 }]);
    expect(suite.proxy.opened()).toBe(2);
  });

  it('is asked whether it lives when it has been idle for more than a second', async () => {
    const early = connectEarly(suite.proxy.url);
    const later = Date.now() + 5_000;
    const db = openWith(early, { nowMs: () => later, livenessTimeoutMs: 20 });
    while (suite.proxy.trips() < 1) await new Promise((resolve) => setImmediate(resolve));
    const { session = undefined } = (await early.take(10_000)) ?? {};
    expect(session?.isClosed()).toBe(false);
    const again = openWith(
      { ...early, take: async () => session && { session, openedAtMs: later - 5_000 } },
      {
        nowMs: () => later,
        livenessTimeoutMs: 20,
      },
    );
    suite.proxy.lose('everything');
    const written = again.query('insert into notes values (2)');
    while (suite.proxy.opened() === 1) await new Promise((resolve) => setImmediate(resolve));
    suite.proxy.lose('nothing');
    await written;
    expect((await suite.direct.query('select id from notes')).rows).toEqual([{ id: 2 }]);
    expect(await backend(db)).toEqual([{ one: 1 }]);
  });

  it('that did not come about is told of as if it had never been tried', async () => {
    suite.proxy.lose('connections');
    const early = connectEarly(suite.proxy.url);
    const db = openWith(early);
    expect(await failure(backend(db))).toMatchObject(unavailable('nothing was done'));
    suite.proxy.lose('nothing');
    expect(await backend(db)).toEqual([{ one: 1 }]);
  });

  it('is not waited for beyond the time of the event', async () => {
    suite.proxy.lose('answers');
    const early = connectEarly(suite.proxy.url);
    const endMs = Date.now() + 50;
    const db = openWith(early, { deadlineMs: () => endMs });
    expect(await failure(backend(db))).toMatchObject({ code: expect.stringMatching(/Deadline|Unavailable/) });
  });
});
