/** The one place where rows of subscriptions, deliveries and their attempts become what the domain knows, and back. */
import type { Attempt, Claim, DeliveryRecord, Outcome, OutgoingEvent } from '../../delivery/delivery.ts';
import type { Health, Subscription } from '../../delivery/subscriptions/subscription.ts';
import type { Values } from '../register/register-rows.ts';

const atMs = (column: string, name: string) =>
  `round(extract(epoch from ${column}) * 1000)::float8 as "${name}"`;

/** A time in the form in which the database reads it, whatever its time zone is. */
function atTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

/** `s`: event_subscriptions. */
export const subscriptionColumns = `
  s.subscription_id as "subscriptionId", s.app_id as "appId", s.organization, s.kind, s.event_types as "eventTypes",
  s.sealed, s.shown_url as "shownUrl", s.languages, s.note, s.state, s.reason, s.failures,
  ${atMs('s.failing_since', 'failingSinceMs')}, ${atMs('s.not_before', 'notBeforeMs')},
  ${atMs('s.rotated_until', 'rotatedUntilMs')}, s.version, ${atMs('s.created_at', 'createdAtMs')},
  ${atMs('s.updated_at', 'updatedAtMs')}`;

export type SubscriptionRow = Omit<Subscription, 'reason'> & { reason: string };

// JSON.parse gives `any`: each text was written by the statements of this folder, from the very type that it is given here.

export function toSubscription(row: SubscriptionRow): Subscription {
  return { ...row, reason: JSON.parse(row.reason) };
}

export function subscriptionValues(subscription: Subscription): Values {
  const { subscriptionId, appId, organization, kind, createdAtMs } = subscription;
  return {
    subscription_id: subscriptionId,
    app_id: appId,
    organization,
    kind,
    created_at: atTime(createdAtMs),
    ...changingSubscriptionValues(subscription),
  };
}

export function changingSubscriptionValues(subscription: Subscription): Values {
  return {
    event_types: subscription.eventTypes,
    sealed: subscription.sealed,
    shown_url: subscription.shownUrl,
    languages: subscription.languages,
    note: subscription.note,
    state: subscription.state,
    reason: JSON.stringify(subscription.reason),
    rotated_until: atTime(subscription.rotatedUntilMs),
    version: subscription.version,
    updated_at: atTime(subscription.updatedAtMs),
    ...healthValues(subscription),
  };
}

/** Columns without an index: what changes with every failure stays on its page. */
export function healthValues({ failures, failingSinceMs, notBeforeMs }: Health): Values {
  return {
    failures,
    failing_since: atTime(failingSinceMs),
    not_before: atTime(notBeforeMs),
  };
}

/** SQL: is `e` the event of such a row? Its time says in which partition it lies. */
export const isEventOf = (row: string) =>
  `e.event_id = ${row}.event_id and e.occurred_at = ${row}.occurred_at`;

/** `e`: events. */
const eventColumns = `
  e.event_id as "eventId", e.type, e.code_id as "codeId", e.app_id as "appId", e.organization, e.data,
  ${atMs('e.occurred_at', 'occurredAtMs')}`;

type EventRow = Omit<OutgoingEvent, 'data'> & { data: string };

function toEvent(row: EventRow): OutgoingEvent {
  const { eventId, type, codeId, appId, organization, data, occurredAtMs } = row;
  return { eventId, type, codeId, appId, organization, data: JSON.parse(data), occurredAtMs };
}

/** `d`: deliveries, with their event and subscription. */
export const claimColumns = `${eventColumns}, d.delivery_id as "deliveryId", d.lease_token::text as "leaseToken",
  d.attempts as attempt, d.rung, s.subscription_id as "subscriptionId", s.kind, s.sealed, s.languages, s.failures`;

export interface ClaimRow extends EventRow {
  deliveryId: string;
  leaseToken: string;
  attempt: number;
  rung: number;
  subscriptionId: string;
  kind: Subscription['kind'];
  sealed: string;
  languages: Subscription['languages'];
  failures: number;
}

export function toClaim(row: ClaimRow): Claim {
  const { deliveryId, leaseToken, attempt, rung, subscriptionId, kind, sealed, languages, failures } = row;
  return {
    lease: { deliveryId, token: leaseToken },
    attempt,
    rung,
    event: toEvent(row),
    subscription: { subscriptionId, kind, sealed, languages, failures },
  };
}

/** `d`: deliveries, with their event. */
export const deliveryColumns = `${eventColumns}, d.delivery_id as "deliveryId", d.subscription_id as "subscriptionId",
  d.state, d.reason, d.attempts as "attemptsMade", ${atMs('d.due_at', 'dueAtMs')},
  ${atMs('d.settled_at', 'settledAtMs')}`;

export type DeliveryRow = EventRow &
  Omit<DeliveryRecord, 'event' | 'reason' | 'attempts'> & { reason: string };

export function toDelivery(row: DeliveryRow, attempts: readonly Attempt[]): DeliveryRecord {
  const { deliveryId, subscriptionId, state, reason, attemptsMade, dueAtMs, settledAtMs } = row;
  return {
    deliveryId,
    subscriptionId,
    event: toEvent(row),
    state,
    reason: JSON.parse(reason),
    attemptsMade,
    dueAtMs,
    settledAtMs,
    attempts,
  };
}

/** `a`: delivery_attempts. */
export const deliveryAttemptColumns = `
  a.delivery_id as "deliveryId", a.number, ${atMs('a.started_at', 'startedAtMs')}, a.duration_ms as "durationMs",
  a.error, a.status, a.answer_code::float8 as "answerCode", a.retry_after_s as "retryAfterS"`;

export interface DeliveryAttemptRow {
  deliveryId: string;
  number: number;
  startedAtMs: number;
  durationMs: number;
  error: Extract<Outcome, { kind: 'failed' }>['error'] | null;
  status: number | null;
  answerCode: number | null;
  retryAfterS: number | null;
}

export function toAttempt(row: DeliveryAttemptRow): Attempt {
  const { number, startedAtMs, durationMs, error, status, answerCode, retryAfterS } = row;
  const outcome: Outcome =
    error === null
      ? { kind: 'delivered', status: status ?? 0 }
      : { kind: 'failed', error, status, answerCode, retryAfterS };
  return { number, startedAtMs, durationMs, outcome };
}

/** Values of an attempt in the order of `insertAttemptSql`. */
export function attemptParams({ startedAtMs, durationMs, outcome, number }: Attempt): unknown[] {
  const isFailed = outcome.kind === 'failed';
  return [
    number,
    atTime(startedAtMs),
    durationMs,
    isFailed ? outcome.error : null,
    outcome.status,
    isFailed ? outcome.answerCode : null,
    isFailed ? outcome.retryAfterS : null,
  ];
}
