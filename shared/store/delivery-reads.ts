import type { Attempt } from '../delivery/delivery.ts';
import type { DeliveryFilter, DeliveryReads, Scope } from '../delivery/ports.ts';
import type { ListPosition } from '../list-cursor.ts';
import type { Database } from './database.ts';
import {
  type DeliveryAttemptRow,
  type DeliveryRow,
  deliveryAttemptColumns,
  deliveryColumns,
  type SubscriptionRow,
  subscriptionColumns,
  toAttempt,
  toDelivery,
  toSubscription,
} from './delivery-rows.ts';
import type { Statement } from './list-statement.ts';

/** Reading of subscriptions and deliveries. Every read takes the organisations that the caller may see. */
export function deliveryReads(db: Database): DeliveryReads {
  return {
    async listSubscriptions({ subscriptionId }, { scope, after, limit }) {
      const { rows } = await db.query<SubscriptionRow>(
        `select ${subscriptionColumns} from event_subscriptions s
         where s.state <> 'Deleted' and ($1::text is null or s.subscription_id = $1)
           and ($2::text is null or (s.app_id = $2 and s.organization = any($3::text[])))
           and ($4::timestamptz is null or (s.created_at, s.subscription_id) < ($4, $5::text))
         order by s.created_at desc, s.subscription_id desc limit $6`,
        [
          subscriptionId ?? null,
          scope?.appId ?? null,
          scope?.organizations ?? null,
          after ? new Date(after.atMs).toISOString() : null,
          after?.id ?? null,
          limit,
        ],
      );
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
  const { rows } = await db.query<{ id: string }>(
    'select subscription_id as id from event_subscriptions where app_id = $1 and organization = any($2::text[])',
    [scope.appId, scope.organizations],
  );
  return rows.map(({ id }) => id);
}

/**
 * One page, newest first, placed by what never changes. Who sees some subscriptions only gets the newest of each by
 * index, and of these the newest.
 */
export function deliveriesStatement(
  filter: DeliveryFilter,
  page: { visible: readonly string[] | null; after: ListPosition | undefined; limit: number },
): Statement {
  const params: unknown[] = [];
  const param = (value: unknown) => `$${params.push(value)}`;
  const conditions = conditionsOf(filter, param);
  if (page.after) {
    const at = param(new Date(page.after.atMs).toISOString());
    conditions.push(`(d.occurred_at, d.delivery_id) < (${at}::timestamptz, ${param(page.after.id)})`);
  }
  const tail = `order by occurred_at desc, delivery_id desc limit ${param(page.limit)}`;
  const { visible } = page;
  const isOne = filter.eventId !== undefined || filter.subscriptionId !== undefined;
  const pickFrom = (more: readonly string[]) =>
    `select * from deliveries d where ${[...conditions, ...more].join(' and ') || 'true'} ${tail}`;
  let source: string;
  if (visible === null) source = pickFrom([]);
  else if (isOne || filter.codeId !== undefined) {
    source = pickFrom([`d.subscription_id = any(${param(visible)}::text[])`]);
  } else {
    const own = pickFrom(['d.subscription_id = visible']);
    source = `select t.* from unnest(${param(visible)}::text[]) as visible cross join lateral (${own}) t ${tail}`;
  }
  return {
    text: `select ${deliveryColumns} from (${source}) d join events e on e.event_id = d.event_id
      order by d.occurred_at desc, d.delivery_id desc`,
    params,
  };
}

function conditionsOf(filter: DeliveryFilter, param: (value: unknown) => string): string[] {
  const { codeId, eventId, eventType, subscriptionId, state, fromMs, toMs } = filter;
  return [
    ...(codeId === undefined ? [] : [`d.code_id = ${param(codeId)}`]),
    ...(eventId === undefined ? [] : [`d.event_id = ${param(eventId)}`]),
    ...(eventType === undefined ? [] : [`d.type = ${param(eventType)}`]),
    ...(subscriptionId === undefined ? [] : [`d.subscription_id = ${param(subscriptionId)}`]),
    // The index holds what is not delivered.
    ...(state === undefined ? [] : [`d.state = ${param(state)}`]),
    ...(state === undefined || state === 'delivered' ? [] : ["d.state <> 'delivered'"]),
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
