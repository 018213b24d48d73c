import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../shared/errors.ts';
import { runMethod } from './run-method.ts';
import type { Request, World } from './task.ts';
import { type CloudModel, createCloudModel, isWrite } from './testing/cloud-model.ts';
import { createTestClock, projectYaml, secret } from './testing/project.ts';

const credentials = { AccountID: '1', SecretID: 'AKIDofNobody', SecretKey: 'key-of-nobody' };
const services = ['stable-link', 'callback-handler', 'renew-expired-codes', 'migrate-database'];

let folder: string;
let model: CloudModel;
let lines: string[];
let env: Record<string, string>;
let answer: () => Promise<Response>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'qianma-method-'));
  model = createCloudModel();
  lines = [];
  env = { DATABASE_URL: secret };
  answer = async () => new Response('', { status: 401 });
  writeFileSync(join(folder, 'serverless.yml'), projectYaml());
  for (const name of services) {
    mkdirSync(join(folder, 'dist', name), { recursive: true });
    writeFileSync(join(folder, 'dist', name, 'index.js'), `// ${name}`);
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const writes = () =>
  model.calls.filter(isWrite).map(({ action, parameters }) => `${action} ${parameters['FunctionName']}`);

function run(method: Request['method'], args: string[] = ['--stage', 'dev'], more: Partial<Request> = {}) {
  const world: World = {
    env,
    clock: createTestClock(),
    fetch: () => answer(),
    print: (line) => void lines.push(line),
    createApi: () => model.api,
  };
  const configPath = join(folder, 'serverless.yml');
  return runMethod({ method, configPath, args, credentials, only: undefined, ...more }, world);
}

async function problemsOf(running: Promise<unknown>): Promise<string[]> {
  try {
    await running;
  } catch (error) {
    if (error instanceof Failure) return error.problems.map(({ path, message }) => `${path} ${message}`);
    throw error;
  }
  return [];
}

describe('deploy', () => {
  it('deploys, tries every function, and says where they are', async () => {
    const result = await run('deploy');
    expect(result).toMatchObject({
      publicBaseUrl: expect.stringContaining('stable-link'),
      callbackUrl: expect.stringContaining('callback-handler'),
    });
    expect(lines.filter((line) => line.startsWith('✓'))).toHaveLength(3);
    expect(lines.join('\n')).toMatch(new RegExp(`回调地址 / callback address +${result.callbackUrl}\n`));
  });

  it('shows no secret, in text or in JSON', async () => {
    await run('deploy');
    await run('plan', ['--stage', 'dev', '--json']);
    expect(lines.length).toBeGreaterThan(20);
    for (const hidden of [secret, credentials.SecretKey]) expect(lines.join('\n')).not.toContain(hidden);
  });

  it('fails when a function does not answer, and can be told not to try', async () => {
    answer = async () => new Response('', { status: 502 });
    expect(await problemsOf(run('deploy'))).toEqual([
      'qianma-dev-stable-link smoke test: answers 502',
      'qianma-dev-callback-handler smoke test: answers 502',
    ]);
    expect(await problemsOf(run('deploy', ['--stage', 'dev', '--skip-smoke']))).toEqual([]);
  });

  it('of one service leaves the others alone', async () => {
    await run('deploy');
    model.calls.length = 0;
    for (const name of services) writeFileSync(join(folder, 'dist', name, 'index.js'), '// new');
    const problems = await problemsOf(run('deploy', undefined, { only: 'stable-link' }));
    expect(problems).toEqual(['qianma-dev-stable-link is prepared, and waits for migrate-database']);
    expect(new Set(writes().map((write) => write.split(' ')[1]))).toEqual(
      new Set(['qianma-dev-stable-link']),
    );
    await run('deploy', undefined, { only: 'migrate-database' });
    expect(await problemsOf(run('deploy', undefined, { only: 'stable-link' }))).toEqual([]);
    expect(writes()).not.toContain('UpdateFunctionCode qianma-dev-callback-handler');
  });

  it('takes values from .env.<stage>, and the environment first', async () => {
    env = { DATABASE_URL: secret };
    writeFileSync(
      join(folder, '.env.dev'),
      'DATABASE_URL=postgres://of-the-file\nPUBLIC_BASE_URL=https://links.example.com\n',
    );
    expect(await run('deploy')).toMatchObject({ publicBaseUrl: 'https://links.example.com' });
    const variables = JSON.stringify(model.functions.get('qianma-dev-stable-link')?.members['Environment']);
    expect(variables).toContain(secret);
    expect(variables).toContain('https://links.example.com');
    expect(variables).not.toContain('of-the-file');
  });
});

describe('what is wrong on this machine', () => {
  it('is said all at once, before the first call', async () => {
    rmSync(join(folder, 'dist', 'stable-link'), { recursive: true });
    expect(await problemsOf(run('deploy', ['--stage', 'dev'], { credentials: { AccountID: '1' } }))).toEqual([
      'qianma_serverless_devs_access must be the API key of the deployer',
      'services.stable-link is not built: npm run build',
    ]);
    expect(await problemsOf(run('deploy', []))).toEqual([
      `services.*.props.stage holds \${env(STAGE)}, which nothing has set (4 services)`,
    ]);
    expect(model.calls).toEqual([]);
  });

  it('is no build, where nothing is uploaded', async () => {
    rmSync(join(folder, 'dist'), { recursive: true });
    expect(await run('info')).toMatchObject({ failed: [], text: '0 functions.' });
  });
});

describe('the other methods', () => {
  it('plan changes nothing, and then finds nothing', async () => {
    await run('plan');
    expect(lines.some((line) => line.includes('stable-link  CreateFunction  is not there yet'))).toBe(true);
    expect(writes()).toEqual([]);
    await run('deploy');
    lines.length = 0;
    expect(await run('plan')).toMatchObject({ text: 'Nothing to do: the cloud is as described.' });
  });

  it('info shows what is there', async () => {
    await run('deploy');
    lines.length = 0;
    await run('info', ['--stage', 'dev', '--json']);
    const shown = lines.map((line) => JSON.parse(line));
    expect(shown).toContainEqual({
      event: 'function',
      target: 'qianma-dev-renew-expired-codes',
      status: 'Active',
      version: '1',
      url: '',
      timers: ['every-minute 0 * * * * * *'],
    });
  });

  it('rollback goes one deployment back, and remove leaves nothing', async () => {
    await run('deploy');
    expect(await run('rollback')).toMatchObject({ calls: 0, text: 'There is nothing to go back to.' });
    writeFileSync(join(folder, 'dist', 'stable-link', 'index.js'), '// new');
    await run('deploy');
    expect(await run('rollback')).toMatchObject({ calls: 1 });
    expect(model.functions.get('qianma-dev-stable-link')?.aliases.get('$DEFAULT')).toMatchObject({
      FunctionVersion: '1',
    });
    await run('remove');
    expect(model.functions.size).toBe(0);
  });
});
