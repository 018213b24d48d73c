import { Agent, request as httpRequest } from 'node:http';
import { resolve } from 'node:path';
import { startNode } from '../../bench/child.ts';
import { createBody } from '../../bench/create-environment.ts';
import { median } from '../../bench/measure.ts';
import type { BenchResult } from '../../bench/result.ts';
import { api } from '../../shared/contract/api.ts';
import { ChannelCreateMultiFlowSignQRCode } from '../../shared/contract/ChannelCreateMultiFlowSignQRCode.ts';
import { createSigner } from '../../shared/tc3/sign.ts';
import { credentials } from './seeds/credentials.ts';

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
  const send = sender(port, agent);
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

function sender(port: number, agent: Agent): () => Promise<void> {
  const sign = createSigner(credentials[0], api.service);
  const body = Buffer.from(JSON.stringify(createBody));
  const action = ChannelCreateMultiFlowSignQRCode.name;
  const host = `127.0.0.1:${port}`;
  return () => {
    const timestampS = Math.floor(Date.now() / 1000);
    const headers = {
      Host: host,
      'Content-Type': 'application/json',
      'Content-Length': body.byteLength,
      Authorization: sign({ host, contentType: 'application/json', action, body, timestampS }),
      'X-TC-Action': action,
      'X-TC-Version': api.version,
      'X-TC-Timestamp': timestampS,
    };
    return new Promise((done, fail) => {
      const request = httpRequest({ host: '127.0.0.1', port, method: 'POST', agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => {
          text += chunk;
        });
        // A refusal is cheaper than an answer: it must not pass for one.
        response.once('end', () => (text.includes('"QrCodeId"') ? done() : fail(new Error(text))));
      });
      request.once('error', fail).end(body);
    });
  };
}
