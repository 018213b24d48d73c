import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createManualClock } from '../clock/manual-clock.test.kit.ts';
import {
  createHosts,
  createTestFunctions,
  type StartedHosts,
  type TestFunctions,
} from './functions.test.kit.ts';

const sources = {
  waiting:
    'const waiters = []; exports.main_handler = (event) => new Promise((resolve) => { console.log("waits " + process.pid); setInterval(() => {}, 1000); if (event.stay !== true) setImmediate(() => resolve(process.pid)); });',
  echo: 'exports.main_handler = async (event, context) => ({ event, context, pid: process.pid });',
  exiting: 'exports.main_handler = async () => process.exit(3);',
  'crashing-later':
    'exports.main_handler = async () => { setImmediate(() => { throw new Error("after the answer"); }); return process.pid; };',
  talking: 'exports.main_handler = async () => { console.log("one\\ntwo"); console.error("three"); };',
  watching:
    'exports.main_handler = async () => { const ms = Date.now(); console.log("watches"); while (Date.now() < ms + 86400000) await new Promise(setImmediate); return Math.floor((Date.now() - ms) / 86400000); };',
  holding:
    'const kept = []; exports.main_handler = async ({ keep = 0, drop = 0 }) => { kept.push(Buffer.alloc(keep, 1)); Buffer.alloc(drop, 1); return typeof gc; };',
  'endless-load': 'console.log("loads"); for (;;);',
};

let functions: TestFunctions;
let started: StartedHosts;

beforeAll(async () => {
  functions = await createTestFunctions(sources);
  started = createHosts(functions);
});
afterEach(() => started.closeAll());
afterAll(() => functions.remove());

/** Where no process reaps orphans, as in some containers, a dead process keeps its number as a zombie. */
async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return !status.includes(') Z ');
}

/** Ends when a process has gone that is not our child, so that no event reports it. */
async function vanished(pid: number): Promise<void> {
  while (await isRunning(pid)) await new Promise((resolve) => setImmediate(resolve));
}

