/** How much of upstream's limit the renewal of 10,000 codes uses, and what interactive creates notice of it. */
import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bareEnvironment, startNode } from '../../bench/child.ts';
import { benchKey, createBody } from '../../bench/create-environment.ts';
import { median } from '../../bench/measure.ts';
import { benchDatabaseUrl, withDatabase } from '../../bench/own-database.ts';
import type { BenchResult } from '../../bench/result.ts';
import { credentials } from '../../local/essbasic/seeds/credentials.ts';
import type { Database } from '../store/database.ts';
import { openPgDatabase } from '../store/pg-database.ts';
import { defaultPolicy } from './renewal-policy.ts';

const codes = 10_000;
const limitPerSecond = 20;
/** The emulator's clock against ours. More, and this machine's processors are the limit instead of upstream. */
const speed = Number(process.env['BENCH_CLOCK_SPEED'] ?? 4);
/** Ticks overlap, and end at different times: three processes, each with one tick after another. */
const tickMs = [14_000, 17_000, 20_000];
/** One interactive create in ten of the limit's slots. */
const interactivePaceMs = (10 / (limitPerSecond * speed)) * 1000;
const aloneMs = 6_000;
const mostMs = 180_000;

export default async function bench(): Promise<BenchResult[]> {
  const url = benchDatabaseUrl('renew/limit-share');
  if (url === undefined) return [];
  return withDatabase(url, async (ownUrl) => {
    const db = openPgDatabase(ownUrl);
    const emulator = await startNode([resolve('dist/bench/emulator-server.mjs'), String(speed)]);
    try {
      return await renewAll(db, environment(ownUrl, emulator.line));
    } finally {
      emulator.child.kill();
      await db.close();
    }
  });
}

async function renewAll(db: Database, env: Record<string, string>): Promise<BenchResult[]> {
  const interactive = startInteractive(env);
  const timers: Timer[] = [];
  try {
    // The first call of a process connects and compiles.
    await sleep(2_000);
    const alone = await interactive.during(() => sleep(aloneMs));
    await seed(db);
    timers.push(...tickMs.map((ms) => startTimer(env, ms)));
    await renewedCount(db, timers, 1);
    const startedMs = performance.now();
    let early: number[] = [];
    const beside = await interactive.during(async () => {
      await renewedCount(db, timers, codes / 10);
      early = timers.map(({ rss }) => rss());
      await renewedCount(db, timers, codes);
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

function environment(databaseUrl: string, emulatorPort: string): Record<string, string> {
  return bareEnvironment({
    API_KEY_HASH: createHash('sha256').update(benchKey).digest('hex'),
    DATABASE_URL: databaseUrl,
    ESS_APP_ID: createBody.Agent.AppId,
    ESS_ENDPOINT: `http://127.0.0.1:${emulatorPort}`,
    ESS_REQUESTS_PER_SECOND: String(limitPerSecond * speed),
    ESS_SECRET_ID: credentials[0].secretId,
    ESS_SECRET_KEY: credentials[0].secretKey,
    PUBLIC_BASE_URL: 'http://127.0.0.1:9000',
  });
}

/** Codes whose one generation ends within the hour: due since yesterday. */
async function seed(db: Database): Promise<void> {
  const { Agent, ...request } = createBody;
  await db.query(
    `insert into codes (code_id, slug, app_id, organization, operator, template_id, flow_name, request, max_flow_num,
       life_s, labels, policy, state, reason, version, generation, generations_made, committed, expires_at, due_at, held,
       renew_requested, failures, lease_token, search_text, search_grams, created_at, updated_at)
     select 'bench' || n, 'slug' || n, $2, $3, $4, $5, $6, $7, $8::int, 604800, '{}', $9, 'Active', '{"code":"Created"}', 1, 1,
       1, $8::int, now() + interval '1 hour', now() - interval '1 day' + n * interval '1 second', false, false, 0, 0, '', '{}',
       now() - interval '7 days', now() - interval '7 days' from generate_series(1, $1::int) n`,
    [
      codes,
      Agent.AppId,
      Agent.ProxyOrganizationOpenId,
      Agent.ProxyOperator.OpenId,
      request.TemplateId,
      request.FlowName,
      JSON.stringify(request),
      request.MaxFlowNum,
      JSON.stringify(defaultPolicy),
    ],
  );
  await db.query(
    `insert into generations (code_id, number, qr_code_id, urls, max_flow_num, used, state, created_at, expires_at)
     select code_id, 1, 'before' || code_id, '{"QrCodeUrl":"","AppSignUrl":"","HttpSignUrl":""}', max_flow_num, 0, 'live',
       created_at, expires_at from codes where code_id like 'bench%'`,
  );
  await db.query('analyze codes; analyze generations');
}

/** Resolves when so many are renewed; throws when a process has ended or time is over. */
async function renewedCount(db: Database, timers: readonly Timer[], wanted: number): Promise<void> {
  const untilMs = performance.now() + mostMs;
  for (;;) {
    const { rows } = await db.query<{ count: number }>(
      "select count(*)::int as count from generations where number = 2 and code_id like 'bench%'",
    );
    const count = rows[0]?.count ?? 0;
    if (count >= wanted) return;
    if (performance.now() > untilMs) throw new Error(`${count} of ${wanted} codes are renewed`);
    if (timers.some(({ child }) => child.exitCode !== null)) throw new Error('a timer process has ended');
    await sleep(100);
  }
}

/** Every code has its second generation and no third, one that lives, and one create in the journal that made it. */
async function assertRenewedOnce(db: Database): Promise<void> {
  const { rows } = await db.query<{ codeId: string }>(
    `select c.code_id as "codeId" from codes c where c.code_id like 'bench%' and (
       c.generation <> 2
       or (select max(number) from generations g where g.code_id = c.code_id) <> 2
       or (select count(*) from generations g where g.code_id = c.code_id and g.state = 'live') <> 1
       or (select count(*) from attempts a where a.code_id = c.code_id and a.state = 'succeeded') <> 1
       or exists (select from attempts a where a.code_id = c.code_id and (a.state = 'unknown' or a.possible_orphan)))`,
  );
  if (rows.length > 0)
    throw new Error(`${rows.length} codes are not renewed exactly once, ${rows[0]?.codeId} is one`);
}

interface Timer {
  child: ChildProcess;
  /** Resident bytes, as last told. */
  rss(): number;
}

function startTimer(env: Record<string, string>, ms: number): Timer {
  const bundle = resolve('dist/renew-expired-codes/index.js');
  const child = start('renewal-timer', [bundle, String(ms)], env);
  let bytes = Number.NaN;
  child.on('message', (told) => {
    bytes = Number(told);
  });
  return { child, rss: () => bytes };
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
  const child = start('interactive-caller', [bundle, event, String(interactivePaceMs)], env);
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

/** What the functions log is part of their work; where it goes is not what is measured. */
function start(name: string, args: readonly string[], env: Record<string, string>): ChildProcess {
  return fork(resolve(`dist/bench/${name}.mjs`), args, {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}
