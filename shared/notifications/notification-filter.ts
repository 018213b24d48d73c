import * as z from 'zod/mini';
import { textFilter, timeFilter } from '../list-cursor.ts';
import { defined } from '../world.ts';
import { shownOutcomes } from './describe-notifications.ts';
import type { Outcome } from './notification.ts';
import type { NotificationFilter } from './reading-ports.ts';

/** The members of a request that choose notifications. */
export const filterMembers = {
  CodeId: textFilter,
  QrCodeId: textFilter,
  ProxyOrganizationOpenId: textFilter,
  MsgType: textFilter,
  Outcome: z.optional(z.enum(Object.values(shownOutcomes))),
  /** The second itself among them. */
  ReceivedAfter: timeFilter,
  /** The second itself not among them. */
  ReceivedBefore: timeFilter,
};

type FilterMembers = {
  [Name in Exclude<keyof typeof filterMembers, 'QrCodeId'>]?: z.output<(typeof filterMembers)[Name]>;
};

/** What they choose, but for `QrCodeId`, whose code has to be looked up. */
export function notificationFilter(asked: FilterMembers): NotificationFilter {
  return defined({
    codeId: asked.CodeId,
    organization: asked.ProxyOrganizationOpenId,
    msgType: asked.MsgType,
    outcome: asked.Outcome && outcomeOf[asked.Outcome],
    sinceS: asked.ReceivedAfter,
    untilS: asked.ReceivedBefore,
  });
}

const outcomeOf = {
  Applied: 'applied',
  Kept: 'kept',
  Pending: 'pending',
  Failed: 'failed',
} as const satisfies Record<(typeof shownOutcomes)[Outcome], Outcome>;
