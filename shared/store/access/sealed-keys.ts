import type { Database } from '../postgres/database.ts';

/** A column of texts that are sealed, and which of its rows still serve. */
export interface SealedPlace {
  table: string;
  column: string;
  /** Of an alias-free row. */
  condition: string;
  /** Column of the lease of whoever will write back what they have read. */
  lease?: string;
}

/** Every column in which sealed texts rest: who signs, where events go, notifications that came in clear, answers with secrets. */
export const sealedPlaces: readonly SealedPlace[] = [
  { table: 'codes', column: 'sealed', condition: 'true', lease: 'lease_until' },
  { table: 'batch_rows', column: 'sealed', condition: 'true' },
  { table: 'event_subscriptions', column: 'sealed', condition: "state <> 'Deleted'" },
  // What Tencent has encrypted is JSON or base64, answers without a secret are JSON: neither begins so.
  { table: 'messages', column: 'body', condition: "body like 'v1.%'" },
  { table: 'message_bodies', column: 'body', condition: "body like 'v1.%'" },
  { table: 'idempotency_records', column: 'answer', condition: "answer like 'v1.%'" },
];

/** SQL: the name of the key of a sealed text. */
export const keyOf = (column: string) => `split_part(${column}, '.', 2)`;

/** A key of `REGISTER_KEYS`, by the name that sealed texts carry, and how many texts need it. */
export interface SealedKeyUse {
  keyId: string;
  count: number;
}

/** Which keys the stored texts that still serve were sealed with. Reads them all: for a command, not for a function. */
export async function sealedKeyUses(db: Database): Promise<SealedKeyUse[]> {
  const texts = sealedPlaces.map(
    ({ table, column, condition }) =>
      `select ${keyOf(column)} as key from ${table} where ${column} is not null and ${condition}`,
  );
  const { rows } = await db.query<SealedKeyUse>(
    `select key as "keyId", count(*)::int as count from (${texts.join(' union all ')}) sealed
     group by 1 order by 2 desc, 1`,
  );
  return rows;
}
