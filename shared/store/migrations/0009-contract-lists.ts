import type { Migration } from './migration.ts';

/** Contracts are listed, the newest first: of everybody, of an organisation, of a code, and those that are unfinished. */
export const contractLists: Migration = {
  number: 9,
  name: 'contract-lists',
  sql: `
alter table contracts add column deadline_at timestamptz;
create index contracts_newest on contracts (started_at, flow_id);
create index contracts_newest_of_organization on contracts (organization, started_at, flow_id);
create index contracts_newest_of_code on contracts (code_id, started_at, flow_id);
create index contracts_unfinished on contracts (organization, started_at, flow_id) where state in ('INIT', 'PART');
`,
};
