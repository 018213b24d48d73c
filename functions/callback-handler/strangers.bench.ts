/** How long a genuine notification takes beside a thousand others a second that prove nothing. */
import { median } from '../../bench/measure.ts';
import { benchDatabaseUrl, withDatabase } from '../../bench/own-database.ts';
import type { BenchResult } from '../../bench/result.ts';
import { openPgDatabase } from '../../shared/store/postgres/pg-database.ts';
import { createSender, fill, handlerOn, type Posted, post } from './testing/full-register.ts';

const rounds = 15;
const genuinePerRound = 200;
const paceMs = 5;
const strangersPerSecond = 1_000;
const burstMs = 10;

/** Forged without the token, cut, without a signature, and large. */
function forged({ body, signature }: Posted, number: number): Posted {
  const wrong = signature.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  const kinds: Posted[] = [
    { body, signature: wrong },
    { body: body.subarray(0, -20), signature },
    { body, signature: '' },
    { body: Buffer.alloc(100_000, 'x'), signature: wrong },
  ];
  return kinds[number % kinds.length] ?? { body, signature: wrong };
}

export default async function bench(): Promise<BenchResult[]> {
  const url = benchDatabaseUrl('notify/beside-1000-forged');
  if (url === undefined) return [];
  return withDatabase(url, async (ownUrl) => {
    const db = openPgDatabase(ownUrl);
    try {
      await fill(db);
      return [await compare(post(handlerOn(db)))];
    } finally {
      await db.close();
    }
  });
}

async function compare(send: (posted: Posted) => Promise<number>): Promise<BenchResult> {
  const messages = createSender();
  const crowd = createCrowd(send, messages(400).map(forged));
  const alone: number[] = [];
  const beside: number[] = [];
  await latencyMs(send, messages(500));
  for (let round = 0; round < rounds; round += 1) {
    alone.push(await latencyMs(send, messages(genuinePerRound)));
    beside.push(await crowd.during(() => latencyMs(send, messages(genuinePerRound))));
  }
  return {
    name: 'notify/beside-1000-forged',
    ratio: median(beside) / median(alone),
    against: `the same notifications alone (${median(alone).toFixed(2)} ms; ${crowd.rate()} strangers a second came)`,
    value: Number(median(beside).toFixed(2)),
    unit: 'ms',
  };
}

/** One after the other, with a pause between. @returns the median, in milliseconds */
async function latencyMs(send: (posted: Posted) => Promise<number>, messages: readonly Posted[]) {
  const took: number[] = [];
  for (const message of messages) {
    await new Promise((resolve) => setTimeout(resolve, paceMs));
    const began = performance.now();
    const status = await send(message);
    if (status !== 200) throw new Error(`answered ${status}`);
    took.push(performance.now() - began);
  }
  return median(took);
}

/** Strangers who keep coming for as long as something else is done. */
function createCrowd(send: (posted: Posted) => Promise<number>, crowd: readonly Posted[]) {
  let came = 0;
  let tookMs = 0;
  async function during<T>(work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    let sent = 0;
    const comeOn = setInterval(() => {
      // As many as should have come by now, however late the timer is.
      const due = ((performance.now() - began) * strangersPerSecond) / 1000;
      for (; sent < due; sent += 1) void knock(crowd[sent % crowd.length]);
    }, burstMs);
    try {
      return await work();
    } finally {
      clearInterval(comeOn);
      came += sent;
      tookMs += performance.now() - began;
    }
  }
  async function knock(stranger: Posted | undefined): Promise<void> {
    if (stranger !== undefined && (await send(stranger)) === 200) throw new Error('a stranger was believed');
  }
  return { during, rate: () => Math.round((came * 1000) / tookMs) };
}
