import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { runNode } from '../bench/child.ts';
import { median } from '../bench/measure.ts';
import type { BenchResult } from '../bench/result.ts';
import { bundleSdk } from '../bench/sdk-bundle.ts';

const rounds = 9;

/** What a cold instance pays to load each function, beside what loading the SDK's client would cost: the slowest. */
export default async function bench(): Promise<BenchResult[]> {
  const sdk = await bundleSdk();
  const names = readdirSync('functions', { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'testing')
    .map(({ name }) => name);
  const files = new Map([
    ['sdk', sdk.path],
    ...names.map((name): [string, string] => [name, resolve('dist', name, 'index.js')]),
  ]);
  const added = new Map<string, number[]>([...files.keys()].map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const bareMs = (await runNode(['-e', '0'])).wallMs;
    for (const [name, file] of files) {
      const { wallMs } = await runNode(['-e', `require(${JSON.stringify(file)})`]);
      added.get(name)?.push(wallMs - bareMs);
    }
  }
  const sdkMs = median(added.get('sdk') ?? []);
  const [slowest = '', slowestMs = Number.NaN] =
    names
      .map((name): [string, number] => [name, median(added.get(name) ?? [])])
      .sort(([, one], [, other]) => other - one)[0] ?? [];
  return [
    {
      name: `load/slowest-vs-sdk (${slowest})`,
      ratio: slowestMs / sdkMs,
      against: `what loading the SDK's client adds to a bare start (${sdkMs.toFixed(1)} ms)`,
      value: Number(slowestMs.toFixed(1)),
      unit: 'ms',
    },
  ];
}
