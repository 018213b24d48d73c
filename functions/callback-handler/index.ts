import { randomIds } from '../../shared/codes/ids.ts';
import { receiveNotification, recordRejection } from '../../shared/notifications/receive-notification.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { createNotificationStore } from '../../shared/store/notification-store.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';
import { callbackHandler } from './callback-handler.ts';

/**
 * Until the server gives up waiting for a row that somebody else changes: the message is then stored without its effect,
 * which a timer brings about. Milliseconds.
 */
const lockTimeoutMs = 300;

/** What Tencent posts to: proves who sent it, stores it once, lets it have its effect, answers. */
export const main_handler = callbackHandler((config) => {
  const deadline = { atMs: Number.POSITIVE_INFINITY };
  const db = openPgDatabase(config.DATABASE_URL, { lockTimeoutMs, deadlineMs: () => deadline.atMs });
  const ports = {
    notifications: createNotificationStore(db),
    surroundings: { nowMs: Date.now, random: Math.random, ids: randomIds() },
    seal: createSeal(config.REGISTER_KEYS),
  };
  return {
    inbox: {
      receive: (received) => receiveNotification(ports, received),
      reject: (rejection) => recordRejection(ports, rejection),
    },
    deadline,
  };
});
