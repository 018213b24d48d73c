import * as z from 'zod/mini';
import { rejections } from '../../shared/callback/rejections.ts';
import { Failure } from '../../shared/errors.ts';
import { pageLimits, pageMembers, textFilter } from '../../shared/list-cursor.ts';
import {
  describeNotification,
  listNotifications,
  listRejections,
} from '../../shared/notifications/describe-notifications.ts';
import { filterMembers, notificationFilter } from '../../shared/notifications/notification-filter.ts';
import { csvList } from '../../shared/runtime/http/csv.ts';
import { notificationReads } from '../../shared/store/notifications/notification-reads.ts';
import { registerReads } from '../../shared/store/register/register-reads.ts';
import type { Text } from '../../shared/text.ts';
import { defined } from '../../shared/world.ts';
import { action } from '../action.ts';

const texts = {
  oneOrMany: {
    zh: 'NotificationId 与 MsgId 只能填写一个，且不能与筛选条件同时使用',
    en: 'at most one of NotificationId and MsgId may be given, and no filter beside it',
  },
  rejectionFilters: {
    zh: 'Rejections 只能与 ReceivedAfter、Limit 同时使用',
    en: 'Rejections may be given with ReceivedAfter and Limit alone',
  },
  everybodyOnly: {
    zh: '被拒绝的请求不属于任何企业，限定企业的密钥不能查看',
    en: 'What was turned away belongs to no organisation: a key that is bound to some may not see it',
  },
};

const given = (members: object) => Object.values(members).filter((value) => value !== undefined).length;

/** What Tencent has posted: from where, by which route and key, what it was about, what became of it and why. */
export const main_handler = action({
  name: 'DescribeNotifications',
  csv: csvList(
    'Notifications',
    'NotificationId',
    'MsgId',
    'MsgType',
    'ReceivedOn:time',
    'OccurredOn:time',
    'OccurredFrom',
    'Outcome',
    'Reason:text',
    'CodeId',
    'Generation',
    'FlowId',
    'ProxyOrganizationOpenId',
    'Copies',
    'SourceIp',
    'Failures',
    'NextTryOn:time',
    'SettledOn:time',
  ),
  role: 'viewer',
  /** One notification by one of its ids, a page of those that a filter lets through, newest first, or what was turned away. */
  request: z
    .strictObject({
      NotificationId: textFilter,
      MsgId: textFilter,
      ...filterMembers,
      ...pageMembers,
      /** True: what was turned away, in the place of what was stored. */
      Rejections: z.optional(z.boolean()),
    })
    .check(
      z.refine(
        ({ NotificationId, MsgId, ...filters }) => {
          const ids = given({ NotificationId, MsgId });
          return ids === 0 || (ids === 1 && given(filters) === 0);
        },
        { params: texts.oneOrMany },
      ),
      z.refine(
        ({ Rejections, ReceivedAfter: _, Limit: __, ...others }) =>
          Rejections !== true || given(others) === 0,
        { params: texts.rejectionFilters },
      ),
    ),
  needs: [],
  open: ({ db, surroundings: { nowMs } }) => ({
    notifications: notificationReads(db, nowMs),
    register: registerReads(db),
  }),
  /** Notifications, or what was turned away: each in a list, beside an empty one of the other kind. */
  async run({ input, resources, caller: { scope } }) {
    const { NotificationId, MsgId, QrCodeId, Limit, Cursor, Rejections, ...filter } = input;
    if (Rejections === true) {
      if (scope !== null) throw new Failure('Forbidden', { detail: texts.everybodyOnly });
      const since = { sinceS: filter.ReceivedAfter ?? 0, limit: Limit ?? pageLimits.default, why };
      return { Notifications: [], NextCursor: null, Rejections: await listRejections(resources, since) };
    }
    const value = NotificationId ?? MsgId;
    if (value !== undefined) {
      const key = { by: NotificationId === undefined ? 'MsgId' : 'NotificationId', value } as const;
      const one = await describeNotification(resources, key, scope);
      return { Notifications: [one], NextCursor: null, Rejections: [] };
    }
    const page = defined({ qrCodeId: QrCodeId, limit: Limit, cursor: Cursor });
    const found = await listNotifications(resources, { filter: notificationFilter(filter), scope, ...page });
    return { ...found, Rejections: [] };
  },
});

/** An older version may have had verdicts that this one has not. */
function why(verdict: string): Text {
  const known: Readonly<Record<string, Text>> = rejections;
  return (Object.hasOwn(known, verdict) ? known[verdict] : undefined) ?? { en: verdict, zh: verdict };
}
