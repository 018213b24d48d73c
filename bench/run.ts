/** `npm run bench`: every benchmark in turn, as a table and as `dist/bench.json`. */
import { writeFileSync } from 'node:fs';
import call from '../functions/ChannelCreateMultiFlowSignQRCode/call.bench.ts';
import cold from '../functions/ChannelCreateMultiFlowSignQRCode/cold.bench.ts';
import callback from '../functions/callback-handler/callback.bench.ts';
import load from '../functions/load.bench.ts';
import requests from '../local/essbasic/requests.bench.ts';
import renew from '../shared/codes/renewals.bench.ts';
import deliver from '../shared/delivery/deliver.bench.ts';
import store from '../shared/store/register.bench.ts';
import sign from '../shared/tc3/sign.bench.ts';
import type { BenchResult } from './result.ts';

const benchmarks: Readonly<Record<string, () => Promise<BenchResult[]>>> = {
  sign,
  cold,
  load,
  call,
  requests,
  store,
  renew,
  callback,
  deliver,
};

// Node 20 takes 45 ms longer to start where this is set, which would hide what is measured.
delete process.env['NODE_EXTRA_CA_CERTS'];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(
    `There is no benchmark ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}.`,
  );
  process.exit(1);
}

const results: BenchResult[] = [];
for (const [name, bench] of Object.entries(benchmarks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const result of await bench()) {
    results.push(result);
    console.log(line(result));
  }
}
writeFileSync('dist/bench.json', `${JSON.stringify({ results }, null, 2)}\n`);
process.exit(0);

function line({ name, ratio, against, value, unit }: BenchResult): string {
  return `${name.padEnd(36)} ${ratio.toFixed(3).padStart(8)}  ${`${value} ${unit}`.padEnd(24)} against ${against}`;
}
