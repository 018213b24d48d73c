import type { Database } from '../../../store/postgres/database.ts';

/** The same database, for sessions that have this name at the server. */
export function forSessionsNamed(databaseUrl: string, name: string): string {
  const url = new URL(databaseUrl);
  url.searchParams.set('application_name', name);
  return url.href;
}

/**
 * Until no session of this name is left. The server carries out what it was asked for, whoever has died in the
 * meantime: nothing is at rest before.
 */
export async function sessionsEnded(db: Database, name: string): Promise<void> {
  for (let isOpen = true; isOpen; ) {
    const { rows } = await db.query('select 1 from pg_stat_activity where application_name = $1', [name]);
    isOpen = rows.length > 0;
  }
}
