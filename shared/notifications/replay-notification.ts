import { shownReason } from '../codes/reasons.ts';
import type { Scope } from '../world.ts';
import {
  type DescribeNotificationPorts,
  findNotification,
  type NotificationListRequest,
  noSuchNotification,
  pageOfNotifications,
  shownOutcomes,
} from './describe-notifications.ts';
import type { Receipt, StoredNotification } from './notification.ts';
import type { ReopenPorts } from './ports.ts';
import { applyStored } from './reopen.ts';

export interface ReplayPorts extends ReopenPorts {
  reads: DescribeNotificationPorts;
  scope: Scope;
  /** For the audit trail. */
  actor: string;
  /** Is there time for another one? */
  hasTime(): boolean;
}

/** One notification, or a page of them. */
export type ReplayRequest = Omit<NotificationListRequest, 'scope'> & { notificationId?: string };

/**
 * Applies one notification or a page of them again, and answers with the result of each. No effect is applied
 * twice. `NextCursor`: there are more; `TimeUp`: of this page some are left, ask the same again.
 */
export async function replayAsked(ports: ReplayPorts, { notificationId, ...list }: ReplayRequest) {
  const { reads, scope } = ports;
  if (notificationId !== undefined) {
    const stored = await findNotification(reads, { by: 'NotificationId', value: notificationId }, scope);
    const receipt = await replayNotification(ports, notificationId);
    if (receipt === undefined) throw noSuchNotification();
    return { Replayed: [shown(stored, receipt)], NextCursor: null, TimeUp: false };
  }
  const { notifications, nextCursor } = await pageOfNotifications(reads, { ...list, scope });
  const replayed: ReturnType<typeof shown>[] = [];
  for (const stored of notifications) {
    if (!ports.hasTime()) return { Replayed: replayed, NextCursor: list.cursor ?? null, TimeUp: true };
    const receipt = await replayNotification(ports, stored.notificationId);
    if (receipt !== undefined) replayed.push(shown(stored, receipt));
  }
  return { Replayed: replayed, NextCursor: nextCursor, TimeUp: false };
}

/** What it was before, and what it is now: the same where nothing was left to be done. */
function shown(before: StoredNotification, { notificationId, outcome, reason }: Receipt) {
  const now = outcome === 'duplicate' ? before.outcome : outcome;
  return {
    NotificationId: notificationId,
    OutcomeBefore: shownOutcomes[before.outcome],
    Outcome: shownOutcomes[now],
    Reason: shownReason(reason),
  };
}

/**
 * Opens what is stored again and gives it the effect that it has not had: one that was given up, or one that nothing
 * followed from when it came, because the register did not know its code yet. What had its effect changes nothing.
 *
 * @returns undefined: there is no such notification
 */
export async function replayNotification(
  ports: ReopenPorts & { reads: Pick<DescribeNotificationPorts, 'notifications'>; actor: string },
  notificationId: string,
): Promise<Receipt | undefined> {
  const { actor, notifications, reads } = ports;
  const stored = await reads.notifications.find({ by: 'NotificationId', value: notificationId }, null);
  if (stored === undefined) return undefined;
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
