import { resolve } from 'node:path';
import { addedByLoading } from '../../bench/loading.ts';
import type { BenchResult } from '../../bench/result.ts';
import { bundleSdk } from '../../bench/sdk-bundle.ts';

const rounds = 25;

/** What a cold instance pays to load the bundles that people and agents wait for, beside the actions'. */
export default async function bench(): Promise<BenchResult[]> {
  const bundles = { mcp: resolve('dist/mcp/index.js'), console: resolve('dist/console/index.js') };
  const { path: sdk } = await bundleSdk();
  // None opens anything before its first event.
  const added = await addedByLoading({ ...bundles, sdk }, rounds);
  return (['mcp', 'console'] as const).map((name) => ({
    name: `cold/${name}`,
    ratio: added[name] / added.sdk,
    against: `what loading the client of Tencent's SDK adds to a bare start (${added.sdk.toFixed(1)} ms)`,
    value: Number(added[name].toFixed(1)),
    unit: 'ms',
  }));
}
