import type { Migration } from './migration.ts';

/**
 * News of a template are told to its codes a few at a time: a notice says what is still to be told, and the last code
 * that has heard. A create that succeeded proves quota, as a contract that was charged for does.
 */
export const announcements: Migration = {
  number: 6,
  name: 'announcements',
  sql: `
alter table notices
  add column announcement text,
  add column told_created_at timestamptz,
  add column told_code_id text;
create index notices_to_announce on notices (at) where announcement is not null;
create index attempts_proofs on attempts (app_id, organization, sent_at)
  where kind = 'create' and state = 'succeeded';
`,
};
