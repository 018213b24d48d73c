import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, watch, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { firstCodePath, firstCodeRequest } from './first-code.ts';
import { light, readTerminalQrCode } from './terminal-qr-code.test.kit.ts';

/** What `npm start` runs after the build, which `npm test` has done before. */
const module = join('dist', 'local', 'start.mjs');
let root: string;
const running: (() => void)[] = [];

beforeAll(async () => {
  if (!existsSync(module)) throw new Error('dist/local/start.mjs is missing: run npm run build');
  root = await mkdtemp(join(tmpdir(), 'qianma-start-'));
});
// A test that fails leaves nothing running.
afterEach(() => {
  for (const kill of running.splice(0)) kill();
});
afterAll(() => rm(root, { recursive: true, force: true }));

interface Started {
  pid: number;
  /** Everything up to and with the line `ready`, or to the end where there is none. */
  printed: Promise<string>;
  errors(): string;
  stop(signal: 'SIGINT' | 'SIGTERM'): void;
  /** Exit status, or the signal that ended it. */
  ended: Promise<number | string>;
}

function start(environment: Record<string, string>, args: readonly string[] = []): Started {
  const child = spawn(process.execPath, [module, ...args], {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', ESSBASIC_PORT: '0', TMPDIR: root, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(() => child.kill('SIGKILL'));
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  const printed = (async () => {
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (line.startsWith('ready') || line.includes('"ready"')) break;
    }
    child.stdout.resume();
    return lines.join('\n');
  })();
  return {
    pid: child.pid ?? 0,
    printed,
    errors: () => errors,
    stop: (signal) => child.kill(signal),
    ended: once(child, 'close').then(([code, signal]) => code ?? signal),
  };
}

/** Processes that a process has started, where the system lists them. */
async function childrenOf(pid: number): Promise<number[]> {
  const list = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return list.split(' ').filter(Boolean).map(Number);
}

const isGone = (pid: number) => {
  try {
    return !process.kill(pid, 0);
  } catch {
    return true;
  }
};

/** Ends once a file is made in a folder, which is there; fails with what the process said where that ends before. */
async function made(name: string, folder: string, { ended, errors }: Started): Promise<void> {
  const over = new AbortController();
  void ended.then((how) => over.abort(new Error(`npm start has ended (${how}): ${errors()}`)));
  for await (const { filename } of watch(folder, { signal: over.signal })) if (filename === name) return;
}

function create(functionsUrl: string, key: string) {
  return fetch(functionsUrl + firstCodePath, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(firstCodeRequest),
  });
}

const linkIn = (printed: string) => /^ {2}link +(\S+)/m.exec(printed)?.[1];
const functionsUrlIn = (printed: string) => /^ready {2}functions (\S+)/m.exec(printed)?.[1] ?? '';

