import type { Migration } from './migration.ts';

/**
 * The register of codes. The caller's clock decides what is due and what has expired, the database's
 * clock who holds a lease. Ids are made by the caller: no sequence, so that an engine of many machines can hold the tables.
 */
export const register: Migration = {
  number: 2,
  name: 'register',
  sql: `
-- Counting a scan and renewing update rows in place: room in the page keeps some of that off the indexes.
create table codes (
  code_id text primary key,
  slug text not null,
  app_id text not null,
  organization text not null,
  operator text not null,
  template_id text not null,
  flow_name text not null,
  qr_code_name text,
  request text not null,
  sealed text,
  max_flow_num int not null check (max_flow_num > 0),
  life_s int not null check (life_s > 0),
  external_id text,
  labels text[] not null,
  note text,
  policy text not null,
  state text not null check (state in
    ('Creating', 'Active', 'Paused', 'Exhausted', 'Expired', 'Failed', 'OutcomeUnknown', 'Cancelled')),
  reason text not null,
  version int not null,
  generation int not null,
  generations_made int not null,
  committed bigint not null,
  expires_at timestamptz,
  due_at timestamptz,
  held boolean not null,
  renew_requested boolean not null,
  failures int not null,
  lease_until timestamptz,
  lease_token bigint not null,
  search_text text not null,
  search_grams text[] not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
) with (fillfactor = 85);
create unique index codes_slug on codes (slug);
create index codes_newest on codes (created_at desc, code_id desc);
create index codes_newest_of_organization on codes (organization, created_at desc, code_id desc);
create index codes_newest_in_state on codes (state, created_at desc, code_id desc) where state <> 'Active';
create index codes_newest_of_template on codes (template_id, created_at desc, code_id desc);
create index codes_external_id on codes (external_id) where external_id is not null;
create index codes_expires_at on codes (expires_at) where expires_at is not null;
create index codes_labels on codes using gin (labels);
create index codes_search on codes using gin (search_grams);
create index codes_due on codes (due_at) where due_at is not null and not held;
create index codes_due_of_organization on codes (app_id, organization, due_at) where due_at is not null;
create index codes_held on codes (app_id, organization) where held;

-- The primary key is the law that a generation has one successor.
create table generations (
  code_id text not null references codes (code_id) on delete cascade,
  number int not null,
  qr_code_id text not null,
  urls text not null,
  max_flow_num int not null,
  used int not null,
  state text not null check (state in ('live', 'superseded', 'expired', 'exhausted', 'cancelled')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (code_id, number)
) with (fillfactor = 85);
create unique index generations_qr_code_id on generations (qr_code_id);
create index generations_alive on generations (expires_at) where state in ('live', 'superseded');

-- The journal of every call that makes or ends an upstream code. A refused create leaves its row and no code.
create table attempts (
  attempt_id text primary key,
  code_id text,
  app_id text not null,
  organization text not null,
  operator text not null,
  generation int,
  kind text not null check (kind in ('create', 'cancel')),
  state text not null check (state in ('planned', 'sent', 'succeeded', 'refused', 'unknown')),
  qr_code_id text,
  possible_orphan boolean not null,
  lease_token bigint not null,
  lease_until timestamptz,
  due_at timestamptz,
  failures int not null,
  error_code text,
  upstream_request_id text,
  reason text not null,
  expires_at timestamptz,
  planned_at timestamptz not null,
  sent_at timestamptz,
  settled_at timestamptz
);
create index attempts_of_code on attempts (code_id, planned_at);
create index attempts_open_creates on attempts (planned_at)
  where kind = 'create' and state in ('planned', 'sent');
create index attempts_due_cancels on attempts (due_at) where due_at is not null;
create index attempts_possible_orphans on attempts (organization, planned_at) where possible_orphan;
-- One wish to cancel a QR code is open at a time, however many ask for it.
create unique index attempts_one_open_cancel on attempts (qr_code_id) where due_at is not null;

-- An organisation without a row has never been short of quota.
create table organizations (
  app_id text not null,
  organization text not null,
  quota_state text not null check (quota_state in ('ok', 'blocked')),
  since timestamptz not null,
  reason text not null,
  probe_at timestamptz,
  probe_failures int not null,
  primary key (app_id, organization)
);
create index organizations_blocked on organizations (probe_at) where quota_state = 'blocked';

-- What is to be told to the outside, written in the transaction that made it true.
create table events (
  event_id text primary key,
  type text not null,
  code_id text,
  app_id text not null,
  organization text not null,
  data text not null,
  occurred_at timestamptz not null
);
create index events_of_code on events (code_id, occurred_at);
create index events_occurred_at on events (occurred_at);
`,
};
