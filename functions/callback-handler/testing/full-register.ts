/** A register that is full, the handler on it, and messages that it counts: what benchmarks of it share. */
import { randomBytes } from 'node:crypto';
import { composeNotification } from '../../../shared/callback/compose-notification.ts';
import { randomIds } from '../../../shared/codes/ids.ts';
import { defaultPolicy } from '../../../shared/codes/renewal/renewal-policy.ts';
import type { ReceivedNotification, Rejection } from '../../../shared/notifications/notification.ts';
import { receiveNotification, recordRejection } from '../../../shared/notifications/receive-notification.ts';
import type { MainHandler } from '../../../shared/runtime/http/http-handler.ts';
import { createSeal } from '../../../shared/runtime/seal.ts';
import { notificationArrivals } from '../../../shared/store/notifications/notification-arrivals.ts';
import type { Database } from '../../../shared/store/postgres/database.ts';
import { analyzeTables } from '../../../shared/store/testing/analyze-tables.ts';
import { insertManyCodes } from '../../../shared/store/testing/many-codes.ts';
import { callbackHandler } from '../callback-handler.ts';
import { receivingDesk, unusedEnvironment } from './desk.ts';

export const key = 'BENCH000BENCH000BENCH000BENCH000';
export const token = 'token-of-the-benchmark';
const codes = 10_000;

export interface Posted {
  body: Buffer;
  signature: string;
}

/** Each of another message, about codes in turn: none of them comes near a threshold. */
export function createSender(): (count: number) => Posted[] {
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

export function handlerOn(db: Database): MainHandler {
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

/** @returns what the handler answers, as a status */
export function post(handle: MainHandler): (posted: Posted) => Promise<number> {
  return async ({ body, signature }) => {
    const event = {
      httpMethod: 'POST',
      path: '/callback-handler',
      headers: { 'content-type': 'application/json', 'content-signature': signature },
      queryString: {},
      body: body.toString(),
    };
    const { statusCode } = await handle(event, { time_limit_in_ms: 60_000 });
    return statusCode;
  };
}

/** A database of its own with that many codes, none of them near a threshold. */
export async function fill(db: Database): Promise<void> {
  await insertManyCodes(db, { count: codes, organizations: 199, newestS: Math.floor(Date.now() / 1000) });
  await db.query("update generations set qr_code_id = 'q' || lpad(substr(qr_code_id, 2), 31, '0')");
  await db.query('update codes set policy = $1', [JSON.stringify(defaultPolicy)]);
  await analyzeTables(db, 'vacuum analyze');
}
