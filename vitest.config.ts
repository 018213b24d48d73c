/**
 * The tests in kinds, by what a file imports: `pure` needs nothing, `database` a database, `processes` starts others,
 * `offline` deploys where there is no network, `story` does what the documents tell a reader to do, `browser` looks at
 * pages in Chromium, `failover` kills servers of its own, `soak` goes on for an hour, and `long` chooses its number of cases. The mode says which of
 * them run, and how:
 *
 * - `test`: all but `story`, `browser`, `failover` and `soak`, on the embedded database; of property and load suites a tenth of their cases
 * - `full`: `long` with all cases, and `story`: what the documents tell a reader to do
 * - `full-beside-postgres`: the same without the files that `postgres` runs with all cases; `.ci/run` runs the two
 * - `browser`: the pages in Chromium, which CHROMIUM_PATH names where it is not found by itself
 * - `postgres`: the suites of the store and of the life of a code, with all cases, on the server of DATABASE_URL
 * - `chaos`: the kill tests in full, on the server of DATABASE_URL; CHAOS_SCHEDULES says how many schedules
 * - `failover`: a primary dies under load, where PostgreSQL's server programs are; FAILOVER_ROUNDS says how often
 * - `soak`: months of virtual time with everything at once, where PostgreSQL's server programs are; SOAK_MINUTES says for how long
 * - `mutation`: the tests of the mutated room, but for those that start processes or play long stories on a database, with
 *   a few random cases, always the same; on the server of DATABASE_URL where that is set, which takes a fraction of the time
 *
 * The seed of whatever is random is printed; QIANMA_TEST_SEED repeats a run.
 */
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { noNetworkPool } from './deploy/testing/no-network-pool.ts';
import { keptThreadPool } from './shared/testing/kept-thread-pool.ts';

/** Those whose files take longest first. */
const kinds = [
  'soak',
  'failover',
  'browser',
  'story',
  'offline',
  'long',
  'processes',
  'database',
  'pure',
] as const;
type Kind = (typeof kinds)[number];

