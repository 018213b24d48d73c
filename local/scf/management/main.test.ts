import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { credentials } from '../../cloud-api/credentials.ts';

let folder = '';
const running: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qianma-scf-'));
  await build({
    entryPoints: [join(import.meta.dirname, 'main.ts')],
    outfile: join(folder, 'scf.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function run(environment: Record<string, string>) {
  const child = spawn(process.execPath, [join(folder, 'scf.mjs')], {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
  });
  running.push(child);
  let [printed, errors] = ['', ''];
  child.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      printed += String(chunk);
      const [, url] = /ready: API (\S+)\/ /.exec(printed) ?? [];
      if (url !== undefined) resolve(url);
    });
    child.on('exit', () => reject(new Error(errors)));
  });
  ready.catch(() => {});
  const ended = once(child, 'exit').then(([status]) => ({ status: status as unknown, printed, errors }));
  return { child, ready, ended };
}

describe('npm run scf', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'prints its keys, serves, and ends with 0 on %s',
    async (signal) => {
      const { child, ready, ended } = run({ SCF_PORT: '0' });
      const url = await ready;
      expect(await (await fetch(url, { method: 'POST' })).text()).toContain('"Code":"InvalidParameter"');
      child.kill(signal);
      const { status, printed, errors } = await ended;
      expect({ status, errors }).toEqual({ status: 0, errors: '' });
      expect(printed).toContain(credentials[0].secretId);
      expect(printed).toContain(credentials[0].secretKey);
    },
  );

  it('says in one line that a port is no port, or is taken', async () => {
    const wrong = await run({ SCF_PORT: 'many' }).ended;
    expect(wrong).toMatchObject({ status: 1, errors: 'error: SCF_PORT must be a port, 0 to 65535\n' });
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number }; // of a server that listens on TCP
    const taken = await run({ SCF_PORT: String(port) }).ended;
    server.close();
    expect(taken.status).toBe(1);
    expect(taken.errors).toBe(`error: port ${port} is in use: set SCF_PORT to another one\n`);
  });
});
