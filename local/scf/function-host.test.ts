import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createFunctionHost, type FunctionHost, type FunctionHostOptions } from './function-host.ts';
import { createTestFunctions, type TestFunctions } from './functions.test.kit.ts';
import { createManualClock } from './manual-clock.test.kit.ts';

const sources = {
  echo: 'exports.main_handler = async (event, context) => ({ event, context, pid: process.pid });',
  remaining: 'exports.main_handler = async (event, context) => context.getRemainingTimeInMillis();',
  environment:
    'exports.main_handler = async () => ({ env: process.env, cwd: process.cwd(), argv: process.argv, send: typeof process.send, zone: new Date(0).getTimezoneOffset() });',
  callback: 'exports.main_handler = (event, context, callback) => callback(event.fail ?? null, event.value);',
  plain: 'exports.main_handler = (event) => event.value;',
  throwing: 'exports.main_handler = async () => { throw new TypeError("out of ideas"); };',
  'throwing-text': 'exports.main_handler = () => { throw "only text"; };',
  'big-integer': 'exports.main_handler = async () => ({ id: 1n });',
  large: 'exports.main_handler = async (event) => "x".repeat(event.length);',
  exiting: 'exports.main_handler = async () => process.exit(3);',
  'crashing-later':
    'exports.main_handler = async () => { setImmediate(() => { throw new Error("after the answer"); }); return process.pid; };',
  waiting:
    'const waiters = []; exports.main_handler = (event) => new Promise((resolve) => { console.log("waits " + process.pid); setInterval(() => {}, 1000); if (event.stay !== true) setImmediate(() => resolve(process.pid)); });',
  broken: 'throw new Error("cannot load");',
  'endless-load': 'console.log("loads"); for (;;);',
  'no-handler': 'exports.main = async () => 1;',
  hungry:
    'const held = []; exports.main_handler = async () => { held.push(Buffer.alloc(150 * 2 ** 20, 1)); };',
  talking: 'exports.main_handler = async () => { console.log("one\\ntwo"); console.error("three"); };',
  'needs-package': 'require("zod"); exports.main_handler = async () => 1;',
};

let functions: TestFunctions;
const hosts: FunctionHost[] = [];

beforeAll(async () => {
  functions = await createTestFunctions(sources);
});
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.close()));
});
afterAll(() => functions.remove());

/** A host whose log can be waited for. */
function start(options: Partial<FunctionHostOptions> = {}) {
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  const host = createFunctionHost({
    services: functions.services,
    codeRoot: functions.codeRoot,
    instanceModule: functions.instanceModule,
    environment: {},
    log(line) {
      lines.push(line);
      for (const listener of listeners) listener();
    },
    ...options,
  });
  hosts.push(host);
  const logged = (part: string, times = 1) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (lines.filter((line) => line.includes(part)).length < times) return;
        listeners.delete(check);
        resolve();
      };
      listeners.add(check);
      check();
    });
  return { host, lines, logged };
}

/** Where nobody reaps orphans, as in some containers, a dead process keeps its number as a zombie. */
async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return !status.includes(') Z ');
}

/** Ends when a process has gone that is not our child, so that no event tells of it. */
async function vanished(pid: number): Promise<void> {
  while (await isRunning(pid)) await new Promise((resolve) => setImmediate(resolve));
}

