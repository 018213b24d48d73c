import type { Migration } from './migration.ts';

/**
 * How often each API key has called in its current minute. Not logged: a count of a minute is worth no wait for the
 * disk at each call, and a server that has crashed may begin it anew.
 */
export const keyCalls: Migration = {
  number: 16,
  name: 'key-calls',
  sql: `
create unlogged table key_calls (
  key_id text primary key,
  minute timestamptz not null,
  calls int not null
) with (fillfactor = 50);
`,
};
