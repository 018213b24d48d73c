import type { Migration } from './migration.ts';

/** Codes are counted by their states from an index alone: their rows are wide. */
export const figures: Migration = {
  number: 17,
  name: 'figures',
  sql: `
create index codes_by_state on codes (state);
`,
};
