import type { Migration } from './migration.ts';

/**
 * What goes out: which events go to whom, and with which result. The caller's clock decides what is due, the database's
 * clock who holds a lease.
 */
export const deliveries: Migration = {
  number: 5,
  name: 'deliveries',
  sql: `
alter table events add column fanned_out_at timestamptz;
-- Nobody was subscribed to what happened before there were subscriptions.
update events set fanned_out_at = now();
create index events_to_fan_out on events (occurred_at) where fanned_out_at is null;

create table event_subscriptions (
  subscription_id text primary key,
  app_id text,
  organization text,
  kind text not null check (kind in ('standard-webhooks', 'webhook', 'wecom', 'feishu', 'dingtalk')),
  event_types text[],
  sealed text not null,
  shown_url text not null,
  languages text[] not null,
  note text,
  state text not null check (state in ('Enabled', 'Disabled', 'Deleted')),
  reason text not null,
  failures int not null,
  failing_since timestamptz,
  not_before timestamptz,
  rotated_until timestamptz,
  version int not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint event_subscriptions_tenant_whole check ((app_id is null) = (organization is null))
);
create index event_subscriptions_newest on event_subscriptions (created_at desc, subscription_id desc);
create index event_subscriptions_of_organization on event_subscriptions (app_id, organization);
create index event_subscriptions_deleted on event_subscriptions (updated_at) where state = 'Deleted';

-- One event on its way to one subscription. What a list is filtered by is repeated here, so that indexes answer.
-- The event outlives its deliveries: retention sees to that. No index knows the lease: a claim stays on its page.
create table deliveries (
  delivery_id text primary key,
  event_id text not null,
  subscription_id text not null references event_subscriptions (subscription_id),
  code_id text,
  type text not null,
  occurred_at timestamptz not null,
  state text not null check (state in ('pending', 'delivered', 'dead')),
  reason text not null,
  rung int not null,
  attempts int not null,
  due_at timestamptz,
  settled_at timestamptz,
  lease_until timestamptz,
  lease_token bigint not null,
  constraint deliveries_due_while_pending check ((state = 'pending') = (due_at is not null)),
  constraint deliveries_settled_otherwise check ((state = 'pending') = (settled_at is null))
) with (fillfactor = 85);
-- However often an event is spread or replayed, a subscription has one delivery of it.
create unique index deliveries_of_event on deliveries (event_id, subscription_id);
create index deliveries_due on deliveries (subscription_id, due_at) where state = 'pending';
create index deliveries_newest on deliveries (occurred_at desc, delivery_id desc);
create index deliveries_newest_of_subscription on deliveries (subscription_id, occurred_at desc, delivery_id desc);
create index deliveries_newest_of_code on deliveries (code_id, occurred_at desc, delivery_id desc);
create index deliveries_newest_of_type on deliveries (type, occurred_at desc, delivery_id desc);
create index deliveries_newest_in_state on deliveries (state, occurred_at desc, delivery_id desc)
  where state <> 'delivered';
create index deliveries_dead on deliveries (subscription_id, occurred_at) where state = 'dead';
create index deliveries_past_delivered on deliveries (settled_at) where state = 'delivered';
create index deliveries_past_dead on deliveries (settled_at) where state = 'dead';

create table delivery_attempts (
  delivery_id text not null references deliveries (delivery_id) on delete cascade,
  number int not null,
  started_at timestamptz not null,
  duration_ms int not null,
  error text,
  status int,
  answer_code bigint,
  retry_after_s int,
  primary key (delivery_id, number)
);
`,
};
