import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../postgres/database.ts';
import { patiently } from './run-steps.ts';

/** Between two looks at an index that another session builds. Milliseconds. */
const lookMs = 1000;

/**
 * Builds an index while its table is read and written. One that a session has left unfinished is built anew; while
 * another session is at it, this one waits.
 *
 * @param on table, columns and condition
 */
export async function buildIndex(db: Database, name: string, on: string): Promise<void> {
  for (;;) {
    const { rows } = await db.query<{ done: boolean; building: boolean }>(
      `select i.indisvalid as done,
         exists (select from pg_stat_progress_create_index p where p.index_relid = i.indexrelid) as building
       from pg_index i where i.indexrelid = to_regclass($1)`,
      [name],
    );
    const [found] = rows;
    if (found?.done) return;
    if (found?.building) await sleep(lookMs);
    else if (found) await db.query(`drop index concurrently if exists ${name}`);
    else await patiently(() => db.query(`create index concurrently if not exists ${name} on ${on}`));
  }
}
