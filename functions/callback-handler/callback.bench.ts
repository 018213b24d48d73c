/** What receiving a notification costs beside the least that it could cost. */
import { createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { median } from '../../bench/measure.ts';
import { benchDatabaseUrl, withDatabase } from '../../bench/own-database.ts';
import type { BenchResult } from '../../bench/result.ts';
import type { Database } from '../../shared/store/postgres/database.ts';
import { openPgDatabase } from '../../shared/store/postgres/pg-database.ts';
import { createSender, fill, handlerOn, key, type Posted, post, token } from './testing/full-register.ts';

const rounds = 31;
const callsPerRound = 100;
const warmUpCalls = 500;

/** The least: prove it, decrypt it, and insert it on the same connection. */
function floor(db: Database): (posted: Posted) => Promise<unknown> {
  return async ({ body, signature }) => {
    const expected = `sha256=${createHmac('sha256', token).update(body).digest('hex')}`;
    if (!timingSafeEqual(Buffer.from(expected), Buffer.from(signature))) throw new Error('not proved');
    const { encrypt } = JSON.parse(body.toString());
    const decipher = createDecipheriv('aes-256-cbc', key, key.slice(0, 16));
    const plaintext = decipher.update(encrypt, 'base64', 'utf8') + decipher.final('utf8');
    const { MsgId } = JSON.parse(plaintext);
    return db.query('insert into floor (msg_id, body, received_at) values ($1, $2, $3)', [
      MsgId,
      body.toString(),
      new Date().toISOString(),
    ]);
  };
}

function ours(db: Database): (posted: Posted) => Promise<unknown> {
  const send = post(handlerOn(db));
  return async (posted) => {
    const status = await send(posted);
    if (status !== 200) throw new Error(`answered ${status}`);
  };
}

/** @returns calls a second */
async function rate(run: (posted: Posted) => Promise<unknown>, posted: readonly Posted[]): Promise<number> {
  const start = performance.now();
  for (const one of posted) await run(one);
  return (posted.length * 1000) / (performance.now() - start);
}

export default async function bench(): Promise<BenchResult[]> {
  const url = benchDatabaseUrl('callback/floor');
  if (url === undefined) return [];
  return withDatabase(url, async (ownUrl) => {
    const db = openPgDatabase(ownUrl);
    try {
      await fill(db);
      await db.query(
        'create table floor (msg_id text primary key, body text not null, received_at timestamptz not null)',
      );
      return [await compare(db)];
    } finally {
      await db.close();
    }
  });
}

/** Both on the one connection, interleaved, each round in turned order. */
async function compare(db: Database): Promise<BenchResult> {
  const send = createSender();
  const contestants = { ours: ours(db), floor: floor(db) };
  const order = ['ours', 'floor'] as const;
  const rates = { ours: [] as number[], floor: [] as number[] };
  for (const name of order) await rate(contestants[name], send(warmUpCalls));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? order : order.toReversed()) {
      rates[name].push(await rate(contestants[name], send(callsPerRound)));
    }
  }
  await mustBeCounted(db);
  return {
    name: 'callback/floor',
    ratio: median(rates.ours.map((one, round) => one / (rates.floor[round] ?? Number.NaN))),
    against: 'one HMAC, one decryption and one insert on the same connection',
    value: Math.round(median(rates.ours)),
    unit: 'notifications/s',
  };
}

/** A benchmark of messages that had no effect would be a lie. */
async function mustBeCounted(db: Database): Promise<void> {
  const { rows } = await db.query<{ used: number; applied: number }>(
    `select (select sum(used)::int from generations) as used,
       (select count(*)::int from messages where outcome is null) as applied`,
  );
  const expected = warmUpCalls + rounds * callsPerRound;
  if (rows[0]?.used !== expected || rows[0].applied !== expected) {
    throw new Error(`${expected} notifications, and counted were ${JSON.stringify(rows[0])}`);
  }
}
