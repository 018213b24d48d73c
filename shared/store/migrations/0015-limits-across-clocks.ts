import type { Migration } from './migration.ts';

/**
 * When a limit was written, by the clock of the server that wrote it: a server that takes over sees how far that clock was
 * ahead of its own. Null where a version before this one has made the row.
 */
export const limitsAcrossClocks: Migration = {
  number: 15,
  name: 'limits-across-clocks',
  sql: 'alter table rate_limits add column noted_at timestamptz;',
};
