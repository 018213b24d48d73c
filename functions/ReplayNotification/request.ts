import * as z from 'zod/mini';
import { notificationLimits, shownOutcomes } from '../../shared/notifications/describe-notifications.ts';

const text = z.string().check(z.minLength(1), z.maxLength(200));
/** Unix seconds. */
const time = z.int().check(z.minimum(1), z.maximum(9_999_999_999));

const oneOrRange = {
  zh: '须填写 NotificationId，或至少一个筛选条件，二者不能同时使用',
  en: 'either NotificationId must be given, or at least one filter, and not both',
};

/** One notification, or a page of those that a filter lets through, newest first: nobody replays everything by mistake. */
export const request = z
  .strictObject({
    NotificationId: z.optional(text),
    CodeId: z.optional(text),
    QrCodeId: z.optional(text),
    ProxyOrganizationOpenId: z.optional(text),
    MsgType: z.optional(text),
    Outcome: z.optional(z.enum(Object.values(shownOutcomes))),
    ReceivedAfter: z.optional(time),
    ReceivedBefore: z.optional(time),
    Limit: z.optional(z.int().check(z.minimum(1), z.maximum(notificationLimits.max))),
    Cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(500))),
  })
  .check(
    z.refine(
      ({ NotificationId, Limit, Cursor, ...filters }) => {
        const hasFilter = Object.values(filters).some((value) => value !== undefined);
        return NotificationId === undefined
          ? hasFilter
          : !hasFilter && Limit === undefined && Cursor === undefined;
      },
      { params: oneOrRange },
    ),
  );
