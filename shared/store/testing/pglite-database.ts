import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PGlite, types } from '@electric-sql/pglite';
import type { Database, QueryResult } from '../database.ts';
import { refusedStatement } from '../database-errors.ts';
import { createQueue } from '../queue.ts';
import { type Connection, createQueuedDatabase } from '../queued-database.ts';

/** One engine in this process; every database on it has a schema of its own. */
export interface PgliteEngine {
  /** A connection whose unqualified names mean `schema`. Connections of one engine take turns. */
  database(schema: string): Database;
}

/**
 * PGlite in memory. A fresh data directory takes seconds and hundreds of megabytes (initdb runs in WASM), so it is
 * kept as a tar beside the installed packages, where a new version of PGlite starts a new tar.
 */
export async function createPglite(): Promise<PGlite> {
  return PGlite.create({
    loadDataDir: new Blob([await seed()]),
    // As `pg` does: a bigint is text, whatever its size.
    parsers: { [types.INT8]: (text: string) => text },
  });
}

export async function startPglite(): Promise<PgliteEngine> {
  const engine = await createPglite();
  const queue = createQueue();
  let current: string | undefined;

  function database(schema: string): Database {
    const connection: Connection = {
      execute: (text, params, before) => execute(engine, text, params, before),
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
  before: readonly string[] = [],
): Promise<QueryResult> {
  try {
    if (before.length > 0) await engine.exec(before.join(';'));
    const result =
      params === undefined ? (await engine.exec(text)).at(-1) : await engine.query(text, [...params]);
    // Rows arrive as `unknown` members keyed by column, which is what the type of the result says.
    const rows = (result?.rows ?? []) as Record<string, unknown>[];
    return { rows, rowCount: rows.length > 0 ? rows.length : (result?.affectedRows ?? 0) };
  } catch (error) {
    throw refusedStatement(error)?.failure ?? error;
  }
}

const installed = new URL('../../../node_modules/', import.meta.url);

async function seed(): Promise<Buffer<ArrayBuffer>> {
  const manifest = await readFile(new URL('@electric-sql/pglite/package.json', installed));
  const version = createHash('sha256').update(manifest).digest('hex').slice(0, 16);
  const folder = new URL('.cache/pglite-seed/', installed);
  const file = new URL(`${version}.tar`, folder);
  try {
    return Buffer.from(await readFile(file));
  } catch {
    const fresh = await PGlite.create();
    const tar = Buffer.from(await (await fresh.dumpDataDir('none')).arrayBuffer());
    await fresh.close();
    await mkdir(folder, { recursive: true });
    // Several workers may come here at once: each writes its own file, and the last rename wins.
    const own = `${fileURLToPath(file)}.${process.pid}`;
    await writeFile(own, tar);
    await rename(own, file);
    return tar;
  }
}
