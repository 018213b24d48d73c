import type { DeliveryTransaction, DeliveryWrites } from '../../delivery/ports.ts';
import { recordAudit } from '../access/audit.ts';
import type { Database } from '../postgres/database.ts';
import { repeatableTransaction } from '../postgres/repeatable-transaction.ts';
import { defer, insertStatement, updateStatement } from '../postgres/statements.ts';
import type { Values } from '../register/register-rows.ts';
import {
  changingSubscriptionValues,
  healthValues,
  type SubscriptionRow,
  subscriptionColumns,
  subscriptionValues,
  toSubscription,
} from './delivery-rows.ts';
import { replayDeliveries } from './replay-deliveries.ts';
import { settleDelivery } from './settle-delivery.ts';

/** Writing of subscriptions and deliveries. */
export function deliveryWrites(db: Database): DeliveryWrites {
  return {
    transaction: (work) => repeatableTransaction(db, (tx) => work(deliveryTransaction(tx))),
  };
}

function deliveryTransaction(tx: Database): DeliveryTransaction {
  const save = (subscriptionId: string, values: Values) =>
    defer(tx, updateStatement('event_subscriptions', { subscription_id: subscriptionId }, values));

  return {
    // Not `for update`: that would keep deliveries from being made, which refer to the row by its key.
    async lockSubscription(subscriptionId) {
      const { rows } = await tx.query<SubscriptionRow>(
        `select ${subscriptionColumns} from event_subscriptions s where s.subscription_id = $1 for no key update`,
        [subscriptionId],
      );
      return rows.map(toSubscription)[0];
    },

    async saveHealth(subscriptionId, health) {
      await save(subscriptionId, healthValues(health));
    },

    async saveSubscription(subscription) {
      await save(subscription.subscriptionId, changingSubscriptionValues(subscription));
    },

    async insertSubscription(subscription) {
      await defer(tx, insertStatement('event_subscriptions', subscriptionValues(subscription)));
    },

    async countSubscriptions(appId, organization) {
      const those = `from event_subscriptions s where s.state <> 'Deleted'
        and s.app_id is not distinct from $1 and s.organization is not distinct from $2`;
      // Counted by a statement of its own: it sees what others have committed while the lock was waited for.
      await tx.query(`select 1 ${those} order by s.created_at, s.subscription_id limit 1 for no key update`, [
        appId,
        organization,
      ]);
      const { rows } = await tx.query<{ count: number }>(`select count(*)::int as count ${those}`, [
        appId,
        organization,
      ]);
      return rows[0]?.count ?? 0;
    },

    settle: (lease, attempt, after) => settleDelivery(tx, lease, attempt, after),

    async insertTest(event, subscription, leaseMs) {
      const { eventId, type, codeId, appId, organization, data, occurredAtMs } = event;
      const at = new Date(occurredAtMs).toISOString();
      const told = {
        event_id: eventId,
        type,
        code_id: codeId,
        app_id: appId,
        organization,
        data: JSON.stringify(data),
        occurred_at: at,
        fanned_out_at: at,
      };
      await defer(tx, insertStatement('events', told));
      await tx.query(
        `insert into deliveries (delivery_id, event_id, subscription_id, code_id, type, occurred_at, state, reason, rung,
           attempts, due_at, lease_token, lease_until)
         values ($1, $2, $3, null, $4, $5, 'pending', $6, 0, 1, $5, 1, clock_timestamp() + $7 * interval '1 millisecond')`,
        [
          eventId,
          eventId,
          subscription.subscriptionId,
          type,
          at,
          JSON.stringify({ code: 'Waiting' }),
          leaseMs,
        ],
      );
      return { lease: { deliveryId: eventId, token: '1' }, attempt: 1, rung: 0, event, subscription };
    },

    async subscriptionOf(deliveryId) {
      const { rows } = await tx.query<{ id: string }>(
        'select subscription_id as id from deliveries where delivery_id = $1',
        [deliveryId],
      );
      return rows[0]?.id;
    },

    replay: (selection, at) => replayDeliveries(tx, selection, at),

    audit: (entry) => recordAudit(tx, entry),
  };
}
