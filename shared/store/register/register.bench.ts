/** What a million codes cost against ten thousand, and the ten-thousandth page against the first. */
import { randomInt, randomUUID } from 'node:crypto';
import { median } from '../../../bench/measure.ts';
import { benchDatabaseUrl, withDatabase } from '../../../bench/own-database.ts';
import type { BenchResult } from '../../../bench/result.ts';
import type { ListFilter } from '../../codes/reading/ports.ts';
import type { ListPosition } from '../../list-cursor.ts';
import type { Database } from '../postgres/database.ts';
import { openPgDatabase } from '../postgres/pg-database.ts';
import { analyzeTables } from '../testing/analyze-tables.ts';
import { insertManyCodes } from '../testing/many-codes.ts';
import { createRegister } from '../testing/register.ts';

const many = 1_000_000;
const few = 10_000;
/** A prime: no organisation has all of what comes with every hundredth code. */
const organizations = 199;
const pageSize = 100;
const deepPage = 10_000;
const rounds = 41;
/** Each round takes the mean of so many, each of another code: one is too short to be timed. */
const callsPerRound = 5;

type Operation = (db: Database, count: number) => Promise<number>;

/** The operations of `store/1m-vs-10k`: each gives its time in milliseconds. */
const operations = {
  'first-page': (db) => timed(() => page(db, {})),
  'first-page-of-organization': (db) =>
    timed(() => page(db, { organization: `o${randomInt(organizations)}` })),
  'by-code-id': (db, count) => timed(() => found(db, 'CodeId', `c${1 + randomInt(count)}`)),
  'by-qr-code-id': (db, count) => timed(() => found(db, 'QrCodeId', `q${1 + randomInt(count)}`)),
  'by-slug': (db, count) => timed(() => found(db, 'Slug', `s${1 + randomInt(count)}`)),
  'due-scan': (db) => claimAndRollBack(db),
} as const satisfies Record<string, Operation>;

// The keys of a constant of that type.
const names = Object.keys(operations) as (keyof typeof operations)[];

export default async function bench(): Promise<BenchResult[]> {
  const url = benchDatabaseUrl('store/1m-vs-10k and store/page-10000-vs-1');
  if (url === undefined) return [];
  return withDatabase(url, (largeUrl) =>
    withDatabase(url, async (smallUrl) => {
      const large = openPgDatabase(largeUrl, { statementTimeoutMs: 0 });
      const small = openPgDatabase(smallUrl, { statementTimeoutMs: 0 });
      try {
        const newestS = Math.floor(Date.now() / 1000);
        await fill(large, many, newestS);
        await fill(small, few, newestS);
        return [...(await compareSizes(large, small)), await comparePages(large, newestS)];
      } finally {
        await large.close();
        await small.close();
      }
    }),
  );
}

/** One successful create in the journal for each code; one organisation in fifty waits for quota. */
async function fill(db: Database, count: number, newestS: number): Promise<void> {
  await insertManyCodes(db, { count, organizations, newestS });
  await db.query(
    `insert into attempts (attempt_id, code_id, app_id, organization, operator, generation, kind, state, qr_code_id,
       possible_orphan, lease_token, failures, reason, planned_at, settled_at)
     select 'a' || code_id, code_id, app_id, organization, operator, 1, 'create', 'succeeded', 'q' || substr(code_id, 2),
       false, 0, 0, '{}', created_at, created_at from codes`,
  );
  await db.query(
    `insert into organizations (app_id, organization, quota_state, since, reason, probe_at, probe_failures)
     select 'app', 'o' || n, case when n % 50 = 0 then 'blocked' else 'ok' end, to_timestamp($1), '{"code":"Created"}',
       case when n % 50 = 0 then to_timestamp($1) + interval '1 hour' end, 0 from generate_series(0, $2::int - 1) n`,
    [newestS, organizations],
  );
  await db.query(
    `update codes c set held = true from organizations o
     where o.organization = c.organization and o.quota_state = 'blocked' and c.due_at <= to_timestamp($1)`,
    [newestS],
  );
  await analyzeTables(db, 'vacuum analyze');
}

