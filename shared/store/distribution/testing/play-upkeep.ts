import type { Database } from '../../postgres/database.ts';
import { figures } from '../../upkeep/figures.ts';
import { moveLinks } from '../../upkeep/move-links.ts';
import { nextWork } from '../../upkeep/next-work.ts';
import { overdueWork } from '../../upkeep/overdue-work.ts';
import { prune } from '../../upkeep/retention.ts';

/** What timers, metrics and `npm run doctor` ask of all tables, and retention. */
export async function playUpkeep(db: Database): Promise<void> {
  await figures(db);
  await nextWork(db, Date.now());
  await overdueWork(db);
  await moveLinks(db, 'http://127.0.0.1:1', 'http://127.0.0.1:2');
  const month = "'2024-01-01Z') to ('2024-02-01Z')";
  await db.query(`create table messages_202401 partition of messages for values from (${month}`);
  await prune(db, { deadlineMs: Number.POSITIVE_INFINITY, batch: 10 });
}
