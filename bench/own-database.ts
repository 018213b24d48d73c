import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openDatabase } from '../local/start/database.ts';
import { migrate } from '../shared/store/migrations/migrate.ts';
import { openPgDatabase } from '../shared/store/postgres/pg-database.ts';

const unlimited = { statementTimeoutMs: 0, lockTimeoutMs: 0 };

/** `DATABASE_URL`, or a loud line that `what` is skipped: an embedded database would prove nothing about a server. */
export function benchDatabaseUrl(what: string): string | undefined {
  const url = process.env['DATABASE_URL'];
  if (!url)
    console.error(`SKIPPED: ${what} — set DATABASE_URL to a PostgreSQL where databases may be created`);
  return url || undefined;
}

/** Gives `work` a migrated database of its own on the server of `url`, and drops it afterwards. */
export function withDatabase<T>(url: string, work: (ownUrl: string) => Promise<T>): Promise<T> {
  return withEmptyDatabase(url, async (ownUrl) => {
    const db = openPgDatabase(ownUrl, unlimited);
    await migrate(db);
    await db.close();
    return work(ownUrl);
  });
}

/** The same without a table in it. */
export async function withEmptyDatabase<T>(url: string, work: (ownUrl: string) => Promise<T>): Promise<T> {
  const own = await openOnServer(url);
  try {
    return await work(own.url);
  } finally {
    await own.close();
  }
}

/** An empty database of a benchmark. */
interface BenchDatabase {
  url: string;
  close(): Promise<void>;
}

/** On the server of `DATABASE_URL`, or embedded. */
export function openBenchDatabase(): Promise<BenchDatabase> {
  const url = process.env['DATABASE_URL'];
  return url ? openOnServer(url) : openEmbedded();
}

async function openOnServer(url: string): Promise<BenchDatabase> {
  const name = `qianma_bench_${randomBytes(4).toString('hex')}`;
  const server = openPgDatabase(url, unlimited);
  await server.query(`create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return {
    url: own.href,
    async close() {
      await server.query(`drop database ${name} with (force)`);
      await server.close();
    },
  };
}

async function openEmbedded(): Promise<BenchDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'qianma-bench-'));
  const removed = () => rm(directory, { recursive: true, force: true });
  try {
    const workerModule = pathToFileURL(resolve('dist/local/database.mjs'));
    const embedded = await openDatabase({ dataDirectory: directory, workerModule });
    await embedded.ready;
    return { url: embedded.url, close: () => embedded.close().then(removed) };
  } catch (error) {
    await removed();
    throw error;
  }
}
