import { pageLimits, pageOf, readCursor } from '../../list-cursor.ts';
import { type Scope, seconds } from '../../world.ts';
import type { DeliveryReads } from '../ports.ts';
import { shownReason } from '../reasons.ts';
import type { Subscription } from './subscription.ts';

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
    Reason: shownReason(reason),
    Version: subscription.version,
    FailuresInARow: subscription.failures,
    FailingSince: seconds(subscription.failingSinceMs),
    NotBefore: seconds(subscription.notBeforeMs),
    PreviousSecretUntil: seconds(subscription.rotatedUntilMs),
    CreatedOn: seconds(subscription.createdAtMs),
    UpdatedOn: seconds(subscription.updatedAtMs),
  };
}

export interface SubscriptionsRequest {
  subscriptionId?: string;
  scope: Scope;
  limit?: number;
  cursor?: string;
}

/** One page, the newest first. @throws Failure `InvalidRequest` for a cursor that is not of this list */
export async function describeSubscriptions(deliveries: DeliveryReads, request: SubscriptionsRequest) {
  const { scope, limit = pageLimits.default, cursor, subscriptionId } = request;
  const filter = subscriptionId === undefined ? {} : { subscriptionId };
  const after = readCursor(cursor, filter);
  const found = await deliveries.listSubscriptions(filter, { scope, after, limit: limit + 1 });
  const { shown, NextCursor } = pageOf(found, limit, filter, ({ createdAtMs, subscriptionId }) => ({
    atMs: createdAtMs,
    id: subscriptionId,
  }));
  return { Subscriptions: shown.map(shownSubscription), NextCursor };
}
