/** All that a deployment needs of the world, on this machine: the stand-in of the cloud, a database, upstream. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createManualClock, type ManualClock } from '../../local/clock/manual-clock.test.kit.ts';
import { credentials } from '../../local/cloud-api/credentials.ts';
import { createEmulator } from '../../local/essbasic/create-emulator.ts';
import { exampleAgent } from '../../local/essbasic/seeds/organisations.ts';
import { createScfManagement } from '../../local/scf/management/create-scf-management.ts';
import type { ScfManagement } from '../../local/scf/management/scf-management.ts';
import { startBySmallProcess } from '../../local/scf/testing/small-starter.ts';
import { mintApiKey } from '../../local/start/api-key.ts';
import { startWire } from '../../shared/store/testing/wire.ts';

export interface Ran {
  status: number;
  stdout: string;
  stderr: string;
}

export interface StandIn {
  management: ScfManagement;
  /** What timers fire by. */
  clock: ManualClock;
  apiKey: string;
  lines: string[];
  /** A copy of what is deployed, to be changed at will. */
  project: string;
  /** What a deployer's shell holds. */
  env: Record<string, string>;
  /** `npm run deploy -- …`, without the build. */
  run(...args: string[]): Promise<Ran>;
  /** Whom the commands called and what they started, but for the API and the Function URLs of this machine. */
  strangers(): string[];
  command(file: string, args: readonly string[], env?: Record<string, string>): Promise<Ran>;
  close(): Promise<void>;
}

export async function startStandIn(): Promise<StandIn> {
  const folder = await mkdtemp(join(tmpdir(), 'qianma-deployment-'));
  const emulator = createEmulator();
  const lines: string[] = [];
  const clock = createManualClock();
  const management = createScfManagement({
    credentials,
    clock,
    // As the processes below sleep for a fiftieth of the time.
    requestsPerSecond: 1000,
    instanceModule: resolve('dist/local/instance.mjs'),
    startInstance: startBySmallProcess,
    logger: (line) => lines.push(line),
  });
  const [{ url: emulatorUrl }, { url }, database] = await Promise.all([
    emulator.listen(),
    management.listen(),
    startWire(),
  ]);
  const project = join(folder, 'project');
  const watchFile = join(folder, 'watched.txt');
  await cp('serverless.yml', join(project, 'serverless.yml'));
  await cp('dist', join(project, 'dist'), { recursive: true, filter: (path) => !/\.map$/.test(path) });
  const { key, hash } = mintApiKey();
  const [{ secretId, secretKey }] = credentials;
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    NODE_OPTIONS: ['watch-process', 'short-sleeps']
      .map((name) => `--require ${resolve(`deploy/testing/${name}.cjs`)}`)
      .join(' '),
    WATCH_FILE: watchFile,
    qianma_serverless_devs_access: JSON.stringify({
      AccountID: '1',
      SecretID: secretId,
      SecretKey: secretKey,
    }),
    QIANMA_SCF_ENDPOINT: url,
    STAGE: 'dev',
    API_KEY_HASH: hash,
    DATABASE_URL: database.url,
    ESS_APP_ID: exampleAgent.AppId,
    ESS_CALLBACK_KEYS: 'k'.repeat(32),
    ESS_CALLBACK_TOKENS: 'callback-token',
    ESS_ENDPOINT: emulatorUrl,
    ESS_SECRET_ID: secretId,
    ESS_SECRET_KEY: secretKey,
    REGISTER_KEYS: Buffer.alloc(32, 7).toString('base64'),
  };
  const command = (file: string, args: readonly string[], more: Record<string, string> = {}) =>
    execute(file, args, { cwd: project, env: { ...env, ...more } });
  return {
    management,
    clock,
    apiKey: key,
    lines,
    project,
    env,
    command,
    strangers: () => strangersIn(readFileSync(watchFile, 'utf8')),
    run: (...args) => command(process.execPath, [resolve('dist/deploy/main.mjs'), ...args]),
    async close() {
      await Promise.all([management.close(), emulator.close()]);
      await database.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function strangersIn(watched: string): string[] {
  const lines = watched.trim().split('\n');
  if (!lines.includes('connect 127.0.0.1')) throw new Error('nothing was watched');
  return lines.filter((line) => !/^(connect|lookup) (127\.0\.0\.1|localhost)$/.test(line));
}

function execute(
  file: string,
  args: readonly string[],
  options: { cwd: string; env: Record<string, string> },
): Promise<Ran> {
  return new Promise((done) => {
    execFile(file, args, { ...options, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      const status = typeof error?.code === 'number' ? error.code : error === null ? 0 : -1;
      done({ status, stdout, stderr });
    });
  });
}
