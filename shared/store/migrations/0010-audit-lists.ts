import type { Migration } from './migration.ts';

/**
 * The audit trail is read: the newest first, and what was done to one thing. A place in the list has milliseconds, and
 * an id that is any text.
 */
export const auditLists: Migration = {
  number: 10,
  name: 'audit-lists',
  sql: `
update audit set at = date_trunc('milliseconds', at);
alter table audit
  alter column at set default date_trunc('milliseconds', now()),
  alter column audit_id drop default,
  alter column audit_id type text using audit_id::text,
  alter column audit_id set default gen_random_uuid()::text;
create index audit_newest on audit (at, audit_id);
drop index audit_at;
create index audit_of_subject on audit (subject, at, audit_id);
`,
};
