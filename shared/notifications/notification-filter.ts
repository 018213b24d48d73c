import type { shownOutcomes } from './describe-notifications.ts';
import type { Outcome } from './notification.ts';
import type { NotificationFilter } from './ports.ts';

/** The members of a request that choose notifications, in the vocabulary of the API. */
export interface NotificationFilterMembers {
  CodeId?: string | undefined;
  ProxyOrganizationOpenId?: string | undefined;
  MsgType?: string | undefined;
  Outcome?: (typeof shownOutcomes)[Outcome] | undefined;
  /** Unix seconds, the second itself among them. */
  ReceivedAfter?: number | undefined;
  /** Unix seconds, the second itself not among them. */
  ReceivedBefore?: number | undefined;
}

export function notificationFilter(asked: NotificationFilterMembers): NotificationFilter {
  const { CodeId, ProxyOrganizationOpenId, MsgType, Outcome, ReceivedAfter, ReceivedBefore } = asked;
  return {
    ...(CodeId !== undefined && { codeId: CodeId }),
    ...(ProxyOrganizationOpenId !== undefined && { organization: ProxyOrganizationOpenId }),
    ...(MsgType !== undefined && { msgType: MsgType }),
    ...(Outcome !== undefined && { outcome: outcomeOf[Outcome] }),
    ...(ReceivedAfter !== undefined && { sinceS: ReceivedAfter }),
    ...(ReceivedBefore !== undefined && { untilS: ReceivedBefore }),
  };
}

const outcomeOf = {
  Applied: 'applied',
  Kept: 'kept',
  Pending: 'pending',
  Failed: 'failed',
} as const satisfies Record<(typeof shownOutcomes)[Outcome], Outcome>;
