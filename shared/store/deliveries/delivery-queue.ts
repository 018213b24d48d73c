import type { DeliveryQueue } from '../../delivery/ports.ts';
import type { Database } from '../postgres/database.ts';
import { inMs, isOver } from '../postgres/leases.ts';
import { type ClaimRow, claimColumns, isEventOf, toClaim } from './delivery-rows.ts';
import { settleDelivery } from './settle-delivery.ts';

/** Is a subscription meant for an event? Those of all organisations have none. `e`: events, `s`: event_subscriptions. */
const isSubscribed = `(s.state = 'Enabled' and (s.event_types is null or e.type = any(s.event_types))
  and (s.organization is null or (s.organization = e.organization and s.app_id = e.app_id)))`;

export const isFreeDelivery = isOver('d.lease_until');

/** Deliveries of `events` for the subscriptions that have none yet. `events` is the name of what `e` stands for. */
export const makeDeliveries = (events: string, at: string, reason: string) => `
  insert into deliveries (delivery_id, event_id, subscription_id, code_id, type, occurred_at, state, reason, rung,
    attempts, due_at, lease_token)
  select gen_random_uuid()::text, e.event_id, s.subscription_id, e.code_id, e.type, e.occurred_at, 'pending',
    ${reason}, 0, 0, to_timestamp(${at}), 0
  from ${events} e join event_subscriptions s on ${isSubscribed}`;

const fanOutStatement = `
  with picked as (
    select event_id, occurred_at from events where fanned_out_at is null order by occurred_at limit $2 for update skip locked
  ),
  told as (
    update events e set fanned_out_at = to_timestamp($1) from picked where ${isEventOf('picked')} returning e.*
  ),
  made as (
    ${makeDeliveries('told', '$1', '$3')} on conflict (event_id, subscription_id) do nothing
  )
  select count(*)::int as count from told`;

/** What fell due at the same moment goes in the order in which it happened. `d`: deliveries. */
const oldest = 'd.due_at, d.occurred_at, d.event_id';

/**
 * Claims at most n due deliveries per enabled subscription, oldest first: the first of each subscription before the
 * second of any. Only the oldest n are ever claimed, whichever run claims them, so that n bounds all runs together; and a claim changes no column that an index knows, so that it stays on its page.
 */
const claimStatement = `
  with due as (
    select first.* from event_subscriptions s cross join lateral (
      select d.delivery_id, d.subscription_id, d.due_at, d.occurred_at, d.event_id, d.lease_until,
        row_number() over (order by ${oldest}) as place from deliveries d
      where d.subscription_id = s.subscription_id and d.state = 'pending' and d.due_at <= to_timestamp($1)
      order by ${oldest} limit $4
    ) first
    where s.state = 'Enabled' and (s.failures > 0) = $5 and (s.not_before is null or s.not_before <= to_timestamp($1))
      and ${isOver('first.lease_until')}
  ),
  picked as (
    select delivery_id, row_number() over (order by place, ${oldest}, d.subscription_id) as turn from due d
    order by turn limit $2
  ),
  mine as (
    select d.delivery_id, picked.turn from picked join deliveries d on d.delivery_id = picked.delivery_id
    where d.state = 'pending' and ${isFreeDelivery} for update of d skip locked
  ),
  taken as (
    update deliveries d set lease_until = ${inMs('$3')},
      lease_token = d.lease_token + 1, attempts = d.attempts + 1
    from mine, events e, event_subscriptions s
    where d.delivery_id = mine.delivery_id and ${isEventOf('d')} and s.subscription_id = d.subscription_id
    returning ${claimColumns}, mine.turn
  )
  select * from taken order by turn`;

/** A few rows of each subscription at a time: no statement takes long. */
const buryStatement = `
  with stranded as (
    select own.delivery_id from event_subscriptions s cross join lateral (
      select d.delivery_id from deliveries d
      where d.subscription_id = s.subscription_id and d.state = 'pending' and ${isFreeDelivery}
      limit $2 for update of d skip locked
    ) own
    where s.state <> 'Enabled' limit $2
  )
  update deliveries d set state = 'dead', due_at = null, settled_at = to_timestamp($1), lease_until = null,
    lease_token = d.lease_token + 1, reason = $3
  from stranded where d.delivery_id = stranded.delivery_id`;

/** What the delivery timer works through. */
export function deliveryQueue(db: Database): DeliveryQueue {
  return {
    async fanOut(nowMs, limit) {
      const params = [nowMs / 1000, limit, JSON.stringify({ code: 'Waiting' })];
      const { rows } = await db.query<{ count: number }>(fanOutStatement, params);
      return rows[0]?.count ?? 0;
    },

    async claim(nowMs, { of, limit, perSubscription, leaseMs }) {
      const params = [nowMs / 1000, limit, leaseMs, perSubscription, of === 'failing'];
      const { rows } = await db.query<ClaimRow>(claimStatement, params);
      return rows.map(toClaim);
    },

    settleDelivered: (lease, attempt, after) => settleDelivery(db, lease, attempt, after),

    async buryStranded(nowMs, reason, limit) {
      const { rowCount } = await db.query(buryStatement, [nowMs / 1000, limit, JSON.stringify(reason)]);
      return rowCount;
    },
  };
}
