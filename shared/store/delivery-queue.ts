import type { DeliveryQueue } from '../delivery/ports.ts';
import type { Database } from './database.ts';
import { type ClaimRow, claimColumns, toClaim } from './delivery-rows.ts';
import { settleDelivery } from './settle-delivery.ts';

/** Is a subscription meant for an event? Those of all organisations have none. `e`: events, `s`: event_subscriptions. */
export const isSubscribed = `(s.state = 'Enabled' and (s.event_types is null or e.type = any(s.event_types))
  and (s.organization is null or (s.organization = e.organization and s.app_id = e.app_id)))`;

/** By the database's time: who died at work keeps a delivery for no longer than the lease. */
export const isFreeDelivery = '(d.lease_until is null or d.lease_until <= clock_timestamp())';

/** Deliveries of `events` for whoever is subscribed and has none yet. `events` is the name of what `e` stands for. */
export const makeDeliveries = (events: string, at: string, reason: string) => `
  insert into deliveries (delivery_id, event_id, subscription_id, code_id, type, occurred_at, state, reason, rung,
    attempts, due_at, lease_token)
  select gen_random_uuid()::text, e.event_id, s.subscription_id, e.code_id, e.type, e.occurred_at, 'pending',
    ${reason}, 0, 0, to_timestamp(${at}), 0
  from ${events} e join event_subscriptions s on ${isSubscribed}`;

export const fanOutStatement = `
  with picked as (
    select event_id from events where fanned_out_at is null order by occurred_at limit $2 for update skip locked
  ),
  told as (
    update events e set fanned_out_at = to_timestamp($1) from picked where e.event_id = picked.event_id returning e.*
  ),
  made as (
    ${makeDeliveries('told', '$1', '$3')} on conflict (event_id, subscription_id) do nothing
  )
  select count(*)::int as count from told`;

/**
 * Each enabled subscription is asked for as much as it has room for, by index; of what they have, the first of each
 * comes before the second of any, and those that fail fill no more than their own share.
 */
export const claimStatement = `
  with ready as (
    select s.subscription_id, s.failures > 0 as failing,
      case when s.failures > 0 then 1 else $4::int end - (
        select count(*) from deliveries f
        where f.subscription_id = s.subscription_id and f.lease_until is not null
          and f.lease_until > clock_timestamp()) as room
    from event_subscriptions s
    where s.state = 'Enabled' and (s.not_before is null or s.not_before <= to_timestamp($1))
  ),
  due as (
    select own.delivery_id, own.due_at, r.subscription_id, r.failing from ready r cross join lateral (
      select d.delivery_id, d.due_at from deliveries d
      where d.subscription_id = r.subscription_id and d.state = 'pending' and d.due_at <= to_timestamp($1)
        and ${isFreeDelivery}
      order by d.due_at limit greatest(r.room, 0) for update of d skip locked
    ) own
  ),
  turns as (
    select due.*, row_number() over (partition by subscription_id order by due_at) as turn from due
  ),
  places as (
    select turns.*, row_number() over (partition by failing order by turn, due_at) as place from turns
  ),
  picked as (
    select delivery_id from places where not failing or place <= $5 order by turn, due_at limit $2
  )
  update deliveries d set lease_until = clock_timestamp() + $3 * interval '1 millisecond',
    lease_token = d.lease_token + 1, attempts = d.attempts + 1
  from picked, events e, event_subscriptions s
  where d.delivery_id = picked.delivery_id and e.event_id = d.event_id and s.subscription_id = d.subscription_id
  returning ${claimColumns}`;

/** A few rows of each subscription at a time: nobody waits for a long statement. */
export const buryStatement = `
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

    async claim(nowMs, { limit, failingLimit, perSubscription, leaseMs }) {
      const params = [nowMs / 1000, limit, leaseMs, perSubscription, failingLimit];
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
