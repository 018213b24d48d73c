/** What an entry of the audit trail and a page of it cost among many against few. `BENCH_ROWS` says how many are many. */
import { randomInt } from 'node:crypto';
import { compareGrowth, growthLabel, timed } from '../../../bench/growth.ts';
import { benchDatabaseUrl } from '../../../bench/own-database.ts';
import type { BenchResult } from '../../../bench/result.ts';
import type { Database } from '../postgres/database.ts';
import { analyzeTables } from '../testing/analyze-tables.ts';
import { insertInParts } from '../testing/insert-in-parts.ts';
import { makePastPartitions } from '../testing/past-partitions.ts';
import { prunePartition } from '../testing/prune-partition.ts';
import { dropPartitions } from '../upkeep/partitions.ts';
import { defaultRetention } from '../upkeep/retention.ts';
import { type AuditFilter, auditReads, recordAudit } from './audit.ts';

const many = Number(process.env['BENCH_ROWS'] ?? 500_000);
const subjects = 2000;
const actors = 25;
/** Entries of an act that is rare, however many there are of others. */
const rare = 60;
const limit = 21;
const expired = 1000;

const page = (filter: () => AuditFilter) => ({
  run: (db: Database) =>
    timed(async () => {
      const found = await auditReads(db, Date.now).list(filter(), { after: undefined, limit });
      if (found.length < limit) throw new Error(`a page of ${JSON.stringify(filter())} is not full`);
    }),
});

const operations = {
  'audit-list': page(() => ({})),
  'audit-of-subject': page(() => ({ subject: `c${randomInt(subjects)}` })),
  'audit-of-actor': page(() => ({ actor: `key:${randomInt(actors)}` })),
  'audit-of-rare-act': page(() => ({ action: 'api-key.revoke' })),
  'audit-of-day': page(() => {
    const untilS = Math.floor(Date.now() / 1000) - 86_400 * (20 + randomInt(300));
    return { sinceS: untilS - 86_400, untilS };
  }),
  'audit-entry': {
    run: (db: Database) =>
      timed(() =>
        db.transaction((tx) =>
          recordAudit(tx, {
            actor: `key:${randomInt(actors)}`,
            action: 'code.modified',
            subject: `c${randomInt(subjects)}`,
            reason: '{"code":"ModifyRequested"}',
          }),
        ),
      ),
  },
  /** What is over since the last run: a month of a thousand entries. */
  'audit-prune': {
    calls: 1,
    async run(db: Database) {
      await leaveExpired(db);
      return (await prunePartition(db)).ms;
    },
  },
};

export default async function bench(): Promise<BenchResult[]> {
  const url = benchDatabaseUrl(`audit-…/${growthLabel(many)}-vs-50k`);
  return url === undefined ? [] : compareGrowth(url, { many, of: 'entries', fill, operations });
}

/** Evenly over a year. */
async function fill(db: Database, count: number): Promise<void> {
  await makePastPartitions(db, 'audit', 'month', 13);
  await insertInParts(
    db,
    `insert into audit (at, actor, action, subject, reason)
     select date_trunc('milliseconds', now() - (1 - n / $3::float8) * interval '360 days'), 'key:' || n * 7919 % ${actors},
       case when n % ($3::bigint / ${rare}) = 1 then 'api-key.revoke' else 'code.modified' end,
       'c' || n * 7919 % ${subjects}, '{"code":"ModifyRequested"}'
     from generate_series($1::bigint, $2::bigint) n`,
    count,
  );
  await analyzeTables(db, 'vacuum analyze');
  // Partitions of which everything is past its time already.
  await dropPartitions(db, defaultRetention);
}

async function leaveExpired(db: Database): Promise<void> {
  await db.query(
    `create table audit_202401 partition of audit for values from ('2024-01-01Z') to ('2024-02-01Z');
     insert into audit (actor, action, subject, reason, at)
       select 'cli', 'code.modified', n::text, '', '2024-01-03Z' from generate_series(1, ${expired}) n`,
  );
}
