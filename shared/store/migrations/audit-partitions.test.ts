import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditReads, recordAudit } from '../access/audit.ts';
import type { Database } from '../postgres/database.ts';
import { cutOffAfter } from '../testing/cut-off.ts';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { prune } from '../upkeep/retention.ts';
import { migrations } from './index.ts';
import { migrate } from './migrate.ts';

const before = migrations.filter(({ number }) => number < 19);
const until19 = migrations.filter(({ number }) => number <= 19);

let test: TestDatabase;
/** A connection of the version before, which waits for no lock for a second. */
let connection: Database;
let older: ReturnType<typeof olderAudit>;

beforeEach(async () => {
  test = await testDatabase({ migrated: false });
  await migrate(test.db, before);
  connection = await test.connect();
  // On PGlite the one session is shared.
  if (test.url !== undefined) await connection.query("set lock_timeout = '1s'");
  older = olderAudit(connection);
});
afterEach(() => test.dispose());

/** What a version before migration 19 says to the database about the audit trail, word for word. */
function olderAudit(db: Database) {
  return {
    async record(subject: string) {
      const text = 'insert into audit (actor, action, subject, reason) values ($1, $2, $3, $4) ';
      await db.query(text, ['cli', 'x', subject, 'asked for'], { prepared: true });
    },
    async list() {
      const { rows } = await db.query<{ subject: string }>(
        `select a.audit_id as "auditId", a.subject from (select * from audit a where true
         order by at desc, audit_id desc limit 1000) a order by a.at desc, a.audit_id desc`,
      );
      return rows.map(({ subject }) => subject);
    },
    async prune() {
      const { rowCount } = await db.query(
        `delete from audit where (audit_id) in (
         select audit_id from audit where at <= now() - $1 * interval '1 second' and true
         order by at limit $2 for update skip locked)`,
        [365 * 86_400, 500],
      );
      return rowCount;
    },
  };
}

async function recordDaysAgo(subject: string, days: number): Promise<void> {
  await test.db.query(
    `insert into audit (actor, action, subject, reason, at)
     values ('cli', 'x', $1, '', now() - $2 * interval '1 day')`,
    [subject, days],
  );
}

const listed = async () => {
  const entries = await auditReads(test.db, Date.now).list({}, { after: undefined, limit: 1000 });
  return entries.map(({ subject }) => subject);
};

/** Partitions with how many entries each has. */
async function places(): Promise<Record<string, number>> {
  const { rows } = await test.db.query<{ place: string; count: number }>(
    'select tableoid::regclass::text as place, count(*)::int as count from audit group by 1',
  );
  return Object.fromEntries(rows.map(({ place, count }) => [place, count]));
}

describe('an audit trail that is in use', () => {
  it('gets its partitions while an older version goes on, and no entry is lost', async () => {
    for (let n = 0; n < 30; n += 1) await recordDaysAgo(`before${n}`, 330 - 10 * n);
    const recorded: string[] = [];
    let isOver = false;
    const atWork = (async () => {
      for (let n = 0; !isOver || n < 3; n += 1) {
        // A lock that is not to be had within a second, or a statement that is refused, fails the test.
        await older.record(`while${n}`);
        recorded.push(`while${n}`);
        expect(await older.list()).toHaveLength(30 + recorded.length);
        expect(await older.prune()).toBe(0);
        await sleep(5);
      }
    })();
    await migrate(test.db, until19);
    isOver = true;
    await atWork;
    await recordAudit(test.db, { actor: 'cli', action: 'x', subject: 'after', reason: '' });
    recorded.push('after');
    expect((await listed()).sort()).toEqual(
      [...recorded, ...Array.from({ length: 30 }, (_, n) => `before${n}`)].sort(),
    );
    expect(await older.list()).toEqual(await listed());
    expect(await places()).toEqual({ audit_0: 30 + recorded.length });
    // None was built while it was attached.
    const { rows } = await test.db.query<{ name: string }>(
      "select indexrelid::regclass::text as name from pg_index where indrelid = 'audit_0'::regclass order by 1",
    );
    expect(rows.map(({ name }) => name)).toEqual(['audit_newest_0', 'audit_of_subject_0', 'audit_pkey']);
  });

  it('is migrated to the end, wherever it was cut off', async () => {
    for (let n = 0; n < 5; n += 1) await older.record(`old${n}`);
    let cuts = 0;
    while (!(await cutOffAfter(cuts, test.db, (db) => migrate(db, until19)))) {
      // Whoever is cut off leaves a register in which the older version goes on.
      await older.record(`cut${cuts}`);
      cuts += 1;
    }
    expect(cuts).toBeGreaterThan(20);
    expect(await listed()).toHaveLength(5 + cuts);
    const { rows } = await test.db.query(
      "select from pg_inherits where inhparent = 'audit'::regclass and inhrelid::regclass::text ~ '^audit_[0-9]'",
    );
    // The one that was there goes on for a month or two: of the three months from now one or two are made.
    expect([2, 3]).toContain(rows.length);
  });

  it('stays open to an account that has rows alone, with the same rights', async () => {
    await older.record('before');
    const role = `qianma_rows_${randomBytes(4).toString('hex')}`;
    await test.db.query(
      `create role ${role};
       do $$ begin execute format('grant usage on schema %I to ${role}', current_schema()); end $$;
       grant select, insert on audit to ${role}; grant delete on audit to ${role} with grant option`,
    );
    await migrate(test.db, until19);
    const { rows } = await test.db.query<{ rights: string }>(
      `select string_agg(privilege_type || case when is_grantable then '!' else '' end, ' ' order by privilege_type) as rights
       from pg_class, aclexplode(relacl) where oid = 'audit'::regclass and pg_get_userbyid(grantee) = $1`,
      [role],
    );
    expect(rows).toEqual([{ rights: 'DELETE! INSERT SELECT' }]);
    await test.db.query(`set role ${role}`);
    await older.record('after');
    expect(await older.list()).toEqual(['after', 'before']);
    await test.db.query(`reset role; drop owned by ${role}; drop role ${role}`);
  });
});

describe('the partition that the table of before became', () => {
  it('is dropped when its end is past its time, and until then entries in it go one by one', async () => {
    await recordDaysAgo('396 days', 396);
    await recordDaysAgo('398 days', 398);
    await migrate(test.db, until19);
    const endless = { deadlineMs: Number.POSITIVE_INFINITY, batch: 10 };
    const first = await prune(test.db, endless);
    expect(first).toMatchObject({ deleted: { audit: 1 }, partitions: { dropped: 0 } });
    expect(await listed()).toEqual(['396 days']);
    // As if its end, which is two months off at the most, were long ago.
    await test.db.query(
      `alter table audit detach partition audit_0; alter table audit_0 drop constraint audit_until;
       update audit_0 set at = '2023-12-31Z';
       alter table audit attach partition audit_0 for values from (minvalue) to ('2024-01-01Z')`,
    );
    const second = await prune(test.db, endless);
    expect(second).toMatchObject({ deleted: { audit: 0 }, partitions: { dropped: 1 } });
    expect(await listed()).toEqual([]);
  });
});
