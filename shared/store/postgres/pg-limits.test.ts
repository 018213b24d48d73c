import { describe, expect, it } from 'vitest';
import { backend, failure, proxiedSuite, unavailable } from '../testing/proxied-suite.ts';
import type { Database } from './database.ts';

const suite = proxiedSuite();

describe('what the server is told', () => {
  const timeout = async (db: Pick<Database, 'query'>) =>
    (await db.query<{ value: string }>("select current_setting('statement_timeout') as value")).rows[0]
      ?.value;

  it('is how long a statement may take: no longer than the event, and no longer than wanted', async () => {
    let leftMs = Number.POSITIVE_INFINITY;
    const db = suite.open({ deadlineMs: () => suite.clockMs + leftMs });
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
    const db = suite.open();
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
    const db = suite.open({ deadlineMs: () => suite.clockMs + leftMs });
    const trips = async (work: () => Promise<unknown>) => {
      const before = suite.proxy.trips();
      await work();
      return suite.proxy.trips() - before;
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
    await suite.direct.query('insert into notes values (1)');
    const db = suite.open({ lockTimeoutMs: 20 });
    await suite.direct.transaction(async (tx) => {
      await tx.query('update notes set id = 2');
      expect(await failure(db.query('update notes set id = 3'))).toMatchObject(unavailable('too busy'));
    });
    expect(await backend(db)).toEqual([{ one: 1 }]);
    expect(suite.proxy.opened()).toBe(1);
    expect((await suite.direct.query('select id from notes')).rows).toEqual([{ id: 2 }]);
  });

  it('gives up a statement that takes too long, and the connection goes on', async () => {
    const db = suite.open({ statementTimeoutMs: 20 });
    expect(await failure(db.query('select pg_sleep(60)'))).toMatchObject(unavailable('too busy'));
    expect(await backend(db)).toEqual([{ one: 1 }]);
    expect(suite.proxy.opened()).toBe(1);
  });

  it('may end a session, and the next statement has a new one', async () => {
    const db = suite.open();
    const pid = async () => (await db.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid;
    const first = await pid();
    await suite.direct.query('select pg_terminate_backend($1)', [first]);
    suite.clockMs += 2_000;
    expect(await pid()).not.toBe(first);
    const running = failure(db.query('select pg_terminate_backend(pg_backend_pid())'));
    expect(await running).toMatchObject(unavailable('starting, stopping'));
    expect(await backend(db)).toEqual([{ one: 1 }]);
  });
});
