import { resolve } from 'node:path';
import { bareEnvironment, runNode } from '../../bench/child.ts';
import { createBody, createEvent, openCreateEnvironment } from '../../bench/create-environment.ts';
import { median } from '../../bench/measure.ts';
import type { BenchResult } from '../../bench/result.ts';
import { bundleSdk } from '../../bench/sdk-bundle.ts';

const rounds = 5;
const bundle = resolve('dist/ChannelCreateMultiFlowSignQRCode/index.js');
const loads = [
  { suffix: '', atOnce: 1, calls: 400 },
  { suffix: '/50-at-once', atOnce: 50, calls: 1000 },
] as const;

interface Cost {
  cpuUs: number;
  latencyUs: number;
}

/** What a warm call costs: the whole handler, register included, against the SDK's bare call to the same server. */
export default async function bench(): Promise<BenchResult[]> {
  const sdk = await bundleSdk();
  const { env, upstreamPort, close } = await openCreateEnvironment();
  const input = JSON.stringify({ event: createEvent, body: createBody, port: upstreamPort });
  const caller = async (kind: 'ours' | 'sdk' | 'floor', atOnce: number, calls: number): Promise<Cost> => {
    const path = kind === 'ours' ? bundle : sdk.path;
    const args = [resolve('dist/bench/caller.mjs'), kind, path, String(atOnce), String(calls), input];
    return JSON.parse((await runNode(args, bareEnvironment(env))).output);
  };
  try {
    const results: BenchResult[] = [];
    for (const { suffix, atOnce, calls } of loads) {
      const pairs: { ours: Cost; sdk: Cost }[] = [];
      for (let round = 0; round < rounds; round += 1)
        pairs.push({ ours: await caller('ours', atOnce, calls), sdk: await caller('sdk', atOnce, calls) });
      results.push(compare(`call/create-cpu-vs-sdk${suffix}`, 'processor time', pairs, 'cpuUs'));
      results.push(compare(`call/create-latency-vs-sdk${suffix}`, 'latency', pairs, 'latencyUs'));
    }
    const pairs: { ours: Cost; sdk: Cost }[] = [];
    for (let round = 0; round < rounds; round += 1)
      pairs.push({ ours: await caller('ours', 1, 400), sdk: await caller('floor', 1, 400) });
    const least = 'two bare single-row commits and one bare signed call, one after another';
    const floor = compare('call/create-floor', 'latency', pairs, 'latencyUs');
    return [...results, { ...floor, against: floor.against.replace("the SDK's bare call", least) }];
  } finally {
    await close();
  }
}

function compare(
  name: string,
  what: string,
  pairs: readonly { ours: Cost; sdk: Cost }[],
  member: keyof Cost,
): BenchResult {
  const theirs = median(pairs.map(({ sdk }) => sdk[member]));
  return {
    name,
    ratio: median(pairs.map(({ ours, sdk }) => ours[member] / sdk[member])),
    against: `${what} of the SDK's bare call (${Math.round(theirs)} µs)`,
    value: Math.round(median(pairs.map(({ ours }) => ours[member]))),
    unit: 'µs',
  };
}
