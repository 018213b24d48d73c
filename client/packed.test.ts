/** The client as others have it: packed, installed in a folder of their own, used in JavaScript and in TypeScript. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platformSuite } from '../functions/testing/platform-suite.ts';

const platform = platformSuite();
let folder: string;

const run = async (file: string, args: readonly string[], env: Record<string, string> = {}) =>
  (await promisify(execFile)(file, args, { cwd: folder, env: { ...process.env, ...env } })).stdout;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qianma-client-'));
  const packed = await promisify(execFile)(process.execPath, [
    resolve('client/pack.mjs'),
    join(folder, 'packed'),
  ]);
  await writeFile(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', packed.stdout.trim()]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const program = (types: string) => `
import { createClient, QianmaProblem } from 'qianma-client';
const client = createClient({ baseUrl: process.env['QIANMA_URL'] ?? '', key: process.env['QIANMA_KEY'] ?? '' });
const { Role } = await client.call('GetCallerIdentity', {});
const refused = await client.call('CancelBatch', { BatchId: 'none' }).catch((error${types}) => error);
console.log(Role, refused instanceof QianmaProblem ? refused.code : refused);
`;

describe('the packed client', () => {
  it('works in JavaScript', async () => {
    await writeFile(join(folder, 'use.js'), program(''));
    const printed = await run(process.execPath, ['use.js'], {
      QIANMA_URL: platform.url,
      QIANMA_KEY: platform.apiKey,
    });
    expect(printed).toBe('admin NotFound\n');
  });

  it('is typed by the contract', async () => {
    const right = `${program(': unknown')}
for await (const { HoursLeft } of client.each('DescribeContracts', 'Contracts', {})) HoursLeft satisfies number | null | undefined;
`;
    const wrong = `${right}
await client.call('DescribeBatches', { Nothing: 'x' });
client.each('DescribeContracts', 'NextCursor', {});
`;
    const options = {
      ...{
        target: 'es2023',
        module: 'nodenext',
        strict: true,
        noEmit: true,
        exactOptionalPropertyTypes: true,
      },
      types: ['node'],
      typeRoots: [resolve('node_modules/@types')],
    };
    const check = async (source: string) => {
      await writeFile(join(folder, 'use.ts'), source);
      await writeFile(
        join(folder, 'tsconfig.json'),
        JSON.stringify({ compilerOptions: options, files: ['use.ts'] }),
      );
      const compiler = resolve('node_modules/typescript/bin/tsc');
      return run(process.execPath, [compiler, '-p', '.']).catch(({ stdout }: { stdout: string }) => stdout);
    };
    expect(await check(right)).toBe('');
    expect((await check(wrong)).match(/error TS\d+/g)).toEqual(['error TS2353', 'error TS2345']);
  });

  it('brings the command line along', async () => {
    const env = { QIANMA_URL: platform.url, QIANMA_KEY: platform.apiKey, LANG: 'en_GB.UTF-8' };
    expect(JSON.parse(await run('npx', ['--offline', 'qianma', 'GetCallerIdentity'], env))).toMatchObject({
      Role: 'admin',
    });
    expect(await run('npx', ['--offline', 'qianma', 'explain', 'NotFound'])).toContain('NotFound');
  });

  it('is at most 4 KB for a page', async () => {
    const installed = join(folder, 'node_modules/qianma-client/index.js');
    const { outputFiles } = await build({
      entryPoints: [installed],
      bundle: true,
      minify: true,
      write: false,
    });
    const [file] = outputFiles;
    expect(gzipSync(file?.contents ?? '', { level: 9 }).byteLength).toBeLessThanOrEqual(4096);
    expect(
      JSON.parse(await readFile(join(folder, 'node_modules/qianma-client/package.json'), 'utf8')),
    ).not.toHaveProperty('dependencies');
  });
});
