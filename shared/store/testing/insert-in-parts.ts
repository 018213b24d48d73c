import type { Database } from '../postgres/database.ts';

/** Rows of one statement, so that none takes longer than anybody waits for. */
const atOnce = 1_000_000;

/**
 * Inserts as many rows as nobody inserts at once, the first before the last.
 *
 * @param sql makes row n for each n from `$1::bigint` to `$2::bigint`; `$3` is the count
 */
export async function insertInParts(db: Database, sql: string, count: number): Promise<void> {
  for (let first = 0; first < count; first += atOnce)
    await db.query(sql, [first, Math.min(first + atOnce, count) - 1, count]);
}
