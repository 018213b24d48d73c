import { randomBytes } from 'node:crypto';
import type { NotificationMessage, NotificationRoute, ReceivedNotification } from '../notification.ts';

let made = 0;

/** 32 characters, as ids of upstream have. */
export function upstreamId(prefix = 'yDn'): string {
  made += 1;
  return `${prefix}${String(made).padStart(32 - prefix.length, '0')}`;
}

export interface SentMessage {
  msgId?: string;
  route?: NotificationRoute;
  receivedAtMs: number;
}

/** A notification as the handler hands it on; its stored form is the message in clear, as if it had been encrypted. */
export function received(
  msgType: string,
  data: unknown,
  { msgId = upstreamId('yDmsg'), route = { kind: 'application' }, receivedAtMs }: SentMessage,
): ReceivedNotification {
  const message: NotificationMessage = { msgId, msgType, msgVersion: 'ThirdPartyApp', data };
  return {
    message,
    raw: { body: JSON.stringify(message), contentSignature: `sha256=${randomBytes(4).toString('hex')}` },
    route,
    sourceIp: '192.0.2.1',
    keyIndex: 0,
    tokenIndex: 0,
    receivedAtMs,
  };
}

/** Opens what {@link received} made. */
export function reopen({ body }: { body: string }): NotificationMessage {
  return JSON.parse(body); // written just above, from that very type
}
