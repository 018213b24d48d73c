import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeServer, listen } from '../cloud-api/listen.ts';
import { seedFacts } from './seeds/seed-facts.ts';
import { control, resultOf } from './signed-call.test.kit.ts';

let folder = '';
const running: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qianma-emulator-'));
  await build({
    entryPoints: [join(import.meta.dirname, 'main.ts')],
    outfile: join(folder, 'emulator.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function run(environment: Record<string, string>) {
  const child = spawn(process.execPath, [join(folder, 'emulator.cjs')], {
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
  const ended = once(child, 'exit').then(([status]) => ({ status: status as unknown, printed, errors }));
  return { child, ready, ended };
}

describe('npm run emulator', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'prints its seeds, serves, and ends with 0 on %s',
    async (signal) => {
      const { child, ready, ended } = run({ ESSBASIC_PORT: '0' });
      const url = await ready;
      expect(await resultOf(url, 'DescribeTemplates')).toBe('ok');
      child.kill(signal);
      const { status, printed, errors } = await ended;
      expect({ status, errors }).toEqual({ status: 0, errors: '' });
      for (const { value } of seedFacts) expect(printed).toContain(value);
      expect(printed).toContain('POST DescribeTemplates ok');
    },
  );

  it('says in one line that its port is in use', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const address = blocker.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const { ready, ended } = run({ ESSBASIC_PORT: port });
    await expect(ready).rejects.toThrow();
    expect(await ended).toEqual({
      status: 1,
      printed: '',
      errors: `error: port ${port} is in use: set ESSBASIC_PORT to another one\n`,
    });
    blocker.close();
  });

  it.each([
    [{ ESSBASIC_PORT: '65536' }, 'ESSBASIC_PORT must be a port, 0 to 65535'],
    [
      { ESSBASIC_PORT: 'x', ESS_CALLBACK_KEYS: 'sesame' },
      'ESSBASIC_PORT must be a port, 0 to 65535; ESS_CALLBACK_KEYS must be keys of 32 bytes each, with commas between them',
    ],
    [
      { ESSBASIC_CALLBACK_URLS: 'http://127.0.0.1/,nowhere' },
      'ESSBASIC_CALLBACK_URLS must be http or https URLs, with commas between them',
    ],
    [
      { ESSBASIC_CALLBACK_SHAPE: 'round' },
      'ESSBASIC_CALLBACK_SHAPE must be flat, nested, minimal, or the path of a JSON file that can be read',
    ],
  ])('says in one line what is wrong with %j', async (environment, line) => {
    const { ready, ended } = run(environment);
    await expect(ready).rejects.toThrow();
    expect(await ended).toEqual({ status: 1, printed: '', errors: `error: ${line}\n` });
  });

  it('takes keys, tokens, addresses and a shape, and posts by itself', async () => {
    const receiver = createHttpServer((_, response) => void response.end());
    const posted = once(receiver, 'request').then(([request]) => (request as IncomingMessage).headers); // as Node has it
    const { url: receiverUrl } = await listen(receiver, 0, '127.0.0.1');
    const { child, ready, ended } = run({
      ESSBASIC_PORT: '0',
      ESS_CALLBACK_KEYS: `${'k'.repeat(32)}, ${'l'.repeat(32)}`,
      ESS_CALLBACK_TOKENS: 'one,two',
      ESSBASIC_CALLBACK_URLS: receiverUrl,
      ESSBASIC_CALLBACK_SHAPE: 'nested',
    });
    const url = await ready;
    expect((await control(url, 'GET', 'callbacks')).body).toMatchObject({
      settings: { keys: 2, tokens: 2, shape: 'nested' },
    });
    await control(url, 'POST', 'callbacks', { send: { MsgType: 'TemplateAdd' } });
    expect(await posted).toMatchObject({ 'content-signature': expect.stringMatching(/^sha256=/) });
    await closeServer(receiver);
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ status: 0, errors: '' });
  });
});
