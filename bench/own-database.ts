import { randomBytes } from 'node:crypto';
import { migrate } from '../shared/store/migrate.ts';
import { openPgDatabase } from '../shared/store/pg-database.ts';

const unlimited = { statementTimeoutMs: 0, lockTimeoutMs: 0 };

/** `DATABASE_URL`, or a loud line that `what` is skipped: an embedded database would tell nothing about a server. */
export function benchDatabaseUrl(what: string): string | undefined {
  const url = process.env['DATABASE_URL'];
  if (!url)
    console.error(`SKIPPED: ${what} — set DATABASE_URL to a PostgreSQL where databases may be created`);
  return url || undefined;
}

/** Gives `work` a migrated database of its own on the server of `url`, and drops it afterwards. */
export async function withDatabase<T>(url: string, work: (ownUrl: string) => Promise<T>): Promise<T> {
  const name = `qianma_bench_${randomBytes(4).toString('hex')}`;
  const server = openPgDatabase(url, unlimited);
  await server.query(`create database ${name}`);
  try {
    const own = new URL(url);
    own.pathname = `/${name}`;
    const db = openPgDatabase(own.href, unlimited);
    await migrate(db);
    await db.close();
    return await work(own.href);
  } finally {
    await server.query(`drop database ${name} with (force)`);
    await server.close();
  }
}
