import { pageLimits, pageOf, readCursor } from '../../list-cursor.ts';
import { shownText } from '../../text.ts';
import type { Scope } from '../../world.ts';
import { seconds } from '../../world.ts';
import type { Attempt, DeliveryRecord, DeliveryState, ShownDeliveryState } from '../delivery.ts';
import type { DeliveryFilter, DeliveryReads } from '../ports.ts';
import { shownReason } from '../reasons.ts';
import { attemptErrors } from '../sending/attempt-errors.ts';

/** Attempts shown per delivery. The retry ladder has eleven. */
const attemptsShown = 30;

const shownStates = {
  pending: 'Pending',
  delivered: 'Delivered',
  dead: 'Dead',
} as const satisfies Record<DeliveryState, ShownDeliveryState>;

export const storedStates = {
  Pending: 'pending',
  Delivered: 'delivered',
  Dead: 'dead',
} as const satisfies Record<ShownDeliveryState, DeliveryState>;

export interface DeliveriesRequest {
  filter: DeliveryFilter;
  scope: Scope;
  limit?: number;
  cursor?: string;
}

/**
 * One page of what went out, is on its way, or was given up; the newest event first. `NextCursor` is null on the last
 * page.
 *
 * @throws Failure `InvalidRequest` for a cursor that is not of this list
 */
export async function describeDeliveries(deliveries: DeliveryReads, request: DeliveriesRequest) {
  const { filter, scope, limit = pageLimits.default, cursor } = request;
  const after = readCursor(cursor, filter);
  const page = { scope, after, limit: limit + 1, attempts: attemptsShown };
  const found = await deliveries.listDeliveries(filter, page);
  const { shown, NextCursor } = pageOf(found, limit, filter, ({ event, deliveryId }) => ({
    atMs: event.occurredAtMs,
    id: deliveryId,
  }));
  return { Events: shown.map(shownDelivery), NextCursor };
}

/** Times are Unix seconds. */
function shownDelivery(delivery: DeliveryRecord) {
  const { event, state, reason } = delivery;
  return {
    EventId: event.eventId,
    EventType: event.type,
    CodeId: event.codeId,
    ProxyOrganizationOpenId: event.organization,
    OccurredOn: seconds(event.occurredAtMs),
    Data: event.data,
    DeliveryId: delivery.deliveryId,
    SubscriptionId: delivery.subscriptionId,
    State: shownStates[state],
    Reason: shownReason(reason),
    /** Those that were begun; one without an entry was cut off, and may have arrived. */
    AttemptsMade: delivery.attemptsMade,
    NextRetryOn: seconds(delivery.dueAtMs),
    SettledOn: seconds(delivery.settledAtMs),
    Attempts: delivery.attempts.map(shownAttempt),
  };
}

export function shownAttempt({ number, startedAtMs, durationMs, outcome }: Attempt) {
  const isFailed = outcome.kind === 'failed';
  return {
    Number: number,
    StartedOn: seconds(startedAtMs),
    DurationMs: durationMs,
    Status: outcome.status,
    Error: isFailed ? { Code: outcome.error, ...shownText(attemptErrors[outcome.error]) } : null,
    /** A robot's own error code. */
    AnswerCode: isFailed ? outcome.answerCode : null,
    RetryAfterS: isFailed ? outcome.retryAfterS : null,
  };
}
