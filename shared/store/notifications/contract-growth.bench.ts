/** What contracts cost among many against few. `BENCH_ROWS` says how many are many. */
import { randomInt } from 'node:crypto';
import { compareGrowth, growthLabel, timed } from '../../../bench/growth.ts';
import { benchDatabaseUrl } from '../../../bench/own-database.ts';
import type { BenchResult } from '../../../bench/result.ts';
import type { ContractFilter } from '../../notifications/reading-ports.ts';
import type { Database } from '../postgres/database.ts';
import { analyzeTables } from '../testing/analyze-tables.ts';
import { insertInParts } from '../testing/insert-in-parts.ts';
import { insertScannedCodes, postMessage, qrCodeOf, upstreamId } from '../testing/posted-messages.ts';
import { pruneOldest } from '../testing/prune-oldest.ts';
import { withoutIndexes } from '../testing/without-indexes.ts';
import { contractLists } from './contract-lists.ts';

const many = Number(process.env['BENCH_ROWS'] ?? 500_000);
/** So few that each has a page of contracts among few, too. */
const codes = 2000;
const organizations = 199;
const limit = 21;
/** The newest of each eight are not signed yet. */
const openOf = 8;

const page = (organization: boolean, filter: () => ContractFilter) => ({
  run: (db: Database) =>
    timed(async () => {
      const own = { appId: 'app', organizations: [`o${randomInt(organizations)}`] };
      const scope = organization ? own : null;
      const found = await contractLists(db).list(filter(), { scope, after: undefined, limit });
      if (found.length < limit) throw new Error(`a page of ${JSON.stringify(filter())} is not full`);
    }),
});

/** By database: open contracts that were not signed by a measurement before. */
const signed = new WeakMap<Database, number>();

const operations = {
  'contracts-list': page(false, () => ({})),
  'contracts-of-organization': page(true, () => ({})),
  'contracts-of-code': page(false, () => ({ codeId: `c${1 + randomInt(codes)}` })),
  'contracts-unfinished': page(true, () => ({ unfinished: true })),
  'contracts-ended': page(true, () => ({ state: 'ALL' })),
  /** One is started, and one that was started before is signed. */
  'contracts-follow': {
    async run(db: Database, count: number) {
      const place = signed.get(db) ?? 0;
      signed.set(db, place + 1);
      const open = count / openOf;
      // A prime: none comes twice.
      const FlowId = await flowIdOf(db, count - 1 - ((place * 7919) % open));
      const code = { QrCodeId: qrCodeOf(1 + randomInt(codes)) };
      return (
        (await timed(() => postMessage(db, 'MultiFlowSignQrCodeCost', { ...code, FlowId: upstreamId() }))) +
        (await timed(() => postMessage(db, 'FlowStatusChange', { FlowId, FlowCallbackStatus: 4 })))
      );
    },
  },
  'contracts-prune': {
    calls: 1,
    rounds: 11,
    run: (db: Database) => pruneOldest(db, 'contracts', 500),
  },
};

export default async function bench(): Promise<BenchResult[]> {
  const url = benchDatabaseUrl(`contracts-…/${growthLabel(many)}-vs-50k`);
  return url === undefined ? [] : compareGrowth(url, { many, of: 'contracts', fill, operations });
}

const flowIdSql = (n: string) => `'y' || substr(md5('flow' || ${n}), 1, 31)`;

async function flowIdOf(db: Database, n: number): Promise<string> {
  const { rows } = await db.query<{ id: string }>(`select ${flowIdSql('$1::text')} as id`, [n]);
  return rows[0]?.id ?? '';
}

/** Evenly over the two years for which they are kept. */
async function fill(db: Database, count: number): Promise<void> {
  await insertScannedCodes(db, { codes, organizations });
  await withoutIndexes(db, ['contracts'], async () => {
    await insertInParts(
      db,
      `insert into contracts (flow_id, app_id, organization, code_id, generation, link, state, charged, started_at,
         state_at, deadline_at, updated_at)
       select ${flowIdSql('n')}, 'app', 'o' || code % ${organizations}, 'c' || code, 1, 'certain',
         case when is_open then 'INIT' when n / ${codes} % 20 = 0 then 'DEADLINE' when n / ${codes} % 50 = 1 then 'REJECT' else 'ALL' end, true,
         at, changed, at + interval '7 days', changed
       from generate_series($1::bigint, $2::bigint) n
       cross join lateral (select now() - (1 - n / $3::float8) * interval '720 days' as at, n >= $3 - $3 / ${openOf} as is_open,
         1 + n * 7919 % ${codes} as code) t
       cross join lateral (select case when is_open then at else at + n % 96 * interval '1 hour' end as changed) u`,
      count,
    );
  });
  await analyzeTables(db, 'vacuum analyze');
}
