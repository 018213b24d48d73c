import { hash } from 'node:crypto';

/**
 * The id of a notification, from 90 bits of its `MsgId`: a copy has the id of the message that came first. The database
 * has the same function, `notification_id_of`.
 */
export function notificationIdOf(msgId: string): string {
  return hash('sha256', msgId, 'base64').slice(0, 15).replaceAll('+', 'x').replaceAll('/', 'y');
}
