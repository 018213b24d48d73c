import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { resolve } from 'node:path';
import { bareEnvironment, runNode } from '../../bench/child.ts';
import { median } from '../../bench/measure.ts';
import type { BenchResult } from '../../bench/result.ts';
import { createSender } from '../../bench/signed-create.ts';

const rounds = 25;
const longestMs = 30_000;
const readyLine = /^ready: API http:\/\/127\.0\.0\.1:(\d+)/m;

/** From the start of the emulator's process to its first answer, a signed create, against a Node that does nothing. */
export default async function bench(): Promise<BenchResult[]> {
  const ms = { bare: [] as number[], ready: [] as number[], answered: [] as number[] };
  for (let round = -1; round < rounds; round += 1) {
    const { wallMs } = await runNode(['-e', '0']);
    const { readyMs, answeredMs } = await startEmulator();
    // The first round fills the caches of files.
    if (round < 0) continue;
    ms.bare.push(wallMs);
    ms.ready.push(readyMs);
    ms.answered.push(answeredMs);
  }
  const against = `node -e 0 (${median(ms.bare).toFixed(1)} ms)`;
  const line = (name: string, own: readonly number[]) => ({
    name,
    ratio: median(own.map((value, round) => value / (ms.bare[round] ?? Number.NaN))),
    against,
    value: Number(median(own).toFixed(1)),
    unit: 'ms',
  });
  return [
    line('emulator/start-vs-bare-node', ms.answered),
    line('emulator/start-vs-bare-node/ready', ms.ready),
  ];
}

/** How long one start took until the emulator said that it listens, and until it had answered. Milliseconds. */
async function startEmulator(): Promise<{ readyMs: number; answeredMs: number }> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [resolve('dist/local/emulator.cjs')], {
    env: bareEnvironment({ ESSBASIC_PORT: '0' }),
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: longestMs,
  });
  const agent = new Agent();
  let output = '';
  for await (const chunk of child.stdout) {
    output += chunk;
    const port = readyLine.exec(output)?.[1];
    if (port === undefined) continue;
    const readyMs = performance.now() - startedMs;
    await createSender(Number(port), agent)();
    const answeredMs = performance.now() - startedMs;
    agent.destroy();
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return { readyMs, answeredMs };
  }
  throw new Error(`the emulator ended before it listened: ${output}`);
}
