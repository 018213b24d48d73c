/** How much of upstream's limit the renewal of 10,000 codes uses, and what interactive creates notice of it. */
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startNode } from '../../../bench/child.ts';
import { benchKey, createBody } from '../../../bench/create-environment.ts';
import { assertRenewedOnce, renewedCodes, seedDueCodes } from '../../../bench/due-codes.ts';
import { median } from '../../../bench/measure.ts';
import { benchDatabaseUrl, withDatabase } from '../../../bench/own-database.ts';
import type { BenchResult } from '../../../bench/result.ts';
import {
  emulatedEnvironment,
  forkBench,
  startTimer,
  type TimerProcess,
} from '../../../bench/timer-process.ts';
import type { Database } from '../../store/postgres/database.ts';
import { openPgDatabase } from '../../store/postgres/pg-database.ts';

const codes = 10_000;
const limitPerSecond = 20;
/** The emulator's clock against ours. More, and this machine's processors are the limit instead of upstream. */
const speed = Number(process.env['BENCH_CLOCK_SPEED'] ?? 4);
/** Ticks overlap, and end at different times: three processes, each with one tick after another. */
const tickMs = [14_000, 17_000, 20_000];
/** One interactive create in ten of the limit's slots. */
const interactivePaceMs = (10 / (limitPerSecond * speed)) * 1000;
const aloneMs = 6_000;

export default async function bench(): Promise<BenchResult[]> {
  const url = benchDatabaseUrl('renew/limit-share');
  if (url === undefined) return [];
  return withDatabase(url, async (ownUrl) => {
    const db = openPgDatabase(ownUrl);
    const emulator = await startNode([resolve('dist/bench/emulator-server.mjs'), String(speed)]);
    try {
      return await renewAll(db, emulatedEnvironment(ownUrl, emulator.line, limitPerSecond * speed));
    } finally {
      emulator.child.kill();
      await db.close();
    }
  });
}

async function renewAll(db: Database, env: Record<string, string>): Promise<BenchResult[]> {
  const interactive = startInteractive(env);
  const timers: TimerProcess[] = [];
  try {
    // The first call of a process connects and compiles.
    await sleep(2_000);
    const alone = await interactive.during(() => sleep(aloneMs));
    await seedDueCodes(db, codes);
    timers.push(...tickMs.map((ms) => startTimer(env, ms)));
    await renewedCodes(db, timers, 1);
    const startedMs = performance.now();
    let early: number[] = [];
    const beside = await interactive.during(async () => {
      await renewedCodes(db, timers, codes / 10);
      early = timers.map(({ rss }) => rss());
      await renewedCodes(db, timers, codes);
    });
    const virtualS = ((performance.now() - startedMs) / 1000) * speed;
    const late = timers.map(({ rss }) => rss());
    await assertRenewedOnce(db);
    return results({
      alone,
      beside,
      virtualS,
      growth: late.map((bytes, i) => bytes / (early[i] ?? Number.NaN)),
      late,
    });
  } finally {
    for (const child of [interactive.child, ...timers.map((timer) => timer.child)]) child.kill();
  }
}

interface Figures {
  alone: readonly number[];
  beside: readonly number[];
  virtualS: number;
  growth: readonly number[];
  late: readonly number[];
}

function results({ alone, beside, virtualS, growth, late }: Figures): BenchResult[] {
  const perSecond = (codes + beside.length) / virtualS;
  const most = Math.max(...growth);
  return [
    {
      name: 'renew/limit-share',
      ratio: perSecond / limitPerSecond,
      against: `${limitPerSecond} requests/s, at least 0.95 wanted (${beside.length} interactive ones among them)`,
      value: Math.round(perSecond * 100) / 100,
      unit: 'creates/s of virtual time',
    },
    {
      name: 'renew/interactive-latency',
      ratio: median(beside) / median(alone),
      against: `interactive creates without a renewal (${median(alone).toFixed(1)} ms); a slot is ${(1000 / limitPerSecond / speed).toFixed(1)} ms here`,
      value: Math.round(median(beside) * 10) / 10,
      unit: 'ms',
    },
    {
      name: 'renew/twice',
      ratio: 0,
      against: `${codes} codes, none renewed twice (asserted)`,
      value: 0,
      unit: 'codes',
    },
    {
      name: 'renew/memory',
      ratio: most,
      against: 'memory of the same process after the first tenth, the worst of three',
      value: Math.round((late[growth.indexOf(most)] ?? Number.NaN) / 2 ** 20),
      unit: 'MiB',
    },
  ];
}

function startInteractive(env: Record<string, string>) {
  const bundle = resolve('dist/ChannelCreateMultiFlowSignQRCode/index.js');
  const event = JSON.stringify({
    httpMethod: 'POST',
    path: '/',
    queryString: {},
    headers: { 'content-type': 'application/json', authorization: `Bearer ${benchKey}` },
    body: JSON.stringify(createBody),
  });
  const child = forkBench('interactive-caller', [bundle, event, String(interactivePaceMs)], env);
  let refused = 0;
  let latencies: number[] = [];
  child.on('message', (ms) => {
    if (typeof ms === 'number') latencies.push(ms);
    else refused += 1;
  });
  return {
    child,
    /** Latencies of the creates that were answered while `work` ran, in milliseconds. */
    async during(work: () => Promise<unknown>): Promise<number[]> {
      latencies = [];
      refused = 0;
      await work();
      if (refused > 0 || latencies.length === 0)
        throw new Error(`${refused} interactive creates were refused, ${latencies.length} were answered`);
      return latencies;
    },
  };
}
