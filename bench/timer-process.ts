import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { credentials } from '../local/cloud-api/credentials.ts';
import { bareEnvironment } from './child.ts';
import { benchKey, createBody } from './create-environment.ts';

/** An instance of the renewal function in a process of its own, which gets one tick after another. */
export interface TimerProcess {
  child: ChildProcess;
  /** Resident bytes, as last reported. */
  rss(): number;
}

/** @param tickMs how long one tick may take */
export function startTimer(env: Record<string, string>, tickMs: number): TimerProcess {
  const bundle = resolve('dist/renew-expired-codes/index.js');
  const child = forkBench('renewal-timer', [bundle, String(tickMs)], env);
  let bytes = Number.NaN;
  child.on('message', (told) => {
    bytes = Number(told);
  });
  return { child, rss: () => bytes };
}

/** What the functions log is part of their work; where it goes is not what is measured. */
export function forkBench(name: string, args: readonly string[], env: Record<string, string>): ChildProcess {
  return fork(resolve(`dist/bench/${name}.mjs`), args, {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

/** Environment variables of functions that call an emulator. */
export function emulatedEnvironment(
  databaseUrl: string,
  emulatorPort: string,
  requestsPerSecond: number,
): Record<string, string> {
  return bareEnvironment({
    API_KEY_HASH: createHash('sha256').update(benchKey).digest('hex'),
    DATABASE_URL: databaseUrl,
    ESS_APP_ID: createBody.Agent.AppId,
    ESS_ENDPOINT: `http://127.0.0.1:${emulatorPort}`,
    ESS_REQUESTS_PER_SECOND: String(requestsPerSecond),
    ESS_SECRET_ID: credentials[0].secretId,
    ESS_SECRET_KEY: credentials[0].secretKey,
    PUBLIC_BASE_URL: 'http://127.0.0.1:9000',
  });
}
