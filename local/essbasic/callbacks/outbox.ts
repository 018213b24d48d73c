import { createDueQueue } from '../state/due-queue.ts';
import type { Attempt, Delivery, OutboxMessage } from './outbox-message.ts';

/** Since the start or the last reset, what has been forgotten included. */
export interface OutboxCounts {
  messages: number;
  /** Deliveries that still have to succeed. */
  waiting: number;
  delivered: number;
  givenUp: number;
  attempts: number;
  /** Posts that were spoiled on purpose and answered 200 all the same. */
  spoiledTaken: number;
}

/** A delivery whose time has come. */
export interface Due {
  message: OutboxMessage;
  delivery: Delivery;
}

/** The notifications: those that wait, and of those that are done with the newest thousand. */
export interface Outbox {
  add(message: OutboxMessage): void;
  nextDueMs(): number | undefined;
  /** The first that is due by then. Its taker writes down the result. */
  take(byMs: number): Due | undefined;
  /** It was not posted after all: it is due again. */
  putBack(due: Due): void;
  /** Writes down an attempt; `nextMs` is when there is another, `undefined` gives up where the attempt has failed. */
  record(due: Due, attempt: Attempt, outcome: 'delivered' | { nextMs: number | undefined }): void;
  counts(): OutboxCounts;
  /** Oldest first. Not copies. */
  list(): OutboxMessage[];
  /** Forgets all and takes these instead. */
  restore(messages: readonly OutboxMessage[]): void;
}

const outboxSize = 1000;

const noCounts = { messages: 0, delivered: 0, givenUp: 0, attempts: 0, spoiledTaken: 0 };

export function createOutbox(): Outbox {
  const messages = new Set<OutboxMessage>();
  const waiting = createDueQueue<Due>();
  /** Those that are done with, the oldest first. */
  const done: OutboxMessage[] = [];
  /** Deliveries that were taken and have no result yet. */
  const taken = new Set<Delivery>();
  let counts = { ...noCounts };

  function keep(message: OutboxMessage): void {
    messages.add(message);
    for (const delivery of message.deliveries) {
      if (delivery.state === 'waiting') waiting.add({ message, delivery }, delivery.dueMs);
    }
    forgetIfDone(message);
  }

  function forgetIfDone(message: OutboxMessage): void {
    if (message.deliveries.some(({ state }) => state === 'waiting')) return;
    done.push(message);
    if (done.length <= outboxSize) return;
    const oldest = done.shift();
    if (oldest !== undefined) messages.delete(oldest);
  }

  return {
    add(message) {
      counts.messages += 1;
      keep(message);
    },
    nextDueMs: waiting.nextDueMs,
    take(byMs) {
      const due = waiting.take(byMs);
      if (due !== undefined) taken.add(due.delivery);
      return due;
    },
    putBack(due) {
      if (taken.delete(due.delivery)) waiting.add(due, due.delivery.dueMs);
    },
    record({ message, delivery }, attempt, outcome) {
      // It is of a world that a reset or a snapshot has replaced in the meantime.
      if (!taken.delete(delivery)) return;
      counts.attempts += 1;
      if (attempt.spoiled !== undefined && attempt.status === 200) counts.spoiledTaken += 1;
      delivery.attempts.push(attempt);
      if (outcome !== 'delivered' && outcome.nextMs !== undefined) {
        delivery.dueMs = outcome.nextMs;
        waiting.add({ message, delivery }, delivery.dueMs);
        return;
      }
      delivery.state = outcome === 'delivered' ? 'delivered' : 'given-up';
      if (outcome === 'delivered') counts.delivered += 1;
      else counts.givenUp += 1;
      forgetIfDone(message);
    },
    counts: () => ({ ...counts, waiting: waiting.size() + taken.size }),
    list: () => [...messages],
    restore(kept) {
      messages.clear();
      waiting.clear();
      taken.clear();
      done.length = 0;
      counts = { ...noCounts };
      for (const message of kept) keep(message);
    },
  };
}
