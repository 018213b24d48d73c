/** One event on its way to one subscription. */

import type { Reason } from './reasons.ts';
import type { AttemptError } from './sending/attempt-errors.ts';
import type { Subscription } from './subscriptions/subscription.ts';

/** `dead`: given up, and kept as a dead letter until it is replayed or past its time. */
export type DeliveryState = 'pending' | 'delivered' | 'dead';
export const deliveryStates = ['Pending', 'Delivered', 'Dead'] as const;
export type ShownDeliveryState = (typeof deliveryStates)[number];

/** An event as it is stored: what is sent of it never changes. */
export interface OutgoingEvent {
  /** The `webhook-id` of every delivery, every try and every replay. */
  readonly eventId: string;
  readonly type: string;
  readonly codeId: string | null;
  readonly appId: string;
  readonly organization: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly occurredAtMs: number;
}

/** How one try ended. */
export type Outcome =
  | { readonly kind: 'delivered'; readonly status: number }
  | {
      readonly kind: 'failed';
      readonly error: AttemptError;
      /** Of the answer, where one came. */
      readonly status: number | null;
      /** A robot's own error code. */
      readonly answerCode: number | null;
      /** As the receiver asked for, not bounded yet. */
      readonly retryAfterS: number | null;
    };

export interface Attempt {
  /** 1, 2, 3 …; one that is missing was cut off, and may have arrived. */
  readonly number: number;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly outcome: Outcome;
}

export interface Lease {
  readonly deliveryId: string;
  /** The highest wins: it fences off a run that wakes up late. */
  readonly token: string;
}

/** The right to make one try. */
export interface Claim {
  readonly lease: Lease;
  readonly attempt: number;
  /** Failed tries since the delivery began, or was replayed. */
  readonly rung: number;
  readonly event: OutgoingEvent;
  readonly subscription: Pick<Subscription, 'subscriptionId' | 'kind' | 'sealed' | 'languages' | 'failures'>;
}

/** A delivery as people are shown it. */
export interface DeliveryRecord {
  readonly deliveryId: string;
  readonly subscriptionId: string;
  readonly event: OutgoingEvent;
  readonly state: DeliveryState;
  readonly reason: Reason;
  /** Tries that were begun. */
  readonly attemptsMade: number;
  /** Epoch milliseconds; null: none. */
  readonly dueAtMs: number | null;
  readonly settledAtMs: number | null;
  /** The newest first. */
  readonly attempts: readonly Attempt[];
}
