import type { Attempt } from '../../delivery/delivery.ts';
import type { DeliveryFilter, DeliveryReads } from '../../delivery/ports.ts';
import type { ListPosition } from '../../list-cursor.ts';
import type { Scope } from '../../world.ts';
import type { Database } from '../postgres/database.ts';
import { among, type Param, pageSql, parameters } from '../postgres/statements.ts';
import {
  type DeliveryAttemptRow,
  type DeliveryRow,
  deliveryAttemptColumns,
  deliveryColumns,
  isEventOf,
  type SubscriptionRow,
  subscriptionColumns,
  toAttempt,
  toDelivery,
  toSubscription,
} from './delivery-rows.ts';

/** Reading of subscriptions and deliveries. Every read takes the organisations that the caller may see. */
export function deliveryReads(db: Database): DeliveryReads {
  return {
    async listSubscriptions({ subscriptionId }, { scope, after, limit }) {
      const { params, param } = parameters();
      const source = pageSql(
        {
          table: 'event_subscriptions',
          row: 's',
          order: ['created_at', 'subscription_id'],
          conditions: [
            "s.state <> 'Deleted'",
            ...(subscriptionId === undefined ? [] : [`s.subscription_id = ${param(subscriptionId)}`]),
            ...(scope === null ? [] : [ownedBy(scope, param)]),
          ],
          after,
          limit,
        },
        param,
      );
      const text = `select ${subscriptionColumns} from ${source} s order by s.created_at desc, s.subscription_id desc`;
      const { rows } = await db.query<SubscriptionRow>(text, params);
      return rows.map(toSubscription);
    },

    async listDeliveries(filter, { scope, after, limit, attempts }) {
      const visible = scope === null ? null : await subscriptionsIn(db, scope);
      const { text, params } = deliveriesStatement(filter, { visible, after, limit });
      const { rows } = await db.query<DeliveryRow>(text, params);
      const made = await attemptsOf(
        db,
        rows.map(({ deliveryId }) => deliveryId),
        attempts,
      );
      return rows.map((row) => toDelivery(row, made.get(row.deliveryId) ?? []));
    },
  };
}

/** Deleted ones too: what they were sent can still be looked at. */
async function subscriptionsIn(db: Database, scope: NonNullable<Scope>): Promise<string[]> {
  const { params, param } = parameters();
  const { rows } = await db.query<{ id: string }>(
    `select s.subscription_id as id from event_subscriptions s where ${ownedBy(scope, param)}`,
    params,
  );
  return rows.map(({ id }) => id);
}

function ownedBy({ appId, organizations }: NonNullable<Scope>, param: Param): string {
  return `s.app_id = ${param(appId)} and s.organization = any(${param(organizations)}::text[])`;
}

function deliveriesStatement(
  filter: DeliveryFilter,
  page: { visible: readonly string[] | null; after: ListPosition | undefined; limit: number },
): { text: string; params: unknown[] } {
  const { params, param } = parameters();
  const { visible, ...rest } = page;
  // These find few rows by themselves, whoever may see them.
  const { eventId, subscriptionId, codeId } = filter;
  const isNarrow = [eventId, subscriptionId, codeId].some((one) => one !== undefined);
  const own =
    isNarrow && visible !== null
      ? { conditions: [`d.subscription_id = any(${param(visible)}::text[])`] }
      : among('d.subscription_id', visible, param);
  const source = pageSql(
    {
      ...rest,
      ...own,
      table: 'deliveries',
      row: 'd',
      order: ['occurred_at', 'delivery_id'],
      conditions: [...own.conditions, ...conditionsOf(filter, param)],
    },
    param,
  );
  return {
    text: `select ${deliveryColumns} from ${source} d join events e on ${isEventOf('d')}
      order by d.occurred_at desc, d.delivery_id desc`,
    params,
  };
}

function conditionsOf(filter: DeliveryFilter, param: Param): string[] {
  const { codeId, eventId, eventType, subscriptionId, state, fromMs, toMs } = filter;
  return [
    ...(codeId === undefined ? [] : [`d.code_id = ${param(codeId)}`]),
    ...(eventId === undefined ? [] : [`d.event_id = ${param(eventId)}`]),
    ...(eventType === undefined ? [] : [`d.type = ${param(eventType)}`]),
    ...(subscriptionId === undefined ? [] : [`d.subscription_id = ${param(subscriptionId)}`]),
    // Not also in the words of the index of what is not delivered: that it fits is plain, and of two conditions the
    // planner would expect a hundredth of a hundredth, and read and sort them all.
    ...(state === undefined ? [] : [`d.state = ${param(state)}`]),
    ...(fromMs === undefined ? [] : [`d.occurred_at >= to_timestamp(${param(fromMs / 1000)})`]),
    ...(toMs === undefined ? [] : [`d.occurred_at < to_timestamp(${param(toMs / 1000)})`]),
  ];
}

/** The newest `most` attempts of each delivery, newest first. */
async function attemptsOf(db: Database, ids: string[], most: number): Promise<Map<string, Attempt[]>> {
  const byDelivery = new Map<string, Attempt[]>();
  if (ids.length === 0) return byDelivery;
  const { rows } = await db.query<DeliveryAttemptRow>(
    `select a.* from unnest($1::text[]) as wanted cross join lateral (
       select ${deliveryAttemptColumns} from delivery_attempts a where a.delivery_id = wanted
       order by a.number desc limit $2
     ) a`,
    [ids, most],
  );
  for (const row of rows) {
    const known = byDelivery.get(row.deliveryId);
    if (known) known.push(toAttempt(row));
    else byDelivery.set(row.deliveryId, [toAttempt(row)]);
  }
  return byDelivery;
}
