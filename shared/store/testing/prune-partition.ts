import type { Database } from '../postgres/database.ts';
import { type PruneReport, prune } from '../upkeep/retention.ts';

/**
 * Runs prune where one partition is past its time.
 *
 * @returns how long it took, in milliseconds, and what else it has deleted
 * @throws if that partition has not gone
 */
export async function prunePartition(db: Database): Promise<{ ms: number } & Pick<PruneReport, 'deleted'>> {
  const started = performance.now();
  const { deleted, partitions } = await prune(db, { deadlineMs: Number.POSITIVE_INFINITY, batch: 500 });
  const ms = performance.now() - started;
  if (partitions.dropped !== 1) throw new Error(`${partitions.dropped} partitions have gone`);
  return { ms, deleted };
}
