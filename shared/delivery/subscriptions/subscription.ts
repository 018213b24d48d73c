/** Somewhere that events are sent to. */
import type { Language } from '../../text.ts';
import type { Reason } from '../reasons.ts';

/** `standard-webhooks` is for programs; the others put one readable line into a chat, or post it as plain JSON. */
export const subscriptionKinds = ['standard-webhooks', 'webhook', 'wecom', 'feishu', 'dingtalk'] as const;
export type SubscriptionKind = (typeof subscriptionKinds)[number];

/** A secret that signs; of several the newest comes first. */
export interface SigningSecret {
  readonly secret: string;
  /** Epoch milliseconds until which it signs beside a newer one; null: the newest. */
  readonly untilMs: number | null;
}

/** What a reader of the database must not see: addresses of robots are secrets too. Sealed as JSON. */
export interface Endpoint {
  readonly url: string;
  readonly secrets: readonly SigningSecret[];
}

/** `Deleted` ones are kept while the history of their deliveries is. */
export type SubscriptionState = 'Enabled' | 'Disabled' | 'Deleted';

/** How sending has gone lately. */
export interface Health {
  /** Failures in a row. */
  readonly failures: number;
  /** The first of them, epoch milliseconds; null: the last try succeeded. */
  readonly failingSinceMs: number | null;
  /** Nothing is sent before, epoch milliseconds. */
  readonly notBeforeMs: number | null;
}

export const healthy: Health = { failures: 0, failingSinceMs: null, notBeforeMs: null };

export interface Subscription extends Health {
  readonly subscriptionId: string;
  /** Both null: of all organisations of all applications. */
  readonly appId: string | null;
  readonly organization: string | null;
  readonly kind: SubscriptionKind;
  /** Null: all types, those to come included. */
  readonly eventTypes: readonly string[] | null;
  /** {@link Endpoint}, sealed. */
  readonly sealed: string;
  /** The address without what could be secret of it. */
  readonly shownUrl: string;
  /** Of the texts of robots. */
  readonly languages: readonly Language[];
  readonly note: string | null;
  readonly state: SubscriptionState;
  readonly reason: Reason;
  /** Until when a rotated secret signs, epoch milliseconds. */
  readonly rotatedUntilMs: number | null;
  /** Counts the changes that people make. */
  readonly version: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}
