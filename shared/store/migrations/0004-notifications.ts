import type { Migration } from './migration.ts';

/**
 * What Tencent posts to us, and what follows from it. Notifications and contracts outlive the codes that they are
 * about, so nothing refers to codes by a foreign key.
 */
export const notifications: Migration = {
  number: 4,
  name: 'notifications',
  sql: `
-- 122 random bits in letters of base58 (a UUID in hexadecimal digits, without the zero). The default stays: it serves
-- what an older version of a function inserts while the new one is being rolled out.
alter table codes
  add column callback_token text not null default translate(replace(gen_random_uuid()::text, '-', ''), '0', 'g'),
  add column warn_at timestamptz;
create unique index codes_callback_token on codes (callback_token);
create index codes_of_template_name on codes (template_id, flow_name);
create index codes_warn_at on codes (warn_at) where warn_at is not null;

alter table generations
  add column cost_messages int not null default 0,
  add column certain_contracts int not null default 0,
  add column told_percent int not null default 0,
  add column told_expiring boolean not null default false;
update generations set cost_messages = used where used > 0;

-- By the times that the messages themselves give: quota was lacking at failed_at, and was there at proven_at.
alter table organizations
  add column failed_at timestamptz,
  add column proven_at timestamptz;
update organizations set failed_at = since where quota_state = 'blocked';

update events set type = 'quota.exhausted' where type = 'organization.quota_blocked';
update events set type = 'quota.restored' where type = 'organization.quota_restored';

-- The body is kept as it came; one that came in clear is sealed, or not kept where there is no key. The row outlives
-- its body, so that a message is known again for as long as it may come again.
create table notifications (
  notification_id text primary key,
  msg_id text not null,
  msg_type text not null,
  msg_version text,
  body text,
  body_sealed boolean not null,
  content_signature text,
  route_token text,
  route_generation int,
  source_ip text,
  key_index int,
  token_index int,
  received_at timestamptz not null,
  occurred_at timestamptz not null,
  occurred_from text not null,
  outcome text not null check (outcome in ('applied', 'kept', 'pending', 'failed')),
  reason text not null,
  app_id text,
  organization text,
  code_id text,
  generation int,
  flow_id text,
  flow_status text,
  copies int not null default 1,
  failures int not null default 0,
  due_at timestamptz,
  lease_until timestamptz,
  settled_at timestamptz
) with (fillfactor = 85);
create unique index notifications_msg_id on notifications (msg_id);
create index notifications_received_at on notifications (received_at, notification_id);
create index notifications_of_code on notifications (code_id, received_at, notification_id)
  where code_id is not null;
create index notifications_of_organization on notifications (organization, received_at, notification_id)
  where organization is not null;
create index notifications_due_at on notifications (due_at) where due_at is not null;
create index notifications_bodies on notifications (received_at) where body is not null;
-- A contract was charged for: there was quota then.
create index notifications_costs on notifications (app_id, organization, occurred_at)
  where msg_type = 'MultiFlowSignQrCodeCost' and organization is not null;
-- Of contracts that may yet turn out to have been started with a code of ours.
create index notifications_unlinked on notifications (flow_id, received_at)
  where outcome = 'kept' and flow_id is not null;
create index notifications_newly_unlinked on notifications (received_at)
  where outcome = 'kept' and flow_id is not null;

-- One row for each hour, verdict and address, and a bounded number of addresses an hour.
create table notification_rejections (
  hour timestamptz not null,
  verdict text not null,
  source_ip text not null,
  count int not null,
  last_at timestamptz not null,
  last_bytes int not null,
  last_route text,
  primary key (hour, verdict, source_ip)
);

-- No names: what a contract is called may say who signs it.
create table contracts (
  flow_id text primary key,
  app_id text not null,
  organization text not null,
  code_id text not null,
  generation int not null,
  link text not null check (link in ('certain', 'inferred')),
  state text not null check (state in
    ('INIT', 'PART', 'ALL', 'REJECT', 'DEADLINE', 'CANCEL', 'INVALID', 'RELIEVED')),
  charged boolean not null,
  started_at timestamptz not null,
  state_at timestamptz not null,
  updated_at timestamptz not null
) with (fillfactor = 85);
create index contracts_of_code on contracts (code_id, generation, link, state);
create index contracts_updated_at on contracts (updated_at);

-- What makes codes useless without their being at fault: the newest word on a template or an organisation.
create table notices (
  kind text not null check (kind in ('template', 'template-change', 'organization')),
  subject text not null,
  scope text not null,
  raised boolean not null,
  reason text not null,
  at timestamptz not null,
  primary key (kind, subject, scope)
);
`,
};
