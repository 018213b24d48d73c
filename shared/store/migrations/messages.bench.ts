/** How long a statement of the version before waits while a register of many notifications is migrated. */
import { benchDatabaseUrl, withEmptyDatabase } from '../../../bench/own-database.ts';
import type { BenchResult } from '../../../bench/result.ts';
import { openPgDatabase } from '../postgres/pg-database.ts';
import { longestWait } from '../testing/longest-wait.ts';
import { liveSmallYear } from '../testing/many-messages.ts';
import { olderNotifications } from '../testing/older-notifications.ts';
import { migrations } from './index.ts';
import { migrate } from './migrate.ts';

const thousands = 400;
const allowedMs = 1000;
const unlimited = { statementTimeoutMs: 0, lockTimeoutMs: 0 };

export default async function bench(): Promise<BenchResult[]> {
  const url = benchDatabaseUrl('migrate/longest-wait');
  if (url === undefined) return [];
  return withEmptyDatabase(url, async (ownUrl) => {
    const [db, other] = [openPgDatabase(ownUrl, unlimited), openPgDatabase(ownUrl, unlimited)];
    try {
      await migrate(db, migrations.slice(0, 17));
      await liveSmallYear(db, 'older', thousands);
      const older = olderNotifications(other);
      const { calls, longestMs, tookS } = await longestWait(
        async (call) => {
          await older.store(`while${call}`, `m-while${call}`, new Date().toISOString());
          await older.list();
        },
        () => migrate(db, migrations.slice(0, 18)),
      );
      const { rows } = await db.query<{ count: number }>('select count(*)::int as count from messages');
      if (rows[0]?.count !== thousands * 1000 + calls) throw new Error('notifications are lost');
      return [
        {
          name: 'migrate/longest-wait',
          ratio: longestMs / allowedMs,
          against: `a second, for storing and listing by the version before, ${calls} times in the ${tookS.toFixed(0)} s in which ${thousands},000 notifications were migrated`,
          value: Math.round(longestMs),
          unit: 'ms',
        },
      ];
    } finally {
      await other.close();
      await db.close();
    }
  });
}
