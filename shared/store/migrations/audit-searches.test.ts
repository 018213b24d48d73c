import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { recordAudit } from '../access/audit.ts';
import { cutOffAfter } from '../testing/cut-off.ts';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { makePartitions } from '../upkeep/partitions.ts';
import { migrations } from './index.ts';
import { migrate } from './migrate.ts';

const before = migrations.filter(({ number }) => number < 21);
const until21 = migrations.filter(({ number }) => number <= 21);

let test: TestDatabase;

beforeEach(async () => {
  test = await testDatabase({ migrated: false });
  await migrate(test.db, before);
});
afterEach(() => test.dispose());

const entry = (subject: string) => ({ actor: 'cli', action: 'x', subject, reason: '' });

/** Partitions that lack an index of the trail, or whose own index is not part of it. */
async function unindexed(): Promise<string[]> {
  const { rows } = await test.db.query<{ part: string }>(
    `select p.inhrelid::regclass::text as part from pg_inherits p where p.inhparent = 'audit'::regclass and 4 <> (
       select count(*) from pg_index i join pg_inherits a on a.inhrelid = i.indexrelid
       join pg_index whole on whole.indexrelid = a.inhparent and whole.indisvalid where i.indrelid = p.inhrelid)`,
  );
  return rows.map(({ part }) => part);
}

it('gives every partition its indexes while entries are written, and those to come theirs', async () => {
  const other = await test.connect();
  // On PGlite the one session is shared.
  if (test.url !== undefined) await other.query("set lock_timeout = '1s'");
  let isOver = false;
  const atWork = (async () => {
    for (let n = 0; !isOver || n < 3; n += 1) {
      // A lock that is not to be had within a second fails the test.
      await recordAudit(other, entry(`while${n}`));
      await sleep(5);
    }
  })();
  await migrate(test.db, until21);
  isOver = true;
  await atWork;
  expect(await unindexed()).toEqual([]);
  // Built by themselves before they became part of the trail's.
  const { rows } = await test.db.query<{ name: string }>(
    "select indexrelid::regclass::text as name from pg_index where indrelid = 'audit_default'::regclass",
  );
  expect(rows.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['audit_default_of_action', 'audit_default_of_actor']),
  );
  const { rows: made } = await test.db.query<{ part: string }>(
    "select max(inhrelid::regclass::text) as part from pg_inherits where inhparent = 'audit'::regclass and inhrelid::regclass::text ~ '^audit_[0-9]'",
  );
  await test.db.query(`drop table ${made[0]?.part}`);
  expect(await makePartitions(test.db)).toBe(1);
  expect(await unindexed()).toEqual([]);
});

it('is migrated to the end, wherever it was cut off', async () => {
  let cuts = 0;
  while (!(await cutOffAfter(cuts, test.db, (db) => migrate(db, until21)))) {
    await recordAudit(test.db, entry(`cut${cuts}`));
    cuts += 1;
  }
  expect(cuts).toBeGreaterThan(10);
  expect(await unindexed()).toEqual([]);
});
