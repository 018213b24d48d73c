import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { Database } from '../postgres/database.ts';
import { openPgDatabase, type PgOptions } from '../postgres/pg-database.ts';
import { type FaultyProxy, startFaultyProxy } from './faulty-proxy.ts';
import { startWire } from './wire.ts';

interface ProxiedSuite {
  /** Between the databases of {@link ProxiedSuite.open} and the server; new for each test. */
  readonly proxy: FaultyProxy;
  /** The same database, past the proxy; its table `notes` is empty at the begin of a test. */
  readonly direct: Database;
  /** The time of what was opened. */
  clockMs: number;
  /** Open until the test is over. */
  open(options?: PgOptions, early?: Parameters<typeof openPgDatabase>[2]): Database;
}

/** A database behind a proxy that loses what it is told to lose. */
export function proxiedSuite(): ProxiedSuite {
  let opened: Database[] = [];
  const suite: ProxiedSuite = Object.assign(Object.create(null), {
    clockMs: 0,
    open(options: PgOptions = {}, early?: Parameters<typeof openPgDatabase>[2]) {
      const db = openPgDatabase(suite.proxy.url, { nowMs: () => suite.clockMs, ...options }, early);
      opened.push(db);
      return db;
    },
  });
  let wire: Awaited<ReturnType<typeof startWire>>;
  beforeAll(async () => {
    wire = await startWire();
    const direct = openPgDatabase(wire.url);
    await direct.query('create table notes (id int)');
    Object.assign(suite, { direct });
  });
  beforeEach(async () => {
    Object.assign(suite, { clockMs: 1_000_000, proxy: await startFaultyProxy(wire.url) });
  });
  afterEach(async () => {
    await Promise.all(opened.map((db) => db.close()));
    opened = [];
    await suite.proxy.close();
    await suite.direct.query('delete from notes');
  });
  afterAll(async () => {
    await suite.direct.close();
    await wire.dispose();
  });
  return suite;
}

export async function backend(db: Database): Promise<unknown> {
  return (await db.query('select 1 as one')).rows;
}

export async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** `nothing of the statement happened`, or `may have had its effect or not`. */
export const unavailable = (detail: string) => ({
  code: 'DatabaseUnavailable',
  retryAfterS: 2,
  message: expect.stringContaining(detail),
});
