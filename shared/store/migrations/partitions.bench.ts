/** How long a statement of the version before waits while tables of many rows get their partitions in place. */
import { benchDatabaseUrl, withEmptyDatabase } from '../../../bench/own-database.ts';
import type { BenchResult } from '../../../bench/result.ts';
import type { Database } from '../postgres/database.ts';
import { openPgDatabase } from '../postgres/pg-database.ts';
import { longestWait } from '../testing/longest-wait.ts';
import { migrations } from './index.ts';
import { migrate } from './migrate.ts';

const rows = 400_000;
const allowedMs = 1000;
const unlimited = { statementTimeoutMs: 0, lockTimeoutMs: 0 };

/** Of a year and of thirty days. */
const fill = `
  insert into audit (actor, action, subject, reason, at)
    select 'key:0123456789ab', 'code.modified', substr(md5(n::text), 1, 22), '{"code":"ModifyRequested"}', now() - n * interval '78 seconds'
    from generate_series(1, ${rows}) n;
  insert into events (event_id, type, code_id, app_id, organization, data, occurred_at, fanned_out_at)
    select md5(n::text), 'contract.signed', substr(md5((n % 2000)::text), 1, 22), repeat('a', 32), repeat('o', 32), repeat('x', 300),
      now() - n * interval '6 seconds', now() from generate_series(1, ${rows}) n`;

/** What an act writes, and the first page of the audit trail. */
async function workAsBefore(db: Database, id: string): Promise<void> {
  await db.query('insert into audit (actor, action, subject, reason) values ($1, $2, $3, $4)', [
    'cli',
    'x',
    id,
    '',
  ]);
  await db.query(
    `insert into events (event_id, type, code_id, app_id, organization, data, occurred_at)
     values ($1, 'code.created', 'c', 'app', 'o', '{}', now())`,
    [id],
  );
  await db.query('select subject from audit order by at desc, audit_id desc limit 20', []);
}

export default async function bench(): Promise<BenchResult[]> {
  const url = benchDatabaseUrl('partition/longest-wait');
  if (url === undefined) return [];
  return withEmptyDatabase(url, async (ownUrl) => {
    const [db, other] = [openPgDatabase(ownUrl, unlimited), openPgDatabase(ownUrl, unlimited)];
    try {
      await migrate(db, migrations.slice(0, 18));
      await db.query(fill);
      const { calls, longestMs, tookS } = await longestWait(
        (call) => workAsBefore(other, `while${call}`),
        () => migrate(db, migrations.slice(0, 20)),
      );
      for (const table of ['audit', 'events']) {
        const { rows: found } = await db.query<{ count: number }>(
          `select count(*)::int as count from ${table}`,
        );
        if (found[0]?.count !== rows + calls) throw new Error(`${table} has lost rows`);
      }
      return [
        {
          name: 'partition/longest-wait',
          ratio: longestMs / allowedMs,
          against: `a second, for an event, an entry and a page by the version before, ${calls} times in the ${tookS.toFixed(1)} s in which ${rows} of each got partitions`,
          value: Math.round(longestMs),
          unit: 'ms',
        },
      ];
    } finally {
      await other.close();
      await db.close();
    }
  });
}
