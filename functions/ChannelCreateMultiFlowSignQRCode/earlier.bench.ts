import { resolve } from 'node:path';
import { bareEnvironment, runNode } from '../../bench/child.ts';
import { createEvent, openCreateEnvironment } from '../../bench/create-environment.ts';
import { buildEarlier } from '../../bench/earlier-build.ts';
import { median } from '../../bench/measure.ts';
import { benchDatabaseUrl, withEmptyDatabase } from '../../bench/own-database.ts';
import type { BenchResult } from '../../bench/result.ts';

/** The last commit before a create was brought down to four round trips. */
const commit = '13c5953';
const name = `call/create-vs-${commit}`;
const rounds = 7;
const calls = 400;

interface Cost {
  cpuUs: number;
  latencyUs: number;
}

/** What a warm create takes, against what it took at an earlier commit, built and called beside it. */
export default async function bench(): Promise<BenchResult[]> {
  const url = benchDatabaseUrl(name);
  const names = ['ChannelCreateMultiFlowSignQRCode', 'migrate-database'];
  const alias = { pgpass: './shared/store/no-password-file.cjs' };
  const earlier = url && (await buildEarlier({ commit, names, alias, what: name }));
  if (!url || !earlier) return [];
  try {
    return await withEmptyDatabase(url, (ownUrl) =>
      withEmptyDatabase(url, (earlierUrl) =>
        compare({ dist: resolve('dist'), url: ownUrl }, { dist: earlier.dist, url: earlierUrl }),
      ),
    );
  } finally {
    await earlier.dispose();
  }
}

interface Build {
  dist: string;
  url: string;
}

async function compare(own: Build, earlier: Build): Promise<BenchResult[]> {
  const [ours, theirs] = [await openCaller(own), await openCaller(earlier)];
  try {
    const pairs: { ours: Cost; theirs: Cost }[] = [];
    for (let round = 0; round < rounds; round += 1)
      pairs.push({ ours: await ours.call(), theirs: await theirs.call() });
    return [resultOf('', 'latency', pairs, 'latencyUs'), resultOf('/cpu', 'processor time', pairs, 'cpuUs')];
  } finally {
    await Promise.all([ours.close(), theirs.close()]);
  }
}

/** Calls the create function of a build again and again, in a process of its own. */
async function openCaller({ dist, url }: Build): Promise<{ call(): Promise<Cost>; close(): Promise<void> }> {
  const { env, close } = await openCreateEnvironment({ dist, databaseUrl: url });
  const bundle = resolve(dist, 'ChannelCreateMultiFlowSignQRCode/index.js');
  const input = JSON.stringify({ event: createEvent });
  const args = [resolve('dist/bench/caller.mjs'), 'ours', bundle, '1', String(calls), input];
  return {
    call: async () => JSON.parse((await runNode(args, bareEnvironment(env))).output),
    close,
  };
}

function resultOf(
  suffix: string,
  what: string,
  pairs: readonly { ours: Cost; theirs: Cost }[],
  member: keyof Cost,
): BenchResult {
  const theirs = median(pairs.map((pair) => pair.theirs[member]));
  return {
    name: `${name}${suffix}`,
    ratio: median(pairs.map((pair) => pair.ours[member] / pair.theirs[member])),
    against: `${what} of a create at ${commit} (${Math.round(theirs)} µs)`,
    value: Math.round(median(pairs.map(({ ours }) => ours[member]))),
    unit: 'µs',
  };
}
