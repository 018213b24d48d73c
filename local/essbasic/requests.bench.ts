import { Agent } from 'node:http';
import { resolve } from 'node:path';
import { startNode } from '../../bench/child.ts';
import { median } from '../../bench/measure.ts';
import type { BenchResult } from '../../bench/result.ts';
import { createSender } from '../../bench/signed-create.ts';

const rounds = 7;
const requestsPerRound = 1500;
const atOnce = 8;

/** Signed creates that the emulator answers in a second, against a bare server that answers any request the same way. */
export default async function bench(): Promise<BenchResult[]> {
  const emulator = await startNode([resolve('dist/bench/emulator-server.mjs')]);
  const bare = await startNode([resolve('dist/bench/loopback-upstream.mjs')]);
  try {
    const rates = { emulator: [] as number[], bare: [] as number[] };
    for (let round = -1; round < rounds; round += 1) {
      const emulated = await perSecond(Number(emulator.line));
      const floor = await perSecond(Number(bare.line));
      // The first round warms up.
      if (round < 0) continue;
      rates.emulator.push(emulated);
      rates.bare.push(floor);
    }
    return [
      {
        name: 'emulator/requests-per-second',
        ratio: median(rates.emulator.map((rate, round) => rate / (rates.bare[round] ?? Number.NaN))),
        against: `a bare node:http server with one canned answer (${Math.round(median(rates.bare))} requests/s)`,
        value: Math.round(median(rates.emulator)),
        unit: 'requests/s',
      },
    ];
  } finally {
    emulator.child.kill();
    bare.child.kill();
  }
}

async function perSecond(port: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const send = createSender(port, agent);
  const started = performance.now();
  let sent = 0;
  const worker = async () => {
    while (sent < requestsPerRound) {
      sent += 1;
      await send();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  agent.destroy();
  return (requestsPerRound / (performance.now() - started)) * 1000;
}
