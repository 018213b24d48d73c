import type { Seal } from '../../world.ts';
import type { Database } from '../postgres/database.ts';
import { isOver } from '../postgres/leases.ts';
import { keyOf, type SealedPlace, sealedPlaces } from './sealed-keys.ts';

/** Rows of one statement. */
const batch = 200;

/**
 * Seals anew what older keys have sealed, while functions run: a text that has changed since it was read is left as it is,
 * and so is a code that somebody holds a lease of, who will write back what they have read. Whoever runs it a second time
 * gets at those.
 *
 * @param seal its newest key is the one that all texts shall have
 * @param olderKeyIds by the names that sealed texts carry
 * @returns how many texts were sealed anew
 * @throws Failure `InternalFailure` for a text that was changed or cut off
 */
export async function reseal(db: Database, seal: Seal, olderKeyIds: readonly string[]): Promise<number> {
  let count = 0;
  for (const place of sealedPlaces) count += await resealPlace(db, seal, olderKeyIds, place);
  return count;
}

async function resealPlace(
  db: Database,
  seal: Seal,
  olderKeyIds: readonly string[],
  { table, column, condition, lease }: SealedPlace,
): Promise<number> {
  const isFree = lease === undefined ? 'true' : isOver(lease);
  let count = 0;
  for (;;) {
    const { rows } = await db.query<{ at: string; text: string }>(
      `select ctid::text as at, ${column} as text from ${table}
       where ${column} is not null and ${condition} and ${isFree} and ${keyOf(column)} = any($1::text[]) limit $2`,
      [olderKeyIds, batch],
    );
    if (rows.length === 0) return count;
    for (const { at, text } of rows) {
      const { rowCount } = await db.query(
        `update ${table} set ${column} = $3 where ctid = $1::tid and ${column} = $2 and ${isFree}`,
        [at, text, seal.seal(seal.open(text))],
      );
      count += rowCount;
    }
  }
}
