import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createHosts,
  createTestFunctions,
  type StartedHosts,
  type TestFunctions,
} from './functions.test.kit.ts';

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
  broken: 'throw new Error("cannot load");',
  'no-handler': 'exports.main = async () => 1;',
  hungry:
    'const held = []; exports.main_handler = async () => { held.push(Buffer.alloc(150 * 2 ** 20, 1)); };',
  time: `const { now } = Date;
    const loadedMs = now();
    exports.main_handler = async () => ({ loadedMs, nowMs: now(), dateMs: +new Date(), realMs: performance.timeOrigin + performance.now() });`,
  'needs-package': 'require("zod"); exports.main_handler = async () => 1;',
};

let functions: TestFunctions;
let started: StartedHosts;

beforeAll(async () => {
  functions = await createTestFunctions(sources);
  started = createHosts(functions);
});
afterEach(() => started.closeAll());
afterAll(() => functions.remove());

describe('what a handler gets', () => {
  it('passes the event and a context in snake case', async () => {
    const { host } = started.host({
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
    const { host } = started.host();
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
      const { host } = started.host({
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

  it('tells the time of its host, from the loading of the code on, and another from event to event', async () => {
    const dayMs = 86_400_000;
    let shiftMs = 30 * dayMs;
    const { host } = started.host({ shiftMs: () => shiftMs });
    const days = async () => {
      const { result } = await host.invoke('time', {});
      const { realMs, ...told } = result as Record<string, number>;
      return Object.values(told).map((ms) => Math.round((ms - (realMs ?? 0)) / dayMs));
    };
    expect(await days()).toEqual([30, 30, 30]);
    shiftMs = 365 * dayMs;
    expect(await days()).toEqual([30, 365, 365]);
  });

  it('finds no package beside the bundle', async () => {
    // The repository's own packages are above this folder, as they are above dist/, and its package.json too.
    const folder = await mkdtemp(join(import.meta.dirname, 'test-inside-'));
    try {
      await mkdir(join(folder, 'needs-package'));
      await writeFile(join(folder, 'needs-package', 'index.js'), sources['needs-package']);
      const { host } = started.host({ codeRoot: folder });
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
    const { host } = started.host();
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
    const { host, lines } = started.host({ newRequestId: () => 'request-2' });
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
    const { host } = started.host();
    await host.invoke('throwing', {});
    expect((await host.invoke('throwing', {})).coldStart).toBe(false);
  });

  it.each([
    ['code that throws while it loads', 'broken', 443, 'cannot load'],
    ['code without the handler', 'no-handler', 437, undefined],
    ['code that is not there', 'absent', 437, undefined],
  ])('reports %s', async (_, name, statusCode, part) => {
    const absent = functions.services.slice(0, 1).map((service) => ({ ...service, name: 'absent' }));
    const { host } = started.host({ services: [...functions.services, ...absent] });
    const { error } = await host.invoke(name, {});
    expect(error?.statusCode).toBe(statusCode);
    if (part !== undefined) expect(error?.stackTrace).toContain(part);
    expect(host.pids(name)).toEqual([]);
  });

  it('knows no function that is not in the service file', async () => {
    const { host } = started.host();
    expect((await host.invoke('nobody', {})).error?.statusCode).toBe(435);
  });

  it('says what the instance measured', async () => {
    const { host } = started.host();
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
    const { host } = started.host();
    expect((await host.invoke('plain', text(6 * 2 ** 20))).error).toBeUndefined();
    expect((await host.invoke('plain', text(6 * 2 ** 20 + 1))).error?.statusCode).toBe(406);
  });

  it('takes an asynchronous event of 128 KB and refuses one byte more', async () => {
    const { host } = started.host();
    expect((await host.invoke('plain', text(128 * 2 ** 10), 'asynchronous')).error).toBeUndefined();
    expect((await host.invoke('plain', text(128 * 2 ** 10 + 1), 'asynchronous')).error?.statusCode).toBe(406);
  });

  it('counts bytes, not characters', async () => {
    const { host } = started.host();
    expect((await host.invoke('plain', '码'.repeat(2 ** 21))).error?.statusCode).toBe(406);
  });

  it('lets a result of 6 MB through and refuses one byte more', async () => {
    const { host } = started.host();
    expect((await host.invoke('large', { length: 6 * 2 ** 20 - 2 })).error).toBeUndefined();
    expect((await host.invoke('large', { length: 6 * 2 ** 20 - 1 })).error?.statusCode).toBe(407);
  });

  it('warns once of an instance that uses more memory than it has', async () => {
    const { host, lines } = started.host();
    expect((await host.invoke('hungry', {})).memoryMb).toBeGreaterThan(150);
    await host.invoke('hungry', {});
    expect(lines.filter((line) => line.includes('of the 128 MB it has'))).toHaveLength(1);
  });

  it('refuses more than 4 KB of environment variables', () => {
    const services = functions.services.slice(0, 1).map((service) => ({ ...service, environment: ['LONG'] }));
    expect(() => started.host({ services, environment: { LONG: 'x'.repeat(4092) } })).not.toThrow();
    expect(() => started.host({ services, environment: { LONG: 'x'.repeat(4093) } })).toThrow(
      /4096 bytes .*: echo has 4097 bytes/,
    );
  });
});