const folders = ['cli', 'client', 'console', 'functions', 'shared', 'local', 'deploy', 'commands', 'docs'];
/** The first that a file imports is its kind; a file that imports none of them is `pure`. */
const signs: readonly [Kind, RegExp][] = [
  ['soak', /\/testing\/soak\/run-soak\.ts'/],
  ['failover', /\/testing\/failover\/run-failover\.ts'/],
  ['browser', /\/testing\/browser\.ts'/],
  ['story', /\/testing\/follow-document\.ts'/],
  ['long', /\/testing\/cases\.ts'/],
  ['offline', /\/testing\/stand-in\.ts'/],
  [
    'processes',
    /'(node:child_process|node:worker_threads|esbuild)'|\/(functions|management|management-suite)\.test\.kit\.ts'/,
  ],
  ['processes', /\/testing\/(platform|platform-suite|own-server|pgbouncer)\.ts'/],
  ['database', /\/testing\/(database|wire|pglite-database|[a-z-]*suite)\.ts'/],
];
const onServer =
  /^(shared\/(store|codes|notifications|delivery)|commands)\/|^functions\/(crowd|database-away)\.test\.ts$/;
/** Runs what `npm run build` makes, on the database of `npm start`. */
const neverOnServer = ['commands/doctor/doctor.test.ts'];
const killTests = 'shared/codes/life/kill.test.ts';

/** The room of `shared/` whose code `npm run mutate` changes. Stryker, which runs vitest then, can name no mode. */
const mutatedRoom = process.env['QIANMA_MUTATED_ROOM'];

const files = [...testFilesIn('.', false), ...folders.flatMap((folder) => testFilesIn(folder, true))];

function testFilesIn(folder: string, recursive: boolean): string[] {
  return readdirSync(join(import.meta.dirname, folder), { recursive, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(folder, name).replaceAll('\\', '/'));
}

function kindOf(file: string): Kind {
  return signs.map(([kind]) => kind).find((kind) => hasSign(file, kind)) ?? 'pure';
}

function hasSign(file: string, ofKind: Kind): boolean {
  const text = readFileSync(join(import.meta.dirname, file), 'utf8');
  return signs.some(([kind, sign]) => kind === ofKind && sign.test(text));
}

const servedFiles = files.filter((file) => onServer.test(file) && !neverOnServer.includes(file));

const ofKind = (kind: Kind) => files.filter((file) => kindOf(file) === kind);

function databaseUrl(): string {
  const url = process.env['DATABASE_URL'];
  if (url === undefined)
    throw new Error('Set DATABASE_URL to a PostgreSQL server on which schemas can be made');
  return url;
}

const seed = process.env['QIANMA_TEST_SEED'] ?? String(randomInt(2 ** 31));

interface ProjectOptions {
  env?: Record<string, string>;
  timeoutMs?: number;
  /** Files whose tests may take longer. */
  long?: { files: readonly string[]; timeoutMs: number };
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Absolute paths of files whose tests may take longer than those of others, and how long. Milliseconds. */
    long: { files: string[]; timeoutMs: number };
  }
}

/** A hanging test is a failing test, but a loaded machine is not: the bounds are far above what any test needs. */
function project(
  name: string,
  include: readonly string[],
  { env = {}, timeoutMs = 60_000, long = { files: [], timeoutMs } }: ProjectOptions = {},
): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      include: [...include],
      // One engine of the embedded database, and one copy of each module, per worker.
      isolate: false,
      setupFiles: ['shared/testing/prepare-file.ts'],
      provide: {
        long: { ...long, files: long.files.map((file) => join(import.meta.dirname, file)) },
      },
      env: { QIANMA_TEST_SEED: seed, ...env },
      testTimeout: timeoutMs,
      hookTimeout: timeoutMs,
    },
  };
}

/**
 * What takes long comes first, so that the workers end at the same time: projects as they are listed, and the files of
 * each by their kind.
 */
class LongestFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const projects = this.ctx.projects.map(({ name }) => name);
    const rank = ({ project, moduleId }: TestSpecification) =>
      projects.indexOf(project.name) * kinds.length +
      kinds.indexOf(kindOf(relative(import.meta.dirname, moduleId)));
    const sorted = await super.sort(specifications);
    return sorted.sort((one, other) => rank(one) - rank(other));
  }
}

/** One test that fails decides about a mutant, and most fail in one that needs no database. */
class ShortestFirst extends LongestFirst {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(specifications)).reverse();
  }
}

const hourMs = 3_600_000;
const all = { QIANMA_TEST_CASES: 'all' };

function full(among: readonly string[]): TestProjectInlineConfiguration[] {
  const options = { env: all, timeoutMs: hourMs };
  return (['long', 'story'] as const).map((kind) =>
    project(
      kind,
      among.filter((file) => kindOf(file) === kind),
      options,
    ),
  );
}

/** Loudly with a network where it cannot be taken away. */
function offline(): TestProjectInlineConfiguration {
  const pool = noNetworkPool();
  const deployments = project('offline', ofKind('offline'), {
    env: { QIANMA_TEST_NETWORK: pool === undefined ? 'any' : 'none' },
    timeoutMs: 240_000,
  });
  if (pool === undefined)
    console.warn('\n!! SKIPPED: no right to `unshare -n`: deployments are tried with a network\n');
  return { test: { ...deployments.test, ...(pool && { pool }) } };
}

const modes: Readonly<Record<string, () => TestProjectInlineConfiguration[]>> = {
  test: () => {
    const long = ofKind('long');
    // One project for all that need nothing of their own: it loads its modules, and starts its database, once per worker.
    const near = [...long, ...ofKind('processes'), ...ofKind('database'), ...ofKind('pure')];
    return [offline(), project('near', near, { long: { files: long, timeoutMs: 300_000 } })];
  },
  full: () => full(files),
  'full-beside-postgres': () => full(files.filter((file) => !servedFiles.includes(file))),
  browser: () => [project('browser', ofKind('browser'), { timeoutMs: 600_000 })],
  soak: () => [project('soak', ofKind('soak'), { timeoutMs: 4 * hourMs })],
  failover: () => [project('failover', ofKind('failover'), { timeoutMs: 2 * hourMs })],
  postgres: () => {
    const env = { ...all, QIANMA_TEST_DATABASE_URL: databaseUrl() };
    return [project('postgres', servedFiles, { env, timeoutMs: hourMs })];
  },
  mutation: () => {
    const own = files.filter((file) => file.startsWith(`${mutatedRoom}/`) && kindOf(file) !== 'processes');
    const include = own.filter((file) => kindOf(file) !== 'long' || !hasSign(file, 'database'));
    const pool = keptThreadPool();
    const few = { QIANMA_TEST_SEED: '1', QIANMA_TEST_CASES: 'few' };
    const server = process.env['DATABASE_URL'];
    const env = server === undefined ? few : { ...few, QIANMA_TEST_DATABASE_URL: server };
    return [
      {
        ...project('mutation', include, { env }),
        // In a hook, since Stryker's own choice of a pool goes before the configuration.
        plugins: [
          {
            name: pool.name,
            configureVitest: ({ project: { config } }) => {
              Object.assign(config, { pool: pool.name, poolRunner: pool });
            },
          },
        ],
      },
    ];
  },
  chaos: () => {
    const env = {
      CHAOS_SCHEDULES: process.env['CHAOS_SCHEDULES'] ?? '1000',
      QIANMA_TEST_DATABASE_URL: databaseUrl(),
    };
    return [project('chaos', [killTests], { env, timeoutMs: hourMs })];
  },
};

export default defineConfig(({ mode: given }) => {
  const mode = mutatedRoom === undefined ? given : 'mutation';
  const projects = (modes[mode] ?? modes['test'])?.() ?? [];
  console.log(`tests: ${mode}, seed ${seed} (QIANMA_TEST_SEED=${seed} repeats it)`);
  const sequencer = mode === 'mutation' ? ShortestFirst : LongestFirst;
  return { test: { maxWorkers: '100%', sequence: { sequencer }, projects } };
});
