import type { Database } from '../postgres/database.ts';
import { defaultRetention, prune } from '../upkeep/retention.ts';

/** By what retention finds them. */
const kinds = {
  contracts: { keptAs: 'contractsS', due: 'updated_at', condition: 'true' },
  deliveries: { keptAs: 'deliveriesS', due: 'settled_at', condition: "state = 'delivered'" },
} as const;

/**
 * Runs prune with a retention that the oldest rows of a table have just passed, where they lie.
 *
 * @returns how long it took, in milliseconds
 * @throws if it has not deleted so many
 */
export async function pruneOldest(db: Database, kind: keyof typeof kinds, count: number): Promise<number> {
  const { keptAs, due, condition } = kinds[kind];
  const { rows } = await db.query<{ ageS: number }>(
    `select extract(epoch from now() - ${due})::float8 as "ageS" from ${kind} where ${condition}
     order by ${due} limit 1 offset $1`,
    [count - 1],
  );
  const policy = { ...defaultRetention, [keptAs]: rows[0]?.ageS };
  const started = performance.now();
  const { deleted } = await prune(db, { deadlineMs: Number.POSITIVE_INFINITY, batch: count, policy });
  const ms = performance.now() - started;
  // A few more have passed it meanwhile, or changed at the same time.
  if (deleted[kind] < count || deleted[kind] > count * 1.1)
    throw new Error(`${deleted[kind]} ${kind} are gone`);
  return ms;
}
