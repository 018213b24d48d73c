import type { Migration } from './migration.ts';

/** What `retention.ts` deletes is found by these indexes; they hold only rows that may one day be deleted. */
export const retention: Migration = {
  number: 3,
  name: 'retention',
  sql: `
create index attempts_settled on attempts (settled_at)
  where settled_at is not null and due_at is null and not possible_orphan;
create index attempts_ended_orphans on attempts (expires_at) where possible_orphan;
create index codes_dead on codes (updated_at)
  where state in ('Exhausted', 'Expired', 'Failed', 'OutcomeUnknown', 'Cancelled') and due_at is null;
`,
};
