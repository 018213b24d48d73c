import { randomBytes } from 'node:crypto';
import { migrate } from '../migrations/migrate.ts';
import type { Database } from '../postgres/database.ts';
import { openPgDatabase } from '../postgres/pg-database.ts';
import { keepSchema, migratedSchema, takeSchema } from './kept-schemas.ts';
import { type PgliteEngine, startPglite } from './pglite-database.ts';

/** A migrated database of its own. */
export interface TestDatabase {
  db: Database;
  /** A further connection to the same schema. On PGlite connections of one process take turns. */
  connect(): Promise<Database>;
  engine: 'pglite' | 'postgres';
  /** For a test that needs a connection with settings of its own; undefined on PGlite. */
  url: string | undefined;
  dispose(): Promise<void>;
}

/** Tens of thousands of rows that a suite fills its tables with take longer on a busy machine than a function would wait. */
const patient = { statementTimeoutMs: 120_000 };

/** Set by `npm run test:pg`: the same suites run on a real server then. */
const serverUrl = process.env['QIANMA_TEST_DATABASE_URL'];

/** Starting PGlite costs more than everything else a suite does: one engine per process. */
let engine: Promise<PgliteEngine> | undefined;

/**
 * A schema of its own, on the server that `QIANMA_TEST_DATABASE_URL` names, or on PGlite in this process.
 * Call it once per suite, `dispose` when the suite is over.
 *
 * @param options `isFresh`: no suite has had it before, so that rows that nothing puts in order come in the same one
 */
export async function testDatabase({ migrated = true, isFresh = false } = {}): Promise<TestDatabase> {
  let kept = migrated && !isFresh && serverUrl === undefined ? takeSchema() : undefined;
  const isNew = kept === undefined;
  const schema = kept?.name ?? `test_${randomBytes(8).toString('hex')}`;
  const opened: Database[] = [];
  const url = serverUrl === undefined ? undefined : withSearchPath(serverUrl, schema);

  async function connect(): Promise<Database> {
    const db = url === undefined ? (await startEngine()).database(schema) : openPgDatabase(url, patient);
    opened.push(db);
    return db;
  }

  async function dispose(): Promise<void> {
    if (kept === undefined || !(await keepSchema(kept, db))) await db.query(`drop schema ${schema} cascade`);
    await Promise.all(opened.map((connection) => connection.close()));
  }

  const db = await connect();
  if (isNew) {
    await db.query(`create schema ${schema}`);
    if (migrated) await migrate(db);
    if (migrated && url === undefined) kept = await migratedSchema(schema, db);
  }
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
