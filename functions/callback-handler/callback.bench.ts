/** What receiving a notification costs beside the least that it could cost. */
import { createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { median } from '../../bench/measure.ts';
import { benchDatabaseUrl, withDatabase } from '../../bench/own-database.ts';
import type { BenchResult } from '../../bench/result.ts';
import { composeNotification } from '../../shared/callback/compose-notification.ts';
import { randomIds } from '../../shared/codes/ids.ts';
import { defaultPolicy } from '../../shared/codes/renewal/renewal-policy.ts';
import type { ReceivedNotification, Rejection } from '../../shared/notifications/notification.ts';
import { receiveNotification, recordRejection } from '../../shared/notifications/receive-notification.ts';
import type { MainHandler } from '../../shared/runtime/http/http-handler.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { notificationArrivals } from '../../shared/store/notifications/notification-arrivals.ts';
import type { Database } from '../../shared/store/postgres/database.ts';
import { openPgDatabase } from '../../shared/store/postgres/pg-database.ts';
import { insertManyCodes } from '../../shared/store/testing/many-codes.ts';
import { callbackHandler } from './callback-handler.ts';
import { receivingDesk, unusedEnvironment } from './testing/desk.ts';

const key = 'BENCH000BENCH000BENCH000BENCH000';
const token = 'token-of-the-benchmark';
const codes = 10_000;
const rounds = 31;
const callsPerRound = 100;
const warmUpCalls = 500;

interface Posted {
  body: Buffer;
  signature: string;
}

/** Each of another message, about codes in turn: none of them comes near a threshold. */
function createSender(): (count: number) => Posted[] {
  let sent = 0;
  return (count) =>
    Array.from({ length: count }, () => {
      sent += 1;
      const { body, headers } = composeNotification(
        {
          MsgId: randomBytes(16).toString('hex'),
          MsgType: 'MultiFlowSignQrCodeCost',
          MsgVersion: 'ThirdPartyApp',
          MsgData: { QrCodeId: qrCodeId(1 + (sent % codes)), OccurTime: Math.floor(Date.now() / 1000) },
        },
        { key, token },
      );
      return { body, signature: headers['Content-Signature'] ?? '' };
    });
}

/** Ids of upstream have 32 characters. */
const qrCodeId = (number: number) => `q${String(number).padStart(31, '0')}`;

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

function handlerOn(db: Database): MainHandler {
  const ports = {
    notifications: notificationArrivals(db),
    surroundings: { nowMs: Date.now, random: Math.random, ids: randomIds() },
    seal: createSeal(undefined),
  };
  const inbox = {
    receive: (received: ReceivedNotification) => receiveNotification(ports, received),
    reject: (rejection: Rejection) => recordRejection(ports, rejection),
  };
  const env = { ...unusedEnvironment, ESS_CALLBACK_KEYS: key, ESS_CALLBACK_TOKENS: token };
  return callbackHandler(() => receivingDesk(inbox), { env, write: () => {} });
}

function ours(db: Database): (posted: Posted) => Promise<unknown> {
  const handle = handlerOn(db);
  return async ({ body, signature }) => {
    const event = {
      httpMethod: 'POST',
      path: '/callback-handler',
      headers: { 'content-type': 'application/json', 'content-signature': signature },
      queryString: {},
      body: body.toString(),
    };
    const { statusCode } = await handle(event, { time_limit_in_ms: 60_000 });
    if (statusCode !== 200) throw new Error(`answered ${statusCode}`);
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
      return [await compare(db)];
    } finally {
      await db.close();
    }
  });
}

async function fill(db: Database): Promise<void> {
  await insertManyCodes(db, { count: codes, organizations: 199, newestS: Math.floor(Date.now() / 1000) });
  await db.query("update generations set qr_code_id = 'q' || lpad(substr(qr_code_id, 2), 31, '0')");
  await db.query('update codes set policy = $1', [JSON.stringify(defaultPolicy)]);
  await db.query(
    'create table floor (msg_id text primary key, body text not null, received_at timestamptz not null)',
  );
  await db.query('vacuum analyze');
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
       (select count(*)::int from notifications where outcome = 'applied') as applied`,
  );
  const expected = warmUpCalls + rounds * callsPerRound;
  if (rows[0]?.used !== expected || rows[0].applied !== expected) {
    throw new Error(`${expected} notifications, and counted were ${JSON.stringify(rows[0])}`);
  }
}
