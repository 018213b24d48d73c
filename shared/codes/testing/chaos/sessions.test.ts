import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../store/testing/database.ts';
import { forSessionsNamed, sessionsEnded } from './sessions.ts';

const name = `sessions ${process.pid}`;

// The embedded database has one session for everybody.
describe.runIf(process.env['QIANMA_TEST_DATABASE_URL'])('sessions of somebody who has died', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase({ migrated: false });
    await test.db.query('create table marks (n int)');
  });
  afterAll(() => test.dispose());

  it('are waited for until what they were asked for is done', async () => {
    const mortal = new pg.Client(forSessionsNamed(test.url ?? '', name));
    mortal.on('error', () => undefined);
    await mortal.connect();
    let ended: Promise<void> | undefined;
    await test.db.transaction(async (tx) => {
      await tx.query('lock table marks in exclusive mode');
      mortal.query('insert into marks values (1)').catch(() => undefined);
      const other = await test.connect();
      const isWaiting = async () =>
        (
          await other.query(
            "select 1 from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock'",
            [name],
          )
        ).rows.length;
      await expect.poll(isWaiting).toBe(1);
      // As SIGKILL leaves it: without a word to the server.
      await mortal.end().catch(() => undefined);
      ended = sessionsEnded(other, name);
    });
    await ended;
    expect((await test.db.query('select n from marks')).rows).toEqual([{ n: 1 }]);
  });
});