describe('what a handler gets', () => {
  it('passes the event and a context in snake case', async () => {
    const { host } = start({
      services: functions.services.map((service) => ({ ...service, environment: ['COLOUR'] })),
      environment: { COLOUR: '红', OTHER: 'x' },
      newRequestId: () => 'request-1',
    });
    const { result } = await host.invoke('echo', { 名: [1, null] });
    expect(result).toEqual({
      event: { 名: [1, null] },
      pid: expect.any(Number),
      context: {
        callbackWaitsForEmptyEventLoop: true,
        memory_limit_in_mb: 128,
        time_limit_in_ms: 10_000,
        request_id: 'request-1',
        environment: '{"SCF_NAMESPACE":"default","COLOUR":"红"}',
        environ: 'SCF_NAMESPACE=default;COLOUR=红',
        function_version: '$LATEST',
        function_name: 'echo',
        namespace: 'default',
        tencentcloud_region: 'ap-guangzhou',
        tencentcloud_appid: '1250000000',
        tencentcloud_uin: '100000000000',
      },
    });
  });

  it('counts the remaining time down from the time-out', async () => {
    const { host } = start();
    const { result } = await host.invoke('remaining', {});
    expect(result).toBeGreaterThan(0);
    expect(result).toBeLessThanOrEqual(10_000);
  });

  it('sees the documented environment and its own variables, and nothing of the host', async () => {
    const leaks = {
      NODE_OPTIONS: '--no-warnings',
      NODE_EXTRA_CA_CERTS: '/nowhere',
      HTTP_PROXY: 'http://proxy',
      MINE: 'host',
    };
    const before = { ...process.env };
    Object.assign(process.env, leaks);
    try {
      const { host } = start({
        services: functions.services.map((service) => ({
          ...service,
          environment: ['DATABASE_URL', 'NOT_SET'],
          triggers: [{ type: 'timer', name: 'timer', cron: '0 0 0 1 1 * *', argument: '' }],
        })),
        environment: { DATABASE_URL: 'postgresql://here', UNASKED: 'x' },
      });
      const { result } = await host.invoke('environment', {});
      const folder = (result as { cwd: string }).cwd;
      expect(folder).toMatch(/environment$/);
      expect(result).toEqual({
        cwd: folder,
        argv: [process.execPath, join(folder, 'index.js')],
        send: 'undefined',
        zone: 0,
        env: {
          _SCF_SERVER_PORT: '28902',
          DATABASE_URL: 'postgresql://here',
          HOME: '/home/qcloud',
          HOSTNAME: 'scf-local',
          LANG: 'en_US.UTF8',
          LC_ALL: 'en_US.UTF8',
          LOGNAME: 'qcloud',
          NODE_PATH: `${folder}:${folder}/node_modules`,
          PATH: '/usr/local/bin:/usr/bin:/bin',
          PWD: folder,
          SHELL: '/bin/bash',
          TENCENTCLOUD_RUNENV: 'SCF',
          TRIGGER_SRC: 'timer',
          TZ: 'UTC',
          USER: 'qcloud',
          USER_CODE_ROOT: `${folder}/`,
        },
      });
    } finally {
      for (const name of Object.keys(leaks)) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
  });

  it('finds no package beside the bundle', async () => {
    // The repository's own packages are above this folder, as they are above dist/, and its package.json too.
    const folder = await mkdtemp(join(import.meta.dirname, 'test-inside-'));
    try {
      await mkdir(join(folder, 'needs-package'));
      await writeFile(join(folder, 'needs-package', 'index.js'), sources['needs-package']);
      const { host } = start({ codeRoot: folder });
      const { error } = await host.invoke('needs-package', {});
      expect(error?.stackTrace).toContain("Cannot find module 'zod'");
      expect(error?.statusCode).toBe(443);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('what a handler answers', () => {
  it.each([
    ['a value by callback', 'callback', { value: [1] }, [1]],
    ['a plain value', 'plain', { value: 'text' }, 'text'],
    ['undefined as null', 'plain', {}, null],
  ])('takes %s', async (_, name, event, expected) => {
    const { host } = start();
    const invocation = await host.invoke(name, event);
    expect(invocation.error).toBeUndefined();
    expect(invocation.result).toEqual(expected);
  });

  it.each([
    ['a rejection', 'throwing', 'TypeError: out of ideas'],
    ['a thrown text', 'throwing-text', 'only text'],
    ['an error given to the callback', 'callback', 'not today'],
    ['a result without JSON', 'big-integer', 'BigInt'],
  ])('reports %s as the platform reports user code', async (_, name, part) => {
    const { host, lines } = start({ newRequestId: () => 'request-2' });
    const invocation = await host.invoke(name, { fail: 'not today' });
    expect(invocation.error).toEqual({
      errorCode: 1,
      errorMessage: 'user code exception caught',
      requestId: 'request-2',
      stackTrace: expect.stringContaining(part),
      statusCode: 430,
    });
    expect(lines.join('\n')).toContain(`${name} | 430 user code exception caught`);
  });

  it('keeps an instance that threw', async () => {
    const { host } = start();
    await host.invoke('throwing', {});
    expect((await host.invoke('throwing', {})).coldStart).toBe(false);
  });

  it.each([
    ['code that throws while it loads', 'broken', 443, 'cannot load'],
    ['code without the handler', 'no-handler', 437, undefined],
    ['code that is not there', 'absent', 437, undefined],
  ])('reports %s', async (_, name, statusCode, part) => {
    const absent = functions.services.slice(0, 1).map((service) => ({ ...service, name: 'absent' }));
    const { host } = start({ services: [...functions.services, ...absent] });
    const { error } = await host.invoke(name, {});
    expect(error?.statusCode).toBe(statusCode);
    if (part !== undefined) expect(error?.stackTrace).toContain(part);
    expect(host.pids(name)).toEqual([]);
  });

  it('knows no function that is not in the service file', async () => {
    const { host } = start();
    expect((await host.invoke('nobody', {})).error?.statusCode).toBe(435);
  });

  it('says what the instance measured', async () => {
    const { host } = start();
    const invocation = await host.invoke('echo', {});
    expect(invocation.durationMs).toBeGreaterThan(0);
    expect(invocation.memoryMb).toBeGreaterThan(10);
    expect(invocation.memoryMb).toBeLessThan(1024);
  });
});

describe('limits', () => {
  // The event is JSON text: two bytes of quotation marks belong to it.
  const text = (bytes: number) => 'x'.repeat(bytes - 2);

  it('takes a synchronous event of 6 MB and refuses one byte more', async () => {
    const { host } = start();
    expect((await host.invoke('plain', text(6 * 2 ** 20))).error).toBeUndefined();
    expect((await host.invoke('plain', text(6 * 2 ** 20 + 1))).error?.statusCode).toBe(406);
  });

  it('takes an asynchronous event of 128 KB and refuses one byte more', async () => {
    const { host } = start();
    expect((await host.invoke('plain', text(128 * 2 ** 10), 'asynchronous')).error).toBeUndefined();
    expect((await host.invoke('plain', text(128 * 2 ** 10 + 1), 'asynchronous')).error?.statusCode).toBe(406);
  });

  it('counts bytes, not characters', async () => {
    const { host } = start();
    expect((await host.invoke('plain', '码'.repeat(2 ** 21))).error?.statusCode).toBe(406);
  });

  it('lets a result of 6 MB through and refuses one byte more', async () => {
    const { host } = start();
    expect((await host.invoke('large', { length: 6 * 2 ** 20 - 2 })).error).toBeUndefined();
    expect((await host.invoke('large', { length: 6 * 2 ** 20 - 1 })).error?.statusCode).toBe(407);
  });

  it('warns once of an instance that uses more memory than it has', async () => {
    const { host, lines } = start();
    expect((await host.invoke('hungry', {})).memoryMb).toBeGreaterThan(150);
    await host.invoke('hungry', {});
    expect(lines.filter((line) => line.includes('of the 128 MB it has'))).toHaveLength(1);
  });

  it('refuses more than 4 KB of environment variables', () => {
    const services = functions.services.slice(0, 1).map((service) => ({ ...service, environment: ['LONG'] }));
    expect(() => start({ services, environment: { LONG: 'x'.repeat(4092) } })).not.toThrow();
    expect(() => start({ services, environment: { LONG: 'x'.repeat(4093) } })).toThrow(
      /4096 bytes .*: echo has 4097 bytes/,
    );
  });
});

describe('instances', () => {
  it('uses an idle instance again', async () => {
    const { host } = start();
    const first = await host.invoke('waiting', {});
    const second = await host.invoke('waiting', {});
    expect(first.coldStart).toBe(true);
    expect(second.coldStart).toBe(false);
    expect(second.result).toBe(first.result);
  });

  it('gives each of several events at once an instance of its own, up to the bound, and lets the rest wait', async () => {
    const { host } = start({ maxInstances: 3 });
    const invocations = await Promise.all(Array.from({ length: 8 }, () => host.invoke('waiting', {})));
    expect(invocations.every(({ error }) => error === undefined)).toBe(true);
    expect(invocations.filter(({ coldStart }) => coldStart)).toHaveLength(3);
    expect(new Set(invocations.map(({ result }) => result)).size).toBe(3);
    expect(host.pids('waiting')).toHaveLength(3);
  });

  it('never gives an instance a second event while the first is running', async () => {
    const clock = createManualClock();
    const { host, logged, lines } = start({ maxInstances: 1, clock });
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
    const { host, logged, lines } = start({ clock, newRequestId: () => 'request-3' });
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
    const { host, logged } = start({ clock });
    const invocation = host.invoke('endless-load', {});
    await logged('loads');
    clock.advance(65_000);
    expect((await invocation).error?.statusCode).toBe(450);
    expect(host.pids('endless-load')).toEqual([]);
  });

  it('replaces an instance that ended in the middle of an event', async () => {
    const { host } = start();
    const { error } = await host.invoke('exiting', {});
    expect(error).toMatchObject({
      statusCode: 439,
      errorMessage: 'User process exit when running (exit code 3)',
    });
    expect(host.pids('exiting')).toEqual([]);
    expect((await host.invoke('exiting', {})).coldStart).toBe(true);
  });

  it('replaces an instance that crashed between events', async () => {
    const { host, logged } = start();
    const first = await host.invoke('crashing-later', {});
    await logged('Error: after the answer');
    while (host.pids('crashing-later').length > 0) await new Promise((resolve) => setImmediate(resolve));
    const second = await host.invoke('crashing-later', {});
    expect(second.coldStart).toBe(true);
    expect(second.result).not.toBe(first.result);
  });

  it('can be frozen and thawed from outside', async () => {
    const { host } = start();
    await host.invoke('echo', {});
    const [pid = 0] = host.pids('echo');
    process.kill(pid, 'SIGSTOP');
    const invocation = host.invoke('echo', { thawed: true });
    process.kill(pid, 'SIGCONT');
    expect(await invocation).toMatchObject({ coldStart: false, result: { pid, event: { thawed: true } } });
  });

  it('passes on what functions write, with their name', async () => {
    const { host, logged, lines } = start();
    await host.invoke('talking', {});
    await Promise.all(['one', 'two', 'three'].map((word) => logged(`talking | ${word}`)));
    expect(lines.toSorted()).toEqual(['talking | one', 'talking | three', 'talking | two']);
  });

  it('ends every instance on close, also the frozen ones, and answers who still waits', async () => {
    const { host, logged } = start({ maxInstances: 1 });
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
