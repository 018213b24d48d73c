/** What deliveries ask of the world. The caller's clock decides what is due, the database's clock who may send. */

import type { ListPosition } from '../list-cursor.ts';
import type { AuditEntry, Scope } from '../world.ts';
import type { Attempt, Claim, DeliveryRecord, DeliveryState, Lease, OutgoingEvent } from './delivery.ts';
import type { Reason } from './reasons.ts';
import type { DeliveryAfter } from './sending/after-attempt.ts';
import type { Health, Subscription } from './subscriptions/subscription.ts';

export interface ClaimLimits {
  /** Subscriptions that work, or those whose last try failed. */
  of: 'healthy' | 'failing';
  /** Deliveries of one claim. */
  limit: number;
  /** Deliveries of one subscription that are under way at a time, all runs together. */
  perSubscription: number;
  leaseMs: number;
}

/** What the timer works through. */
export interface DeliveryQueue {
  /** Makes the deliveries of events that have none yet. @returns how many events */
  fanOut(nowMs: number, limit: number): Promise<number>;
  /** Takes due deliveries in turn, the first of each subscription before the second of any. */
  claim(nowMs: number, limits: ClaimLimits): Promise<Claim[]>;
  /** Notes a success of a healthy subscription. @returns false if another run holds the lease by now */
  settleDelivered(lease: Lease, attempt: Attempt, after: DeliveryAfter): Promise<boolean>;
  /** Gives up what still waits for subscriptions that are not enabled. @returns how many deliveries */
  buryStranded(nowMs: number, reason: Reason, limit: number): Promise<number>;
}

/** What is written here becomes true together, or not at all. Subscriptions are locked before their deliveries. */
export interface DeliveryTransaction {
  lockSubscription(subscriptionId: string): Promise<Subscription | undefined>;
  saveHealth(subscriptionId: string, health: Health): Promise<void>;
  /** Writes what may change of a subscription. */
  saveSubscription(subscription: Subscription): Promise<void>;
  insertSubscription(subscription: Subscription): Promise<void>;
  /**
   * Subscriptions that are not deleted; null organisation: those of all organisations. Whoever counts the same ones
   * waits until what follows from it is committed, if there are any.
   */
  countSubscriptions(appId: string | null, organization: string | null): Promise<number>;
  /** @returns false if another run holds the lease by now */
  settle(lease: Lease, attempt: Attempt, after: DeliveryAfter): Promise<boolean>;
  /** An event for one subscription alone, and its delivery, leased for its one try. */
  insertTest(event: OutgoingEvent, subscription: Subscription, leaseMs: number): Promise<Claim>;
  /** The subscription that a delivery goes to. */
  subscriptionOf(deliveryId: string): Promise<string | undefined>;
  /** Makes what is selected due now, with a new ladder and the ids that it has. @returns how many deliveries */
  replay(selection: ReplaySelection, at: ReplayMoment): Promise<number>;
  audit(entry: AuditEntry): Promise<void>;
}

export interface ReplayMoment {
  nowMs: number;
  reason: Reason;
  scope: Scope;
  /** Do subscriptions to all organisations count as the caller's, too? */
  isAdmin: boolean;
  /** Deliveries; one more than this is found means that there are too many. */
  limit: number;
}

/** What is to be sent again. Deliveries that an event has never had are made, except among `deadLetters`. */
export interface ReplaySelection {
  readonly eventId?: string;
  readonly deliveryId?: string;
  readonly subscriptionId?: string;
  readonly codeId?: string;
  /** Of the events' own times, epoch milliseconds; `toMs` is not included. */
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly deadLetters?: boolean;
}

export interface DeliveryWrites {
  transaction<T>(work: (tx: DeliveryTransaction) => Promise<T>): Promise<T>;
}

export interface DeliveryFilter {
  readonly codeId?: string;
  readonly eventId?: string;
  readonly eventType?: string;
  readonly subscriptionId?: string;
  readonly state?: DeliveryState;
  /** Of the events' own times, epoch milliseconds; `toMs` is not included. */
  readonly fromMs?: number;
  readonly toMs?: number;
}

export interface DeliveryReads {
  /** Those that are not deleted, the newest first. */
  listSubscriptions(
    filter: { subscriptionId?: string },
    page: { scope: Scope; after: ListPosition | undefined; limit: number },
  ): Promise<Subscription[]>;
  listDeliveries(
    filter: DeliveryFilter,
    page: { scope: Scope; after: ListPosition | undefined; limit: number; attempts: number },
  ): Promise<DeliveryRecord[]>;
}
