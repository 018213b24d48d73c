import { type PGlite, types } from '@electric-sql/pglite';
import { openPglite } from '../../../local/postgresql/open-pglite.ts';
import { seed } from '../../../local/postgresql/seed.ts';
import type { Connection } from '../postgres/connection-source.ts';
import type { Database, QueryResult } from '../postgres/database.ts';
import { refusedStatement } from '../postgres/database-errors.ts';
import { createQueue } from '../postgres/queue.ts';
import { createQueuedDatabase } from '../postgres/queued-database.ts';

/** One engine in this process; every database on it has a schema of its own. */
export interface PgliteEngine {
  /** A connection whose unqualified names mean `schema`. Connections of one engine take turns. */
  database(schema: string): Database;
}

/** PGlite in memory. */
async function createPglite(): Promise<PGlite> {
  return openPglite({
    loadDataDir: await seed(),
    // As over the wire: a bigint is text, whatever its size.
    parsers: { [types.INT8]: (text: string) => text },
  });
}

declare global {
  /** Starting it costs more than most suites do. Outlives this module where tests of mutants evaluate it anew for each. */
  var keptPglite: Promise<PGlite> | undefined;
}

/** The schema that unqualified names of the engine's one session mean; undefined: its default. */
let current: string | undefined;

/** The engine of this process, for one suite at a time that has its session for itself. */
export async function wholePglite(): Promise<PGlite> {
  globalThis.keptPglite ??= createPglite();
  const engine = await globalThis.keptPglite;
  // Whoever had it before may have ended inside a transaction.
  for (const sql of ['rollback', 'discard all']) await engine.exec(sql);
  current = undefined;
  return engine;
}

export async function startPglite(): Promise<PgliteEngine> {
  const engine = await wholePglite();
  const queue = createQueue();

  function database(schema: string): Database {
    const connection: Connection = {
      async execute(text, params, { before = [] } = {}) {
        for (const one of before) await execute(engine, one.text, one.params);
        return execute(engine, text, params);
      },
      async executeAll(statements) {
        const results: QueryResult[] = [];
        for (const one of statements) results.push(await execute(engine, one.text, one.params));
        return results;
      },
    };
    return createQueuedDatabase(
      {
        async ready() {
          if (current !== schema) await engine.exec(`set search_path to ${schema}`);
          current = schema;
          return connection;
        },
        // A failed rollback of an in-process engine has nothing to drop; the next statement reports what is wrong.
        discard: () => undefined,
        pause: async () => false,
        close: () => Promise.resolve(),
      },
      queue,
    );
  }

  return { database };
}

async function execute(
  engine: PGlite,
  text: string,
  params: readonly unknown[] | undefined,
): Promise<QueryResult> {
  try {
    const result =
      params === undefined ? (await engine.exec(text)).at(-1) : await engine.query(text, [...params]);
    // Rows arrive as `unknown` members keyed by column, which is what the type of the result says.
    const rows = (result?.rows ?? []) as Record<string, unknown>[];
    return { rows, rowCount: rows.length > 0 ? rows.length : (result?.affectedRows ?? 0) };
  } catch (error) {
    throw refusedStatement(error)?.failure ?? error;
  }
}
