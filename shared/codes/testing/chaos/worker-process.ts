import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { ChaosCode } from './chaos-codes.ts';

/** What a process gets when it is made. */
export interface WorkerPlan {
  databaseUrl: string;
  essbasicUrl: string;
  seed: number;
  aheadMs: number;
  concurrency: number;
  /** The code to make; undefined: it renews. */
  create?: ChaosCode;
  stopAtStep?: number;
  /** It is not killed there, but goes on when the test says so. */
  thaws?: boolean;
}

export type WorkerMessage =
  | { kind: 'ready' }
  | { kind: 'at-step' }
  /** The work is done, or has failed by itself. */
  | { kind: 'ended'; steps: number; error?: string };

/** `thawed`: it was frozen on its way. */
export type WorkerEnd =
  | { kind: 'killed' }
  | { kind: 'ended'; steps: number; error?: string; thawed: boolean };

export interface WorkerProcess {
  /** It has loaded and waits, or has ended: then `run` says why. */
  readonly ready: Promise<unknown>;
  /**
   * Lets it begin, and kills it after so many milliseconds, or when it has come to its step; with `meanwhile` it goes
   * on from there as soon as that is done.
   */
  run(options: { killAfterMs?: number; meanwhile?: () => Promise<void> }): Promise<WorkerEnd>;
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
  // What it said last may come after its end.
  const ended = Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  const ready = Promise.race([readiness(child), ended]);

  async function run({ killAfterMs, meanwhile }: Parameters<WorkerProcess['run']>[0]): Promise<WorkerEnd> {
    await ready;
    let report: WorkerEnd | undefined;
    let killed = false;
    let failure: unknown;
    let thawed = false;
    const kill = () => {
      killed = child.kill('SIGKILL');
    };
    const alarm = killAfterMs === undefined ? undefined : setTimeout(kill, killAfterMs);
    const thaw = async (work: () => Promise<void>) => {
      try {
        await work();
        thawed = true;
        child.send('go on');
      } catch (error) {
        failure = error;
        kill();
      }
    };
    child.on('message', (message: WorkerMessage) => {
      if (message.kind === 'at-step') meanwhile === undefined ? kill() : void thaw(meanwhile);
      if (message.kind !== 'ended') return;
      clearTimeout(alarm);
      report = { ...message, thawed };
    });
    if (child.connected) child.send('begin');
    await ended;
    clearTimeout(alarm);
    if (failure !== undefined) throw failure;
    if (report !== undefined) return report;
    if (killed) return { kind: 'killed' };
    throw new Error(`A process has ended by itself: ${complaints}`);
  }

  async function discard(): Promise<void> {
    child.kill('SIGKILL');
    await ended;
  }

  return { ready, run, discard };
}

/** Listens from the first moment: what a process says before anybody asks is not lost. */
function readiness(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.on('message', (message: WorkerMessage) => {
      if (message.kind === 'ready') resolve();
    });
  });
}
