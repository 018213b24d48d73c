import type { Migration } from './migration.ts';

/** Contracts of which nothing is to be kept but that they were there: a message that comes late finds that written down. */
export const forgottenContracts: Migration = {
  number: 14,
  name: 'forgotten-contracts',
  sql: `
alter table contracts add column forgotten_at timestamptz;
create index notifications_of_contract on notifications (flow_id) where flow_id is not null;
`,
};
