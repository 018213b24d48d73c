import { randomBytes } from 'node:crypto';
import { randomIds } from '../../codes/ids.ts';
import { defaultPolicy } from '../../codes/renewal/renewal-policy.ts';
import { receiveNotification } from '../../notifications/receive-notification.ts';
import { notificationArrivals } from '../notifications/notification-arrivals.ts';
import type { Database } from '../postgres/database.ts';
import { insertManyCodes } from './many-codes.ts';

/** An id as upstream gives them. */
export const upstreamId = () => randomBytes(16).toString('hex');

/** The QR code of code number n of {@link insertScannedCodes}. */
export const qrCodeOf = (n: number) => `q${String(n).padStart(31, '0')}`;

/** Codes with which so many contracts can be started that nothing follows from one but the count. */
export async function insertScannedCodes(
  db: Database,
  { codes, organizations }: { codes: number; organizations: number },
): Promise<void> {
  await insertManyCodes(db, { count: codes, organizations, newestS: Math.floor(Date.now() / 1000) });
  await db.query('update codes set policy = $1', [JSON.stringify(defaultPolicy)]);
  await db.query(
    "update generations set qr_code_id = 'q' || lpad(substr(qr_code_id, 2), 31, '0'), max_flow_num = 1000000",
  );
}

/**
 * Has a message that has just come take its effect, from its proof on.
 *
 * @throws if it has none
 */
export async function postMessage(db: Database, msgType: string, data: object): Promise<void> {
  const ports = {
    notifications: notificationArrivals(db),
    surroundings: { nowMs: Date.now, random: Math.random, ids: randomIds() },
    seal: { seal: (text: string) => text, open: (text: string) => text },
  };
  const { outcome } = await receiveNotification(ports, {
    message: {
      msgId: upstreamId(),
      msgType,
      msgVersion: 'ThirdPartyApp',
      data: { OccurTime: Math.floor(Date.now() / 1000), ...data },
    },
    raw: { body: 'x'.repeat(700), contentSignature: `sha256=${'0'.repeat(64)}` },
    route: { kind: 'application' },
    sourceIp: '119.29.0.1',
    keyIndex: 0,
    tokenIndex: 0,
    receivedAtMs: Date.now(),
  });
  if (outcome !== 'applied') throw new Error(`a notification is ${outcome}`);
}
