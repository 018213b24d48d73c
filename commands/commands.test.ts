import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWire, type Wire } from '../shared/store/testing/wire.ts';

let wire: Wire;
let folder: string;

beforeAll(async () => {
  wire = await startWire();
  // Among the installed packages, which the bundles import.
  const cache = fileURLToPath(new URL('../node_modules/.cache', import.meta.url));
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, 'commands-'));
  await build({
    entryPoints: ['keys', 'migrate'].map((name) => fileURLToPath(new URL(`${name}.ts`, import.meta.url))),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
});

afterAll(async () => {
  await wire.dispose();
  await rm(folder, { recursive: true });
});

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

function run(
  command: 'keys' | 'migrate',
  argv: string[],
  url: string | undefined = wire.url,
): Promise<Ended> {
  const env = { PATH: process.env['PATH'], ...(url === '' ? {} : { DATABASE_URL: url }) };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(folder, `${command}.mjs`), ...argv],
      { env },
      (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
      },
    );
  });
}

describe('the commands, as processes', () => {
  it('build the schema, and make, list, rotate and revoke a key', async () => {
    const early = await run('keys', ['list']);
    expect(early).toMatchObject({ code: 1, stdout: '' });
    expect(early.stderr).toMatch(/^error: [^\n]*run the migrations\n$/);

    expect(await run('migrate', [])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^schema version (\d+), \1 migrations applied\n$/),
      stderr: '',
    });
    expect((await run('migrate', [])).stdout).toMatch(/, 0 migrations applied\n$/);

    const created = await run('keys', ['create', '--name', '门店', '--role', 'admin']);
    expect(created.stdout).toMatch(/^qm_[0-9a-f]{12}_[\w-]{43}\n$/);
    const keyId = created.stdout.slice(3, 15);
    const rotated = await run('keys', ['rotate', keyId]);
    expect(rotated.stdout).toMatch(/^qm_/);
    expect((await run('keys', ['revoke', keyId])).code).toBe(0);
    const { stdout } = await run('keys', ['list']);
    expect(stdout.split('\n')).toHaveLength(4);
    expect(stdout).toMatch(new RegExp(`^${keyId} +admin +revoked .* all +门店$`, 'm'));
  });

  it('say in one line what is wrong, and never the URL', async () => {
    const unset = await run('keys', ['list'], '');
    expect(unset).toMatchObject({ code: 1, stdout: '' });
    expect(unset.stderr).toMatch(/^error: DATABASE_URL [^\n]*\n$/);

    const down = await run('migrate', [], 'postgresql://app:geheim@127.0.0.1:1/app');
    expect(down.code).toBe(1);
    expect(down.stderr).toMatch(/^error: The database cannot be reached[^\n]*\n$/);
    expect(down.stderr).not.toMatch(/geheim|postgresql:/);

    expect(await run('migrate', ['--fast'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^error: there is no option --fast\nusage: npm run migrate\n/),
    });
  });
});
