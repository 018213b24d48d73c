import { randomBytes } from 'node:crypto';
import { deliveryQueue } from '../../store/deliveries/delivery-queue.ts';
import { deliveryReads } from '../../store/deliveries/delivery-reads.ts';
import { deliveryWrites } from '../../store/deliveries/delivery-transactions.ts';
import type { Database } from '../../store/postgres/database.ts';
import type { Claim, DeliveryRecord } from '../delivery.ts';
import type { DeliveryFilter } from '../ports.ts';
import { type RunOptions, runDeliveries } from '../sending/run-deliveries.ts';
import { createSender, type Send } from '../sending/send.ts';
import { mintSecret } from '../sending/standard-webhooks.ts';
import { type CreateCommand, createSubscription } from '../subscriptions/create-subscription.ts';

export const startMs = Date.UTC(2026, 0, 1, 12);
export const organization = 'org-a';
export const owner = { appId: 'app', organization };

// The runtime does the real sealing; here a sealed text must only differ from clear text.
export const testSeal = {
  seal: (text: string) => `sealed:${Buffer.from(text).toString('base64')}`,
  open: (sealed: string) => Buffer.from(sealed.slice('sealed:'.length), 'base64').toString(),
};

/** Subscriptions and deliveries on a real database, real receivers on this machine, and a clock that only the test moves. */
export function createWorld(db: Database) {
  const clock = { ms: startMs };
  let ids = 0;
  const surroundings = {
    nowMs: () => clock.ms,
    random: () => 0.5,
    ids: {
      id: () => `id${String(++ids).padStart(4, '0')}${randomBytes(4).toString('hex')}`,
      slug: () => 'unused',
    },
  };
  const rules = { allowLoopback: true };
  const options = { rules, resolve: async () => [], seal: testSeal, nowMs: () => clock.ms };
  const deliveries = { ...deliveryQueue(db), ...deliveryWrites(db), ...deliveryReads(db) };
  const send = createSender(options);
  const manage = {
    deliveries,
    seal: testSeal,
    surroundings,
    rules,
    newSecret: () => mintSecret(randomBytes),
  };
  const admin = { scope: null, isAdmin: true, actor: 'key:test', language: 'en' } as const;

  return {
    db,
    clock,
    deliveries,
    manage,
    admin,
    passS: (seconds: number) => {
      clock.ms += seconds * 1000;
    },

    /** @returns the subscription with its secret */
    subscribe: (url: string, more: Partial<CreateCommand> = {}) =>
      createSubscription(manage, {
        owner,
        kind: 'standard-webhooks',
        url,
        actor: 'key:test',
        ...more,
      }),

    /** Writes an event as the register does. */
    async emit(type = 'code.created', more: { codeId?: string; organization?: string; data?: object } = {}) {
      const { codeId = 'code-1', data = { CodeId: codeId }, organization: whose = organization } = more;
      const eventId = surroundings.ids.id();
      await db.query(
        `insert into events (event_id, type, code_id, app_id, organization, data, occurred_at)
         values ($1, $2, $3, 'app', $4, $5, to_timestamp($6))`,
        [eventId, type, codeId, whose, JSON.stringify(data), clock.ms / 1000],
      );
      return eventId;
    },

    run: (more: Partial<RunOptions> & { send?: Send; db?: Database } = {}) => {
      const { send: own = send, db: connection = db, ...runOptions } = more;
      const ports = {
        deliveries: { ...deliveryQueue(connection), ...deliveryWrites(connection) },
        send: own,
        surroundings,
      };
      return runDeliveries(ports, { deadlineMs: clock.ms + 60_000, ...runOptions });
    },

    sender: (more: Partial<Parameters<typeof createSender>[0]>) => createSender({ ...options, ...more }),
    ports: { deliveries, send, surroundings },

    list: (filter: DeliveryFilter = {}): Promise<DeliveryRecord[]> =>
      deliveries.listDeliveries(filter, { scope: null, after: undefined, limit: 1000, attempts: 50 }),

    async subscription(subscriptionId: string) {
      const page = { scope: null, after: undefined, limit: 1 };
      const [found] = await deliveries.listSubscriptions({ subscriptionId }, page);
      if (found === undefined) throw new Error(`no subscription ${subscriptionId}`);
      return found;
    },

    /** As much time passes, by the database's clock, as no lease survives. */
    async leasesRunOut() {
      await db.query(
        "update deliveries set lease_until = clock_timestamp() - interval '1 second' where lease_until is not null",
      );
    },

    async forgetEverything() {
      await db.query(
        'delete from delivery_attempts; delete from deliveries; delete from events; delete from event_subscriptions; delete from audit',
      );
    },
  };
}

export type World = ReturnType<typeof createWorld>;

/** A try that takes as long as the test wants. */
export function heldSend(send: Send) {
  const begun: Claim[] = [];
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const held: Send = async (claim) => {
    begun.push(claim);
    await released;
    return send(claim);
  };
  return { send: held, begun, release: () => release() };
}
