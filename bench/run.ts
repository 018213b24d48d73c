/** `npm run bench`: every benchmark in turn, as a table and as `dist/bench.json`. */
import { writeFileSync } from 'node:fs';
import manyCodes from '../console/many-codes.bench.ts';
import call from '../functions/ChannelCreateMultiFlowSignQRCode/call.bench.ts';
import cold from '../functions/ChannelCreateMultiFlowSignQRCode/cold.bench.ts';
import earlier from '../functions/ChannelCreateMultiFlowSignQRCode/earlier.bench.ts';
import callback from '../functions/callback-handler/callback.bench.ts';
import mutated from '../functions/callback-handler/mutated.bench.ts';
import strangers from '../functions/callback-handler/strangers.bench.ts';
import failover from '../functions/failover.bench.ts';
import load from '../functions/load.bench.ts';
import coldOthers from '../functions/mcp/cold.bench.ts';
import memory from '../functions/memory.bench.ts';
import link from '../functions/stable-link/link.bench.ts';
import usedUp from '../functions/used-up.bench.ts';
import requests from '../local/essbasic/requests.bench.ts';
import start from '../local/essbasic/start.bench.ts';
import distant from '../shared/codes/renewal/distant.bench.ts';
import renew from '../shared/codes/renewal/renewals.bench.ts';
import deliver from '../shared/delivery/sending/deliver.bench.ts';
import poster from '../shared/poster/poster.bench.ts';
import auditGrowth from '../shared/store/access/audit-growth.bench.ts';
import deliveryGrowth from '../shared/store/deliveries/delivery-growth.bench.ts';
import online from '../shared/store/migrations/messages.bench.ts';
import partition from '../shared/store/migrations/partitions.bench.ts';
import contractGrowth from '../shared/store/notifications/contract-growth.bench.ts';
import growth from '../shared/store/notifications/growth.bench.ts';
import store from '../shared/store/register/register.bench.ts';
import prune from '../shared/store/upkeep/prune.bench.ts';
import sign from '../shared/tc3/sign.bench.ts';
import { within } from '../shared/world.ts';
import type { BenchResult } from './result.ts';

const benchmarks: Readonly<Record<string, () => Promise<BenchResult[]>>> = {
  sign,
  cold,
  coldOthers,
  load,
  call,
  earlier,
  link,
  poster,
  start,
  requests,
  store,
  growth,
  contractGrowth,
  deliveryGrowth,
  auditGrowth,
  online,
  partition,
  prune,
  renew,
  distant,
  usedUp,
  callback,
  mutated,
  strangers,
  deliver,
  failover,
  memory,
  manyCodes,
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

/** The longest, with a clock of a quarter of its speed, is over sooner; one that is given millions of rows is not. */
const longestMs = Number(process.env['BENCH_LONGEST_MINUTES'] ?? 15) * 60_000;

// npm passes a signal on to a shell, which passes it on to nobody: who is left behind ends, and all whom it has started.
const parent = process.ppid;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
setInterval(() => process.ppid !== parent && process.exit(1), 1_000).unref();

const results: BenchResult[] = [];
const failed: string[] = [];
for (const [name, bench] of Object.entries(benchmarks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  try {
    for (const result of await within(longestMs, bench(), () => hung(name))) {
      results.push(result);
      console.log(line(result));
    }
  } catch (error) {
    failed.push(name);
    console.error(`FAILED: ${name}`, error);
  }
}
writeFileSync('dist/bench.json', `${JSON.stringify({ results, failed }, null, 2)}\n`);
process.exit(failed.length === 0 ? 0 : 1);

/** What it has started still runs, and would disturb the others. */
function hung(name: string): never {
  console.error(`FAILED: ${name} was not over after ${longestMs / 60_000} minutes`);
  process.exit(1);
}

function line({ name, ratio, against, value, unit }: BenchResult): string {
  return `${name.padEnd(36)} ${ratio.toFixed(3).padStart(8)}  ${`${value} ${unit}`.padEnd(24)} against ${against}`;
}
