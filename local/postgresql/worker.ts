/**
 * The thread of the embedded database. PGlite computes in the thread that it is opened in: a new data directory
 * takes it about three seconds, in which nothing else would run.
 */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { createWireServer } from './wire-server.ts';

/** What the thread is given. */
export interface DatabaseWorkerData {
  /** The folder of the database itself. */
  folder: string;
  port: number;
}

/** What it says. It is told to end by any message. */
export type DatabaseWorkerMessage =
  | { kind: 'listening'; port: number }
  | { kind: 'ready' }
  | { kind: 'failed'; message: string }
  | { kind: 'closed' };

const parent = parentPort;
if (parent === null) throw new Error('The database thread is started by openDatabase, not by hand.');
const tell = (message: DatabaseWorkerMessage) => parent.postMessage(message);
const fail = (error: unknown) =>
  tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });

// openDatabase writes it.
const { folder, port } = workerData as DatabaseWorkerData;
const opening = open();
const server = createWireServer(opening);
server.once('error', fail);
server.listen(port, '127.0.0.1', () => {
  // A TCP server that listens has an address of this form.
  tell({ kind: 'listening', port: (server.address() as AddressInfo).port });
});
opening.then(() => tell({ kind: 'ready' }), fail);

parent.once('message', async () => {
  server.close();
  const database = await opening;
  await database.close();
  tell({ kind: 'closed' });
  parent.close();
});

/** Opens the database, making it where there is none, or where the making of it was interrupted. */
async function open(): Promise<PGlite> {
  const incomplete = `${folder}.incomplete`;
  // It has no data yet, and cannot be opened either.
  if (existsSync(incomplete)) rmSync(folder, { recursive: true, force: true });
  if (!existsSync(join(folder, 'PG_VERSION'))) writeFileSync(incomplete, '');
  const database = await PGlite.create(folder);
  rmSync(incomplete, { force: true });
  return database;
}
