import type * as z from 'zod/mini';
import { rejections } from '../../shared/callback/rejections.ts';
import type { Scope } from '../../shared/codes/ports.ts';
import { Failure } from '../../shared/errors.ts';
import {
  type DescribeNotificationPorts,
  describeNotification,
  listNotifications,
  listRejections,
  notificationLimits,
} from '../../shared/notifications/describe-notifications.ts';
import { notificationFilter } from '../../shared/notifications/notification-filter.ts';
import type { request } from './request.ts';

/** One notification, one page, or what was turned away: each in a list, beside an empty one of the other kind. */
export async function describe(
  asked: z.output<typeof request>,
  ports: DescribeNotificationPorts,
  scope: Scope,
) {
  const { NotificationId, MsgId, QrCodeId, Limit, Cursor, Rejections, ...filter } = asked;
  if (Rejections === true) {
    const since = { sinceS: filter.ReceivedAfter ?? 0, limit: Limit ?? notificationLimits.default };
    return { Notifications: [], NextCursor: null, Rejections: await rejectionsFor(ports, scope, since) };
  }
  const id = NotificationId ?? MsgId;
  if (id !== undefined) {
    const key = { by: NotificationId === undefined ? 'MsgId' : 'NotificationId', value: id } as const;
    return {
      Notifications: [await describeNotification(ports, key, scope)],
      NextCursor: null,
      Rejections: [],
    };
  }
  const page = await listNotifications(ports, {
    filter: notificationFilter(filter),
    scope,
    ...(QrCodeId !== undefined && { qrCodeId: QrCodeId }),
    ...(Limit !== undefined && { limit: Limit }),
    ...(Cursor !== undefined && { cursor: Cursor }),
  });
  return { ...page, Rejections: [] };
}

async function rejectionsFor(
  ports: DescribeNotificationPorts,
  scope: Scope,
  since: { sinceS: number; limit: number },
) {
  if (scope !== null) {
    const detail =
      'What was turned away belongs to no organisation: a key that is bound to some may not see it';
    throw new Failure('Forbidden', { detail });
  }
  return listRejections(ports, { ...since, why });
}

/** An older version may have had verdicts that this one has not. */
function why(verdict: string): { en: string; zh: string } {
  const known: Readonly<Record<string, { en: string; zh: string }>> = rejections;
  return (Object.hasOwn(known, verdict) ? known[verdict] : undefined) ?? { en: verdict, zh: verdict };
}
