import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { within } from '../shared/world.ts';

/** Environment of a child: what it needs to start, and nothing that slows Node down. */
export function bareEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', ...extra };
}

/** What runs or starts for longer hangs. */
const longestRunMs = 120_000;
const longestStartMs = 30_000;

const living = new Set<ChildProcess>();
// A child that is left behind would keep the terminal of the benchmark open.
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

function started<Child extends ChildProcess>(child: Child): Child {
  living.add(child);
  child.once('exit', () => living.delete(child));
  return child;
}

/** Runs a script in a fresh Node and returns what it printed and how long the process lived, in milliseconds. */
export async function runNode(
  args: readonly string[],
  env: Record<string, string> = bareEnvironment(),
): Promise<{ output: string; wallMs: number }> {
  const startedMs = performance.now();
  const child = started(spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] }));
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  const ended = once(child, 'close').then(([code]) => {
    if (code !== 0) throw new Error(`node ${args[0]} ended with ${code}`);
  });
  await inTime(child, args, longestRunMs, ended);
  return { output, wallMs: performance.now() - startedMs };
}

/**
 * Starts a server in a process of its own; resolves with the first line that it prints. It is told by its channel when
 * the benchmark is over, however that ends.
 */
export async function startNode(args: readonly string[]): Promise<{ line: string; child: ChildProcess }> {
  const child = started(
    spawn(process.execPath, args, { env: bareEnvironment(), stdio: ['ignore', 'pipe', 'inherit', 'ipc'] }),
  );
  const line = new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (chunk) => resolve(String(chunk).trim()));
    child.once('exit', (code) =>
      reject(new Error(`node ${args[0]} ended with ${code} before it had said a word`)),
    );
  });
  return { line: await inTime(child, args, longestStartMs, line), child };
}

/** What comes of a process, which is ended when that takes too long. */
async function inTime<T>(
  child: ChildProcess,
  args: readonly string[],
  mostMs: number,
  result: Promise<T>,
): Promise<T> {
  return within(mostMs, result, () => {
    child.kill('SIGKILL');
    throw new Error(`node ${args.join(' ').slice(0, 200)} was not over after ${mostMs / 1000} s`);
  });
}
