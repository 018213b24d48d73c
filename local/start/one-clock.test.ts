import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startWire } from '../../shared/store/testing/wire.ts';
import { shareOf } from '../../shared/testing/cases.ts';
import { firstCodeRequest } from './first-code.ts';

/** What `npm start` runs after the build, which `npm test` has done before. */
const module = join('dist', 'local', 'start.mjs');
const daysS = 86_400;
/** A year, or a tenth of it. */
const weeks = shareOf(53);
const weekWithoutQuota = Math.ceil(weeks / 2);
let root: string;
const running: (() => void)[] = [];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'qianma-clock-'));
});
// A test that fails leaves nothing running.
afterEach(() => {
  for (const kill of running.splice(0)) kill();
});
afterAll(() => rm(root, { recursive: true, force: true }));

interface Run {
  printed: string;
  call(name: string, body: unknown, withKey?: string): Promise<Record<string, unknown>>;
  databaseUrl: string;
  control(path: string, body?: unknown): Promise<Record<string, unknown>>;
  stop(): Promise<unknown>;
}

let key = '';

/** Starts a local run and waits until it is ready, or has ended. */
async function start(environment: Record<string, string>): Promise<Run> {
  const child = spawn(process.execPath, [module], {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', ESSBASIC_PORT: '0', LC_ALL: 'C', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(() => child.kill('SIGKILL'));
  const ended = once(child, 'close');
  let printed = '';
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        printed += String(chunk);
        if (/^ready .*\n/m.test(printed)) resolve();
      });
    }
    void ended.then(() => resolve());
  });
  await ready;
  const [, functions, emulator, databaseUrl = ''] =
    /^ready +functions (\S+) +emulator (\S+) +database (\S+)/m.exec(printed) ?? [];
  key = /export API_KEY=(\S+)/.exec(printed)?.[1] ?? key;
  const json = async (url: string, init: RequestInit) =>
    (await (await fetch(url, init)).json()) as Record<string, unknown>; // every answer is an object
  return {
    printed,
    databaseUrl,
    call: (name, body, withKey = key) =>
      json(`${functions}/${name}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${withKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    control: (path, body) =>
      json(
        `${emulator}/_emulator/${path}`,
        body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) },
      ),
    async stop() {
      child.kill('SIGTERM');
      return (await ended)[0];
    },
  };
}

/** What a command prints that is run beside it. A doctor that finds something ends with status 1. */
async function shell({ databaseUrl }: Run, command: 'keys' | 'doctor', ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [join('dist', 'commands', `${command}.mjs`), ...args], {
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += String(chunk);
  });
  await once(child, 'close');
  return printed;
}

/** Takes events, and remembers what they say. */
async function startReceiver() {
  const events: { type: string; timestamp: string }[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += String(chunk);
    });
    request.on('end', () => {
      events.push(JSON.parse(text));
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  running.push(() => server.close());
  // A TCP server that listens has an address of this form.
  return { events, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

/** Where a poster leads: the id and the end, Unix seconds, of a QR code; undefined where it leads nowhere. */
async function follow(link: unknown) {
  const response = await fetch(String(link), { redirect: 'manual' });
  const to = response.headers.get('location');
  if (response.status !== 302 || to === null) return undefined;
  const { searchParams } = new URL(to);
  return { qrCodeId: searchParams.get('qrCodeId'), endS: Number(searchParams.get('expiredTime')) };
}

const owner = { ProxyOrganizationOpenId: firstCodeRequest.Agent.ProxyOrganizationOpenId };

/** What has really happened to the organisation. */
async function truth(run: Run) {
  const { organisations } = await run.control('scan');
  const all = organisations as { ProxyOrganizationOpenId: string; started: number; quotaFailures: number }[];
  return all.find((one) => one.ProxyOrganizationOpenId === owner.ProxyOrganizationOpenId);
}

describe('the clock of a local run', () => {
  it('takes a code through a year, with a poster that leads to a living code at every point, and keeps its time', async () => {
    const run = await start({ DATA_DIR: join(root, 'year') });
    const { events, url } = await startReceiver();
    await run.call('CreateEventSubscription', { Kind: 'standard-webhooks', Url: url, ...owner });
    const code = { ...firstCodeRequest, MaxFlowNum: 20, ExternalId: 'year' };
    const { StableUrl: link } = await run.call('ChannelCreateMultiFlowSignQRCode', code);
    const startedS = Number((await run.control('clock'))['nowS']);

    async function live(days: number): Promise<void> {
      const { nowS } = await run.control('clock', { advanceS: days * daysS });
      expect((await follow(link))?.endS, `on ${nowS}`).toBeGreaterThan(Number(nowS));
    }

    let people = 0;
    let crowded = 0;
    for (let week = 1; week <= weeks; week += 1) {
      // More than a code has contracts, now and then.
      const isCrowded = week % 10 === 5;
      const coming = isCrowded ? 25 : 1;
      crowded += isCrowded ? 1 : 0;
      people += coming;
      const signing = { sign: 0.8, withinS: 3 * daysS };
      await run.control('scan', { link, people: coming, overS: daysS, signing, seed: week });
      if (week === weekWithoutQuota) await run.control('quota', { ...owner, quota: 0 });
      await live(2);
      if (week === weekWithoutQuota) await run.control('quota', { ...owner, quota: 100_000 });
      await live(5);
    }

    const happened = await truth(run);
    expect(happened).toMatchObject({
      started: people - 1,
      quotaFailures: 1,
      blocks: [{ until: expect.any(String) }],
    });
    const { Codes } = await run.call('DescribeMultiFlowSignQRCodes', { ExternalId: 'year' });
    const [found] = Codes as { GenerationsMade: number; Contracts: { Certain: Record<string, number> } }[];
    expect(found).toMatchObject({ State: 'Active', Usable: true });
    expect(found?.GenerationsMade).toBeGreaterThan(weeks + crowded - 1);
    const counted = Object.values(found?.Contracts.Certain ?? {}).reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(happened?.started);

    const told = (type: string) => events.filter((event) => event.type === type);
    expect(told('contract.started')).toHaveLength(people - 1);
    expect(told('quota.exhausted')).toHaveLength(1);
    expect(told('quota.restored')).toHaveLength(1);
    expect(told('code.renewed').length).toBeGreaterThan(weeks + crowded - 1);
    const timesS = told('contract.started').map(({ timestamp }) => Date.parse(timestamp) / 1000);
    expect(Math.min(...timesS)).toBeGreaterThanOrEqual(startedS);
    expect(Math.max(...timesS)).toBeGreaterThan(startedS + (weeks - 1) * 7 * daysS);

    // Those at a shell are in the same time: a key that lasts a day is one for tomorrow.
    const made = await shell(
      run,
      'keys',
      'create',
      '--name',
      'late',
      '--role',
      'viewer',
      '--expires-days',
      '1',
    );
    const listed = await shell(run, 'keys', 'list');
    expect(listed).toMatch(new RegExp(`${made.split('_')[1]} +viewer +active`));
    expect(
      await run.call('DescribeMultiFlowSignQRCodes', { ExternalId: 'year' }, made.trim()),
    ).toHaveProperty('Codes');
    const { checks } = JSON.parse(await shell(run, 'doctor', '--json'));
    const database = (checks as { id: string; outcome: string; text: string }[]).find(
      ({ id }) => id === 'database',
    );
    expect(database).toMatchObject({
      outcome: 'warn',
      text: expect.stringMatching(/clock is \d{6,} s ahead of/),
    });

    expect(await run.control('clock', { advanceS: -1 })).toMatchObject({ status: 409 });
    expect(await run.control('clock', { speed: 60 })).toMatchObject({ status: 400 });
    expect(await run.stop()).toBe(0);

    const again = await start({ DATA_DIR: join(root, 'year') });
    const aheadHours = Number(/moved ahead by (\S+) hours: it is 20/.exec(again.printed)?.[1]);
    // A move that takes a second of real time moves by a second less.
    expect(aheadHours).toBeGreaterThan(weeks * 7 * 24 - 1);
    expect(aheadHours).toBeLessThanOrEqual(weeks * 7 * 24);
    const { nowS } = await again.control('clock');
    expect(Number(nowS)).toBeGreaterThan(startedS + weeks * 7 * daysS);
    const answer = await again.call('ChannelCreateMultiFlowSignQRCode', firstCodeRequest);
    expect((await follow(answer['StableUrl']))?.endS).toBeGreaterThanOrEqual(Number(nowS) + 7 * daysS);

    // The emulator goes back to real time, and all others follow.
    await again.control('reset', {});
    const real = await again.call('ChannelCreateMultiFlowSignQRCode', firstCodeRequest);
    const endS = (await follow(real['StableUrl']))?.endS ?? 0;
    expect(Math.abs(endS - 7 * daysS - Date.now() / 1000)).toBeLessThan(daysS);
    expect(await again.stop()).toBe(0);
  });

  it("stays where the database is one of the user's own", async () => {
    const database = await startWire();
    const environment = { DATABASE_URL: database.url, DATA_DIR: join(root, 'own') };
    const run = await start(environment);
    expect(await run.control('clock', { advanceS: 60 })).toMatchObject({
      status: 409,
      detail: expect.stringContaining('a database of your own, whose clock cannot be moved'),
    });
    await run.stop();
    const kept = JSON.parse(await readFile(join(root, 'own', 'emulator.json'), 'utf8'));
    kept.clock.nowMs += 3 * daysS * 1000;
    await writeFile(join(root, 'own', 'emulator.json'), JSON.stringify(kept));
    const refused = await start(environment);
    expect(refused.printed).toContain('the clock in DATA_DIR was moved (by some 3 days)');
    await database.dispose();
  });
});
