import type { Receipt } from './notification.ts';
import type { NotificationReads, ReopenPorts } from './ports.ts';
import { applyStored } from './reopen.ts';

export interface ReplayPorts extends ReopenPorts {
  reads: Pick<NotificationReads, 'find'>;
  /** For the audit trail. */
  actor: string;
}

/**
 * Opens what is stored again and gives it the effect that it has not had: one that was given up, or one that nothing
 * followed from when it came, because the register did not know its code yet. What had its effect changes nothing.
 *
 * @returns undefined: there is no such notification
 */
export async function replayNotification(
  ports: ReplayPorts,
  notificationId: string,
): Promise<Receipt | undefined> {
  const stored = await ports.reads.find({ by: 'NotificationId', value: notificationId }, null);
  if (stored === undefined) return undefined;
  const { actor, notifications } = ports;
  await notifications.transaction((tx) =>
    tx.audit({ actor, action: 'notification.replayed', subject: notificationId, reason: stored.outcome }),
  );
  const verdict =
    stored.outcome === 'applied'
      ? undefined
      : await applyStored(ports, stored, ['pending', 'failed', 'kept']);
  const { outcome, reason } = verdict ?? stored;
  return { notificationId, outcome, reason };
}
