import { randomIds } from '../../shared/codes/ids.ts';
import { receiveNotification, recordRejection } from '../../shared/notifications/receive-notification.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { notificationArrivals } from '../../shared/store/notification-arrivals.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';
import { callbackHandler } from './callback-handler.ts';

/** Below our own deadline, so that the server says what became of a statement before we stop listening. */
const timeouts = { lockTimeoutMs: 700, statementTimeoutMs: 800 };

/** What Tencent posts to: proves who sent it, stores it once, lets it have its effect, answers. */
export const main_handler = callbackHandler((config) => {
  const deadline = { atMs: Number.POSITIVE_INFINITY };
  const db = openPgDatabase(config.DATABASE_URL, { ...timeouts, deadlineMs: () => deadline.atMs });
  const ports = {
    notifications: notificationArrivals(db),
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
