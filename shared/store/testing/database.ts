import { randomBytes } from 'node:crypto';
import type { Database } from '../database.ts';
import { migrate } from '../migrate.ts';
import { openPgDatabase } from '../pg-database.ts';
import { type PgliteEngine, startPglite } from './pglite-database.ts';

/** A migrated database that nobody else sees. */
export interface TestDatabase {
  db: Database;
  /** A further connection to the same schema. On PGlite connections of one process take turns. */
  connect(): Promise<Database>;
  engine: 'pglite' | 'postgres';
  /** For whoever needs a connection with settings of its own; undefined on PGlite. */
  url: string | undefined;
  dispose(): Promise<void>;
}

/** Set by `npm run test:pg`: the same suites run on a real server then. */
const serverUrl = process.env['QIANMA_TEST_DATABASE_URL'];

/** Starting PGlite costs more than everything else a suite does: one engine per process. */
let engine: Promise<PgliteEngine> | undefined;

/**
 * A schema of its own, on the server that `QIANMA_TEST_DATABASE_URL` names, or on PGlite in this process.
 * Call it once per suite, `dispose` when the suite is over.
 */
export async function testDatabase(options: { migrated?: boolean } = {}): Promise<TestDatabase> {
  const schema = `test_${randomBytes(8).toString('hex')}`;
  const opened: Database[] = [];
  const url = serverUrl === undefined ? undefined : withSearchPath(serverUrl, schema);

  async function connect(): Promise<Database> {
    const db = url === undefined ? (await startEngine()).database(schema) : openPgDatabase(url);
    opened.push(db);
    return db;
  }

  async function dispose(): Promise<void> {
    await db.query(`drop schema ${schema} cascade`);
    await Promise.all(opened.map((connection) => connection.close()));
  }

  const db = await connect();
  await db.query(`create schema ${schema}`);
  if (options.migrated ?? true) await migrate(db);
  return { db, connect, engine: url === undefined ? 'pglite' : 'postgres', url, dispose };
}

function startEngine(): Promise<PgliteEngine> {
  engine ??= startPglite();
  return engine;
}

function withSearchPath(url: string, schema: string): string {
  const own = new URL(url);
  own.searchParams.set('options', `-c search_path=${schema}`);
  return own.href;
}
