import { cursorOf, readCursor } from '../list-cursor.ts';
import type { DeliveryReads, Scope } from './ports.ts';
import { reasonText } from './reasons.ts';
import type { Subscription } from './subscription.ts';

export const pageLimits = { default: 20, max: 100 } as const;

/** What people see of a subscription. Times are Unix seconds; the address is masked, secrets are never shown again. */
export function shownSubscription(subscription: Subscription) {
  const { organization, reason, kind } = subscription;
  return {
    SubscriptionId: subscription.subscriptionId,
    ProxyOrganizationOpenId: organization,
    AllOrganizations: organization === null,
    Kind: kind,
    Url: subscription.shownUrl,
    /** Null: all. */
    EventTypes: subscription.eventTypes,
    Languages: kind === 'standard-webhooks' ? null : subscription.languages,
    Note: subscription.note,
    State: subscription.state,
    Reason: { Code: reason.code, ...capitals(reasonText(reason)) },
    Version: subscription.version,
    FailuresInARow: subscription.failures,
    FailingSince: seconds(subscription.failingSinceMs),
    NotBefore: seconds(subscription.notBeforeMs),
    PreviousSecretUntil: seconds(subscription.rotatedUntilMs),
    CreatedOn: seconds(subscription.createdAtMs),
    UpdatedOn: seconds(subscription.updatedAtMs),
  };
}

export const seconds = (ms: number | null) => (ms === null ? null : Math.floor(ms / 1000));
export const capitals = ({ en, zh }: { en: string; zh: string }) => ({ En: en, Zh: zh });

export interface SubscriptionsRequest {
  subscriptionId?: string;
  scope: Scope;
  limit?: number;
  cursor?: string;
}

/** One page, the newest first. @throws Failure `InvalidRequest` for what is no cursor of this list */
export async function describeSubscriptions(deliveries: DeliveryReads, request: SubscriptionsRequest) {
  const { scope, limit = pageLimits.default, cursor, subscriptionId } = request;
  const filter = subscriptionId === undefined ? {} : { subscriptionId };
  const after = cursor === undefined ? undefined : readCursor(cursor, filter);
  // One more than is shown tells whether there is another page.
  const found = await deliveries.listSubscriptions(filter, { scope, after, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    Subscriptions: shown.map(shownSubscription),
    NextCursor:
      last && found.length > limit
        ? cursorOf({ atMs: last.createdAtMs, id: last.subscriptionId }, filter)
        : null,
  };
}
