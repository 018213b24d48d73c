import { notificationArrivals } from '../../store/notifications/notification-arrivals.ts';
import { notificationReads } from '../../store/notifications/notification-reads.ts';
import { notificationRetries } from '../../store/notifications/notification-retries.ts';
import type { Database } from '../../store/postgres/database.ts';
import { type Surroundings, seconds } from '../../world.ts';
import type { Receipt } from '../notification.ts';
import { receiveNotification } from '../receive-notification.ts';
import { replayNotification } from '../replay-notification.ts';
import { retryPending } from '../retry-pending.ts';
import { received, reopen, type SentMessage } from './messages.ts';

/** Notifications on a real database, by the clock of a test. */
export function createReceiver(
  db: Database,
  surroundings: Surroundings,
  seal: { seal(text: string): string; open(text: string): string },
) {
  const reads = notificationReads(db, surroundings.nowMs);
  const ports = {
    notifications: { ...notificationArrivals(db), ...notificationRetries(db) },
    surroundings,
    seal,
    reopen,
    actor: 'test',
  };

  const notify = (msgType: string, data: unknown, sent: Partial<SentMessage> = {}): Promise<Receipt> =>
    receiveNotification(ports, received(msgType, data, { receivedAtMs: surroundings.nowMs(), ...sent }));

  return {
    ports,
    reads,
    notify,
    retry: (limit = 100) => retryPending(ports, { limit, deadlineMs: Number.POSITIVE_INFINITY }),
    replay: (notificationId: string) =>
      replayNotification({ ...ports, reads: { notifications: reads } }, notificationId),

    /** Contracts that were started with a QR code, one message each. */
    async charge(qrCodeId: string, times = 1): Promise<void> {
      for (let i = 0; i < times; i++) {
        const OccurTime = seconds(surroundings.nowMs());
        await notify('MultiFlowSignQrCodeCost', { QrCodeId: qrCodeId, OccurTime });
      }
    },
  };
}
