import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { ChaosCode } from './chaos-codes.ts';

/** What a process is told when it is made. */
export interface WorkerPlan {
  databaseUrl: string;
  essbasicUrl: string;
  seed: number;
  aheadMs: number;
  concurrency: number;
  /** The code to make; undefined: it renews. */
  create?: ChaosCode;
  stopAtStep?: number;
}

export type WorkerMessage =
  | { kind: 'ready' }
  | { kind: 'at-step' }
  /** The work is done, or has failed by itself. */
  | { kind: 'ended'; steps: number; error?: string };

export type WorkerEnd = { kind: 'killed' } | { kind: 'ended'; steps: number; error?: string };

export interface WorkerProcess {
  /** Lets it begin, and kills it when it has come to its step, or after so many milliseconds. */
  run(killAfterMs?: number): Promise<WorkerEnd>;
  /** Ends a process that was never needed. */
  discard(): Promise<void>;
}

/** The worker in one file, as a function is deployed. */
export async function buildWorker(): Promise<{ file: string; dispose(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'qianma-chaos-'));
  const file = join(folder, 'worker.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('worker.ts', import.meta.url))],
    outfile: file,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    external: ['pg-native'],
    banner: {
      // pg is CommonJS and asks for the modules of Node.
      js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);globalThis.navigator??={userAgent:'Node.js'};",
    },
    logLevel: 'warning',
  });
  return { file, dispose: () => rm(folder, { recursive: true, force: true }) };
}

/** Starts a process, which loads and then waits: starting takes longer than the work, and may go on beside other work. */
export function startWorker(file: string, plan: WorkerPlan): WorkerProcess {
  const child = fork(file, {
    env: { CHAOS_PLAN: JSON.stringify(plan) },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaints = '';
  child.stderr?.on('data', (text) => {
    complaints += String(text);
  });
  const ended = once(child, 'exit');
  const ready = readiness(child);

  async function run(killAfterMs?: number): Promise<WorkerEnd> {
    await Promise.race([ready, ended]);
    let report: WorkerEnd | undefined;
    let killed = false;
    const kill = () => {
      killed = child.kill('SIGKILL');
    };
    const alarm = killAfterMs === undefined ? undefined : setTimeout(kill, killAfterMs);
    child.on('message', (message: WorkerMessage) => {
      if (message.kind === 'at-step') kill();
      if (message.kind !== 'ended') return;
      clearTimeout(alarm);
      report = message;
    });
    if (child.connected) child.send('begin');
    await ended;
    clearTimeout(alarm);
    if (report !== undefined) return report;
    if (killed) return { kind: 'killed' };
    throw new Error(`A process has ended by itself: ${complaints}`);
  }

  async function discard(): Promise<void> {
    child.kill('SIGKILL');
    await ended;
  }

  return { run, discard };
}

/** Listens from the first moment: what a process says before anybody asks is not lost. */
function readiness(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.on('message', (message: WorkerMessage) => {
      if (message.kind === 'ready') resolve();
    });
  });
}
