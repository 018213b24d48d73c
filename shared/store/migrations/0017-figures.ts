import type { Migration } from './migration.ts';

/**
 * Codes are counted from an index alone: their rows are wide. Those of all other states are counted from the index of
 * their lists, which this one must not take from them.
 */
export const figures: Migration = {
  number: 17,
  name: 'figures',
  sql: `
create index codes_active on codes (state) where state = 'Active';
`,
};
