/** What follows from one try: for the delivery, and for its subscription. A pure rule. */
import { seconds } from '../../world.ts';
import type { DeliveryState, Outcome } from '../delivery.ts';
import { testType } from '../event-types.ts';
import type { Reason } from '../reasons.ts';
import { type Health, healthy, type SubscriptionState } from '../subscriptions/subscription.ts';
import { disabledAfterS, ladderPauseMs, mostRetryAfterS, pacePauseMs } from './ladder.ts';

export interface TriedDelivery {
  type: string;
  /** Number of this try. */
  attempt: number;
  /** Failed tries of this ladder before this one. */
  rung: number;
}

export interface Moment {
  nowMs: number;
  /** From 0 to below 1. */
  random: number;
}

/** How a delivery is left by a try. */
export interface DeliveryAfter {
  state: DeliveryState;
  rung: number;
  /** Epoch milliseconds; null unless it is pending. */
  dueAtMs: number | null;
  reason: Reason;
}

export interface Settlement {
  delivery: DeliveryAfter;
  health: Health;
  /** Why the subscription is to be disabled; null: it is not. */
  disable: Reason | null;
}

/** Statuses with which a receiver speaks of itself rather than of one event. */
const ofReceiver: readonly (number | null)[] = [429, 503];

export function afterAttempt(
  tried: TriedDelivery,
  outcome: Outcome,
  subscription: Health & { state: SubscriptionState },
  moment: Moment,
): Settlement {
  const { rung, attempt, type } = tried;
  const { failures, failingSinceMs, notBeforeMs, state } = subscription;
  const unchanged: Health = { failures, failingSinceMs, notBeforeMs };
  if (outcome.kind === 'delivered') {
    const delivery = { state: 'delivered', rung, dueAtMs: null, reason: { code: 'Delivered' } } as const;
    return { delivery, health: healthy, disable: null };
  }
  const { error } = outcome;
  const dead = (reason: Reason): DeliveryAfter => ({ state: 'dead', rung: rung + 1, dueAtMs: null, reason });
  // A test says something to the person who asked, and nothing of what is really sent.
  if (type === testType) {
    return { delivery: dead({ code: 'TestFailed', facts: { error } }), health: unchanged, disable: null };
  }
  const health = afterFailure(subscription, outcome, moment);
  const disable = whyDisabled(outcome.status, health.failingSinceMs ?? moment.nowMs, moment.nowMs);
  const pauseMs = ladderPauseMs(rung + 1, moment.random);
  if (disable !== null || state !== 'Enabled') {
    return { delivery: dead({ code: 'SubscriptionDisabled' }), health, disable };
  }
  if (pauseMs === undefined) {
    return { delivery: dead({ code: 'LadderEnded', facts: { attempt, error } }), health, disable };
  }
  const dueAtMs = moment.nowMs + Math.max(pauseMs, askedPauseMs(outcome));
  const reason: Reason = { code: 'WillRetry', facts: { attempt, error } };
  return { delivery: { state: 'pending', rung: rung + 1, dueAtMs, reason }, health, disable };
}

function afterFailure(before: Health, outcome: Failed, { nowMs, random }: Moment): Health {
  const failures = before.failures + 1;
  const isAsked = ofReceiver.includes(outcome.status) || outcome.answerCode !== null;
  const pauseMs = Math.max(pacePauseMs(failures, random), isAsked ? askedPauseMs(outcome) : 0);
  // Of two that fail at the same time the longer pause holds.
  const notBeforeMs = Math.max(nowMs + pauseMs, before.notBeforeMs ?? 0);
  return { failures, failingSinceMs: before.failingSinceMs ?? nowMs, notBeforeMs };
}

type Failed = Extract<Outcome, { kind: 'failed' }>;

function askedPauseMs({ retryAfterS }: Failed): number {
  return Math.min(retryAfterS ?? 0, mostRetryAfterS) * 1000;
}

function whyDisabled(status: number | null, failingSinceMs: number, nowMs: number): Reason | null {
  if (status === 410) return { code: 'Gone' };
  if (nowMs - failingSinceMs < disabledAfterS * 1000) return null;
  return { code: 'FailedForDays', facts: { since: seconds(failingSinceMs) } };
}
