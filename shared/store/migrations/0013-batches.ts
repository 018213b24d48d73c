import type { Migration } from './migration.ts';

/**
 * Work that is asked for in one call and done row by row. What a create is asked with is sealed, as it may name
 * signers, and is forgotten with its outcome.
 */
export const batches: Migration = {
  number: 13,
  name: 'batches',
  sql: `
create table batches (
  batch_id text primary key,
  app_id text not null,
  organizations text[] not null,
  operation text not null check (operation in ('Create', 'Pause', 'Resume', 'RenewNow', 'Cancel')),
  actor text not null,
  total int not null,
  created_at timestamptz not null,
  cancelled_at timestamptz
);
create index batches_newest on batches (created_at, batch_id);

-- No index knows the lease: a claim stays on its page.
create table batch_rows (
  batch_id text not null references batches (batch_id) on delete cascade,
  number int not null,
  app_id text not null,
  organization text not null,
  code_id text not null,
  external_id text,
  sealed text,
  state text not null check (state in ('waiting', 'done', 'failed', 'unknown', 'cancelled')),
  error_code text,
  error_text text,
  upstream_request_id text,
  failures int not null,
  due_at timestamptz not null,
  begun boolean not null,
  lease_until timestamptz,
  lease_token bigint not null,
  settled_at timestamptz,
  primary key (batch_id, number)
) with (fillfactor = 85);
create index batch_rows_waiting on batch_rows (app_id, organization, due_at, number) where state = 'waiting';
`,
};
