import type { Migration } from './migration.ts';

/**
 * A key that is put in the place of another is of its line: what was remembered for the one holds for the other. Null,
 * as an older version of the commands writes it: the key begins a line.
 */
export const keyLines: Migration = {
  number: 8,
  name: 'key-lines',
  sql: `
alter table api_keys
  add column line text,
  add column replaced_by text;
`,
};