describe('npm start', () => {
  it('creates a code, prints it, serves, stops cleanly, and goes on with its key', async () => {
    const first = start({ DATA_DIR: join(root, 'data') });
    const printed = await first.printed;
    expect(first.errors()).toBe('');

    const drawing = printed.split('\n').filter((line) => /^[ █▀▄]{30,}$/.test(line));
    const link = linkIn(printed);
    expect(link).toBeDefined();
    expect(readTerminalQrCode(drawing.join('\n'), light)).toBe(link);

    const key = /export API_KEY=(\S+)/.exec(printed)?.[1] ?? '';
    expect(printed.split(key)).toHaveLength(2);
    const created = await create(functionsUrlIn(printed), key);
    expect(created.status).toBe(200);
    expect(await created.json()).toMatchObject({ QrCode: { QrCodeId: expect.any(String) } });
    expect((await create(functionsUrlIn(printed), `${key.slice(0, -1)}!`)).status).toBe(401);

    const children = await childrenOf(first.pid);
    first.stop('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(children.filter((pid) => !isGone(pid))).toEqual([]);
    expect(existsSync(join(root, 'data', 'lock'))).toBe(false);

    const second = start({ DATA_DIR: join(root, 'data') });
    const printedAgain = await second.printed;
    const emulatorUrlOf = (text: string) => / {2}emulator (http:\/\/\S+)/.exec(text)?.[1] ?? '';
    const emulatorUrl = emulatorUrlOf(printedAgain);
    expect(emulatorUrl).not.toBe(emulatorUrlOf(printed));
    expect(printedAgain).not.toContain(key);
    // Upstream and the register remember the first code, so there is no second one.
    const slug = link?.split('/').at(-1);
    expect(linkIn(printedAgain)).toBe(`${functionsUrlIn(printedAgain)}/s/${slug}`);
    // It leads to where the emulator is by now.
    const followed = await fetch(linkIn(printedAgain) ?? '');
    expect([followed.status, new URL(followed.url).origin]).toEqual([200, emulatorUrl]);
    expect((await create(functionsUrlIn(printedAgain), key)).status).toBe(200);
    // The emulator posts to the callback-handler, and both have the same key and token.
    const callbacks = `${emulatorUrl}/_emulator/callbacks`;
    const probed = await fetch(callbacks, { method: 'POST', body: '{"probe": "empty"}' });
    const url = `${functionsUrlIn(printedAgain)}/callback-handler`;
    expect(await probed.json()).toMatchObject({
      probed: [{ url, status: 200 }],
      settings: { urls: [url], keys: 1, tokens: 1 },
    });
    const third = start({ DATA_DIR: join(root, 'data') });
    expect(await third.ended).toBe(1);
    expect(third.errors()).toMatch(/^error: DATA_DIR \S+ is in use by process \d+: [^\n]+\n$/);
    second.stop('SIGINT');
    expect(await second.ended).toBe(0);
  });

  it('says everything in JSON to a machine, and ends with status 0 under two signals', async () => {
    const started = start({ DATA_DIR: join(root, 'json') }, ['--json']);
    const records = (await started.printed).split('\n').map((line): unknown => JSON.parse(line));
    expect(records).toContainEqual(expect.objectContaining({ function: 'migrate-database' }));
    expect(records.at(-1)).toMatchObject({ message: 'ready', apiKey: expect.stringMatching(/^qm_/) });
    started.stop('SIGINT');
    started.stop('SIGINT');
    expect(await started.ended).toBe(0);
    expect(existsSync(join(root, 'json', 'lock'))).toBe(false);
  });

  it('makes another key on request, and says how it is called', async () => {
    const DATA_DIR = join(root, 'key');
    const made = start({ DATA_DIR }, ['key']);
    expect(await made.printed).toMatch(/^export API_KEY=qm_\S+$/);
    expect(await made.ended).toBe(0);
    expect(made.errors()).toBe('A new API key, shown this once; the earlier one no longer works:\n');
    const wrong = start({ DATA_DIR }, ['keys']);
    expect(await wrong.ended).toBe(2);
    expect(wrong.errors()).toMatch(/^error: the only argument there is, is key\nusage: npm start/);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'stops with status 0 on %s while it is still starting',
    async (signal) => {
      const DATA_DIR = join(root, `early-${signal}`);
      await mkdir(DATA_DIR);
      const started = start({ DATA_DIR });
      await made('database.incomplete', DATA_DIR, started);
      started.stop(signal);
      expect(await started.ended).toBe(0);
      expect(started.errors()).toBe('');
    },
  );

  it('says in one line each why it cannot start', async () => {
    await writeFile(join(root, 'file'), '');
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const cases: [Record<string, string>, string][] = [
      [{ PORT: 'abc' }, 'PORT must be a port, 0 to 65535'],
      [{ PORT: port }, `port ${port} is in use: set PORT to another one`],
      [{ ESSBASIC_PORT: port }, `port ${port} is in use: set ESSBASIC_PORT to another one`],
      [{ DATA_DIR: join(root, 'file') }, `DATA_DIR ${join(root, 'file')} cannot be written (EEXIST)`],
    ];
    try {
      for (const [environment, line] of cases) {
        const started = start({ DATA_DIR: join(root, 'unused'), ...environment });
        expect(await started.ended).toBe(1);
        expect(started.errors()).toBe(`error: ${line}\n`);
        expect(await started.printed).toBe('');
      }
    } finally {
      taken.close();
    }
  });
});
