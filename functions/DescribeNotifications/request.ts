import * as z from 'zod/mini';
import { notificationLimits, shownOutcomes } from '../../shared/notifications/describe-notifications.ts';

const text = z.string().check(z.minLength(1), z.maxLength(200));
/** Unix seconds. */
const time = z.int().check(z.minimum(1), z.maximum(9_999_999_999));

const oneOrMany = {
  zh: 'NotificationId 与 MsgId 只能填写一个，且不能与筛选条件同时使用',
  en: 'at most one of NotificationId and MsgId may be given, and no filter beside it',
};
const rejectionFilters = {
  zh: 'Rejections 只能与 ReceivedAfter、Limit 同时使用',
  en: 'Rejections may be given with ReceivedAfter and Limit alone',
};

const given = (members: object) => Object.values(members).filter((value) => value !== undefined).length;

/** One notification by one of its ids, a page of those that a filter lets through, newest first, or what was turned away. */
export const request = z
  .strictObject({
    NotificationId: z.optional(text),
    MsgId: z.optional(text),
    CodeId: z.optional(text),
    QrCodeId: z.optional(text),
    ProxyOrganizationOpenId: z.optional(text),
    MsgType: z.optional(text),
    Outcome: z.optional(z.enum(Object.values(shownOutcomes))),
    ReceivedAfter: z.optional(time),
    ReceivedBefore: z.optional(time),
    Limit: z.optional(z.int().check(z.minimum(1), z.maximum(notificationLimits.max))),
    Cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(500))),
    /** True: what was turned away, in the place of what was stored. */
    Rejections: z.optional(z.boolean()),
  })
  .check(
    z.refine(
      ({ NotificationId, MsgId, ...filters }) => {
        const ids = given({ NotificationId, MsgId });
        return ids === 0 || (ids === 1 && given(filters) === 0);
      },
      { params: oneOrMany },
    ),
    z.refine(
      ({ Rejections, ReceivedAfter: _, Limit: __, ...others }) => Rejections !== true || given(others) === 0,
      { params: rejectionFilters },
    ),
  );