async function compareSizes(large: Database, small: Database): Promise<BenchResult[]> {
  const times = new Map(names.map((name) => [name, { large: [] as number[], small: [] as number[] }]));
  for (let round = -3; round < rounds; round += 1) {
    for (const name of names) {
      const of = operations[name];
      const ofLarge = () => mean(() => of(large, many));
      const ofSmall = () => mean(() => of(small, few));
      // Turned round by round: who comes second finds a warmer processor.
      const [first, second] = round % 2 === 0 ? [ofLarge, ofSmall] : [ofSmall, ofLarge];
      const [one, two] = [await first(), await second()];
      // The first rounds warm up.
      if (round < 0) continue;
      times.get(name)?.large.push(round % 2 === 0 ? one : two);
      times.get(name)?.small.push(round % 2 === 0 ? two : one);
    }
  }
  const single = names.map((name): BenchResult => {
    const taken = times.get(name) ?? { large: [], small: [] };
    return {
      name: `store/1m-vs-10k/${name}`,
      ratio: median(taken.large) / median(taken.small),
      against: `the same among 10,000 codes (${median(taken.small).toFixed(2)} ms), 2 allowed`,
      value: rounded(median(taken.large)),
      unit: 'ms',
    };
  });
  const slowest = single.reduce((a, b) => (b.ratio > a.ratio ? b : a));
  return [
    { ...slowest, name: 'store/1m-vs-10k', against: `${slowest.name}, the slowest, 2 allowed` },
    ...single,
  ];
}

async function comparePages(db: Database, newestS: number): Promise<BenchResult> {
  const last = many - (deepPage - 1) * pageSize + 1;
  const position = { atMs: (newestS - (many - last)) * 1000, id: `c${last}` };
  const deep: number[] = [];
  const first: number[] = [];
  for (let round = -3; round < rounds; round += 1) {
    const ofFirst = await mean(() => timed(() => page(db, {})));
    const ofDeep = await mean(() => timed(() => page(db, {}, position)));
    if (round < 0) continue;
    first.push(ofFirst);
    deep.push(ofDeep);
  }
  return {
    name: 'store/page-10000-vs-1',
    ratio: median(deep) / median(first),
    against: `page 1 of 1,000,000 codes (${median(first).toFixed(2)} ms), 1.5 allowed`,
    value: rounded(median(deep)),
    unit: 'ms',
  };
}

async function page(db: Database, filter: ListFilter, after?: ListPosition): Promise<void> {
  const request = { scope: null, after, limit: pageSize, generations: 5 };
  const records = await createRegister(db).list(filter, request);
  // An empty page is fast, and must not pass for one.
  const least = filter.organization === undefined ? pageSize : Math.floor(few / organizations);
  if (records.length < least) throw new Error(`a page holds ${records.length} codes`);
}

async function found(db: Database, by: 'CodeId' | 'QrCodeId' | 'Slug', value: string): Promise<void> {
  if ((await createRegister(db).find({ by, value }, null)) === undefined) throw new Error(`no code ${value}`);
}

/** Claims as the timer does, and gives back what it claimed: every time finds the same. */
async function claimAndRollBack(db: Database): Promise<number> {
  const rolledBack = randomUUID();
  let ms = Number.NaN;
  try {
    await db.transaction(async (tx) => {
      ms = await timed(async () => {
        const claims = await createRegister(tx).claimDue(Math.floor(Date.now() / 1000), 16, 30_000);
        if (claims.length !== 16) throw new Error(`${claims.length} codes are due`);
      });
      throw new Error(rolledBack);
    });
  } catch (error) {
    if (!(error instanceof Error) || error.message !== rolledBack) throw error;
  }
  return ms;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function mean(once: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let call = 0; call < callsPerRound; call += 1) total += await once();
  return total / callsPerRound;
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
