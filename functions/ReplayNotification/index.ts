import * as z from 'zod/mini';
import { createReopener } from '../../shared/callback/reopen-notification.ts';
import { pageMembers } from '../../shared/list-cursor.ts';
import { filterMembers, notificationFilter } from '../../shared/notifications/notification-filter.ts';
import { replayAsked } from '../../shared/notifications/replay-notification.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { notificationReads } from '../../shared/store/notifications/notification-reads.ts';
import { notificationRetries } from '../../shared/store/notifications/notification-retries.ts';
import { registerReads } from '../../shared/store/register/register-reads.ts';
import { defined } from '../../shared/world.ts';
import { action } from '../action.ts';

/** Time that one replay is given at the end. Milliseconds. */
const marginMs = 1_500;

const oneOrRange = {
  zh: '须填写 NotificationId，或至少一个筛选条件，二者不能同时使用',
  en: 'either NotificationId must be given, or at least one filter, and not both',
};

/** Gives stored notifications the effect that they have not had: one, or those that a filter lets through. */
export const main_handler = action({
  name: 'ReplayNotification',
  role: 'operator',
  /** One notification, or a page of those that a filter lets through, newest first. It needs an id or a filter, so that a mistake does not replay everything. */
  request: z
    .strictObject({
      NotificationId: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
      ...filterMembers,
      ...pageMembers,
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
    ),
  needs: ['ESS_CALLBACK_KEYS', 'REGISTER_KEYS'],
  open: ({ config, db, surroundings }) => ({
    reads: { notifications: notificationReads(db, surroundings.nowMs), register: registerReads(db) },
    notifications: notificationRetries(db),
    seal: createSeal(config.REGISTER_KEYS),
    reopen: createReopener(config.ESS_CALLBACK_KEYS),
  }),
  async run({ input, resources, caller, now, deadlineMs }) {
    const { NotificationId, QrCodeId, Limit, Cursor, ...filter } = input;
    return replayAsked(
      { ...resources, ...caller, hasTime: () => now() < deadlineMs - marginMs },
      {
        filter: notificationFilter(filter),
        ...defined({ notificationId: NotificationId, qrCodeId: QrCodeId, limit: Limit, cursor: Cursor }),
      },
    );
  },
});
