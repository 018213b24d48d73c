import type { Migration } from './migration.ts';

/**
 * What every function needs before there is a register: who may call, what has been answered, how fast we may call
 * upstream, and who did what. Times are `timestamptz`, always the database's own.
 */
export const foundation: Migration = {
  number: 1,
  name: 'foundation',
  sql: `
create table api_keys (
  key_id text primary key,
  hash text not null,
  name text not null,
  role text not null check (role in ('viewer', 'operator', 'admin')),
  organizations text[],
  agent_organization text,
  agent_operator text,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  constraint api_keys_agent_whole check ((agent_organization is null) = (agent_operator is null))
);

create table idempotency_records (
  key_id text not null,
  idempotency_key text not null,
  function_name text not null,
  payload_hash text not null,
  token text not null,
  work_id text not null,
  handovers int not null default 0,
  in_progress_until timestamptz,
  answer text,
  expires_at timestamptz not null,
  primary key (key_id, idempotency_key),
  constraint idempotency_records_one_state check ((answer is null) = (in_progress_until is not null))
);
create unique index idempotency_records_token on idempotency_records (token);
create index idempotency_records_expires_at on idempotency_records (expires_at);

-- Updated twenty times a second in place: the free half of the page keeps the updates off the index.
create table rate_limits (
  action text primary key,
  tat timestamptz not null
) with (fillfactor = 50);

create table audit (
  audit_id uuid primary key default gen_random_uuid(),
  at timestamptz not null default now(),
  actor text not null,
  action text not null,
  subject text not null,
  reason text not null
);
create index audit_at on audit (at);
`,
};
