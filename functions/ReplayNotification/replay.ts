import type * as z from 'zod/mini';
import type { Scope } from '../../shared/codes/ports.ts';
import {
  type DescribeNotificationPorts,
  findNotification,
  noSuchNotification,
  pageOfNotifications,
  shownOutcomes,
  shownReason,
} from '../../shared/notifications/describe-notifications.ts';
import type { Receipt, StoredNotification } from '../../shared/notifications/notification.ts';
import { notificationFilter } from '../../shared/notifications/notification-filter.ts';
import type { request } from './request.ts';

export interface ReplayCall {
  ports: DescribeNotificationPorts;
  /** Undefined: there is no such notification any more. */
  replay(notificationId: string): Promise<Receipt | undefined>;
  scope: Scope;
  /** Is there time for another one? */
  hasTime(): boolean;
}

/**
 * Takes up again one notification or a page of them, and tells of each what became of it. What had its effect has it
 * no second time. `NextCursor`: there are more; `TimeUp`: of this page some are left, ask the same again.
 */
export async function replayAsked(
  asked: z.output<typeof request>,
  { ports, replay, scope, hasTime }: ReplayCall,
) {
  const { NotificationId, QrCodeId, Limit, Cursor, ...filter } = asked;
  if (NotificationId !== undefined) {
    const stored = await findNotification(ports, { by: 'NotificationId', value: NotificationId }, scope);
    const receipt = await replay(NotificationId);
    if (receipt === undefined) throw noSuchNotification();
    return { Replayed: [shown(stored, receipt)], NextCursor: null, TimeUp: false };
  }
  const { notifications, nextCursor } = await pageOfNotifications(ports, {
    filter: notificationFilter(filter),
    scope,
    ...(QrCodeId !== undefined && { qrCodeId: QrCodeId }),
    ...(Limit !== undefined && { limit: Limit }),
    ...(Cursor !== undefined && { cursor: Cursor }),
  });
  const replayed: ReturnType<typeof shown>[] = [];
  for (const stored of notifications) {
    if (!hasTime()) return { Replayed: replayed, NextCursor: Cursor ?? null, TimeUp: true };
    const receipt = await replay(stored.notificationId);
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
