import type { Database } from './database.ts';

/** A key of `REGISTER_KEYS`, by the name that sealed texts carry, and how many texts need it. */
export interface SealedKeyUse {
  keyId: string;
  count: number;
}

/** Which keys the register's sealed texts were sealed with. Reads every code: for a command, not for a function. */
export async function sealedKeyUses(db: Database): Promise<SealedKeyUse[]> {
  const { rows } = await db.query<SealedKeyUse>(
    `select split_part(sealed, '.', 2) as "keyId", count(*)::int as count
     from codes where sealed is not null group by 1 order by 2 desc, 1`,
  );
  return rows;
}
