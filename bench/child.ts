import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Environment of a child: what it needs to start, and nothing that slows Node down. */
export function bareEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', ...extra };
}

/** Runs a script in a fresh Node and returns what it printed and how long the process lived, in milliseconds. */
export async function runNode(
  args: readonly string[],
  env: Record<string, string> = bareEnvironment(),
): Promise<{ output: string; wallMs: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`node ${args[0]} ended with ${code}`);
  return { output, wallMs: performance.now() - started };
}

/** Starts a server in a process of its own; resolves with the first line that it prints. */
export async function startNode(args: readonly string[]): Promise<{ line: string; child: ChildProcess }> {
  const child = spawn(process.execPath, args, {
    env: bareEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [chunk] = await once(child.stdout, 'data');
  return { line: String(chunk).trim(), child };
}