describe('instances', () => {
  it('uses an idle instance again', async () => {
    const { host } = started.host();
    const first = await host.invoke('waiting', {});
    const second = await host.invoke('waiting', {});
    expect(first.coldStart).toBe(true);
    expect(second.coldStart).toBe(false);
    expect(second.result).toBe(first.result);
  });

  it('gives each of several events at once an instance of its own, up to the bound, and lets the rest wait', async () => {
    const { host } = started.host({ maxInstances: 3 });
    const invocations = await Promise.all(Array.from({ length: 8 }, () => host.invoke('waiting', {})));
    expect(invocations.every(({ error }) => error === undefined)).toBe(true);
    expect(invocations.filter(({ coldStart }) => coldStart)).toHaveLength(3);
    expect(new Set(invocations.map(({ result }) => result)).size).toBe(3);
    expect(host.pids('waiting')).toHaveLength(3);
  });

  it('never gives an instance a second event while the first is running', async () => {
    const clock = createManualClock();
    const { host, logged, lines } = started.host({ maxInstances: 1, clock });
    const first = host.invoke('waiting', { stay: true });
    await logged('waits');
    const second = host.invoke('waiting', {});
    expect(lines.filter((line) => line.includes('waits'))).toHaveLength(1);
    clock.advance(10_000);
    expect((await first).error?.statusCode).toBe(433);
    expect(await second).toMatchObject({ coldStart: true, result: expect.any(Number) });
  });

  it('kills an instance that outruns its time-out, and says so', async () => {
    const clock = createManualClock();
    const { host, logged, lines } = started.host({ clock, newRequestId: () => 'request-3' });
    const invocation = host.invoke('waiting', { stay: true });
    await logged('waits');
    const [pid = 0] = host.pids('waiting');
    clock.advance(9_999);
    expect(await isRunning(pid)).toBe(true);
    clock.advance(1);
    expect((await invocation).error).toEqual({
      errorCode: -1,
      errorMessage: 'Invoking task timed out after 10 seconds',
      requestId: 'request-3',
      statusCode: 433,
    });
    expect(await isRunning(pid)).toBe(false);
    expect(host.pids('waiting')).toEqual([]);
    expect(lines).toContain('waiting | 433 Invoking task timed out after 10 seconds (request-3)');
  });

  it('kills an instance that does not finish loading', async () => {
    const clock = createManualClock();
    const { host, logged } = started.host({ clock });
    const invocation = host.invoke('endless-load', {});
    await logged('loads');
    clock.advance(65_000);
    expect((await invocation).error?.statusCode).toBe(450);
    expect(host.pids('endless-load')).toEqual([]);
  });

  it('replaces an instance that ended in the middle of an event', async () => {
    const { host } = started.host();
    const { error } = await host.invoke('exiting', {});
    expect(error).toMatchObject({
      statusCode: 439,
      errorMessage: 'User process exit when running (exit code 3)',
    });
    expect(host.pids('exiting')).toEqual([]);
    expect((await host.invoke('exiting', {})).coldStart).toBe(true);
  });

  it('replaces an instance that crashed between events', async () => {
    const { host, logged } = started.host();
    const first = await host.invoke('crashing-later', {});
    await logged('Error: after the answer');
    while (host.pids('crashing-later').length > 0) await new Promise((resolve) => setImmediate(resolve));
    const second = await host.invoke('crashing-later', {});
    expect(second.coldStart).toBe(true);
    expect(second.result).not.toBe(first.result);
  });

  it('keeps the values of variables off the command line, which every user of the machine may read', async () => {
    const services = functions.services.map((service) => ({ ...service, environment: ['DATABASE_URL'] }));
    const { host } = started.host({
      services,
      environment: { DATABASE_URL: 'postgresql://me:my-secret@db/x' },
    });
    expect(JSON.stringify((await host.invoke('echo', {})).result)).toContain('my-secret');
    const [pid = 0] = host.pids('echo');
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    expect(commandLine).not.toContain('my-secret');
  });

  it('can be frozen and thawed from outside', async () => {
    const { host } = started.host();
    await host.invoke('echo', {});
    const [pid = 0] = host.pids('echo');
    process.kill(pid, 'SIGSTOP');
    const invocation = host.invoke('echo', { thawed: true });
    process.kill(pid, 'SIGCONT');
    expect(await invocation).toMatchObject({ coldStart: false, result: { pid, event: { thawed: true } } });
  });

  it('is told that time has been moved while it has an event in hand', async () => {
    let shiftMs = 0;
    const { host, logged } = started.host({ shiftMs: () => shiftMs });
    const invocation = host.invoke('watching', {});
    await logged('watches');
    const [instance] = host.living('watching');
    expect(instance?.isBusy).toBe(true);
    shiftMs = 3 * 86_400_000;
    instance?.tellTime();
    expect((await invocation).result).toBe(3);
    expect(host.living('watching').map(({ isBusy }) => isBusy)).toEqual([false]);
  });

  it('says what it holds, without its garbage, and how many events it has had', async () => {
    const { host } = started.host();
    const megabytes = 2 ** 20;
    const heldAfter = async (event: object) => {
      // The code does not find the collector that is asked for beside it.
      expect((await host.invoke('holding', event)).result).toBe('undefined');
      return host.living('holding')[0]?.measure();
    };
    const before = await heldAfter({});
    const dropped = await heldAfter({ drop: 50 * megabytes });
    const kept = await heldAfter({ keep: 50 * megabytes });
    expect([before, dropped, kept].map((memory) => memory?.events)).toEqual([1, 2, 3]);
    // The engine and what it has made of the program are a part of the heap.
    expect(before?.code).toBeGreaterThan(0);
    expect(before?.code).toBeLessThan(before?.heap ?? 0);
    expect((dropped?.external ?? 0) - (before?.external ?? 0)).toBeLessThan(megabytes);
    expect((kept?.external ?? 0) - (before?.external ?? 0)).toBeGreaterThan(49 * megabytes);
    expect(kept?.resident).toBeGreaterThan(50 * megabytes);
  });

  it('says nothing of what it holds once it has ended', async () => {
    const { host } = started.host();
    await host.invoke('echo', {});
    const [instance] = host.living('echo');
    process.kill(instance?.pid ?? 0, 'SIGKILL');
    expect(await instance?.measure()).toBeUndefined();
  });

  it('passes on what functions write, with their name', async () => {
    const { host, logged, lines } = started.host();
    await host.invoke('talking', {});
    await Promise.all(['one', 'two', 'three'].map((word) => logged(`talking | ${word}`)));
    expect(lines.toSorted()).toEqual(['talking | one', 'talking | three', 'talking | two']);
  });

  it('ends every instance on close, also the frozen ones, and answers who still waits', async () => {
    const { host, logged } = started.host({ maxInstances: 1 });
    const running = host.invoke('waiting', { stay: true });
    const queued = host.invoke('waiting', {});
    await host.invoke('echo', {});
    await logged('waits');
    const pids = [...host.pids('waiting'), ...host.pids('echo')];
    process.kill(pids[1] ?? 0, 'SIGSTOP');
    await host.close();
    expect(pids).toHaveLength(2);
    expect(await Promise.all(pids.map(isRunning))).toEqual([false, false]);
    expect((await running).error?.statusCode).toBe(439);
    expect((await queued).error?.statusCode).toBe(499);
    expect((await host.invoke('echo', {})).error?.statusCode).toBe(499);
  });

  it('leaves no orphan when the host itself is killed', async () => {
    const hostModule = join(functions.codeRoot, 'host.mjs');
    await build({
      stdin: {
        contents: `
          import { createFunctionHost } from './function-host.ts';
          const options = JSON.parse(process.argv[2]);
          const host = createFunctionHost(options);
          await host.invoke('echo', {});
          console.log(host.pids('echo')[0]);
        `,
        resolveDir: import.meta.dirname,
        loader: 'ts',
      },
      outfile: hostModule,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      packages: 'external',
    });
    const { services, codeRoot, instanceModule } = functions;
    const options = JSON.stringify({ services, codeRoot, instanceModule, environment: {} });
    const parent = spawn(process.execPath, [hostModule, options], {
      // What a killed host leaves behind goes with the rest of this test.
      env: { ...process.env, TMPDIR: codeRoot },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [first] = await once(parent.stdout, 'data');
    const pid = Number(String(first));
    expect(await isRunning(pid)).toBe(true);
    parent.kill('SIGKILL');
    await vanished(pid);
    expect(await isRunning(pid)).toBe(false);
  });
});
