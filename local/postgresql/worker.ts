/**
 * The thread of the embedded database. PGlite computes in the thread that it is opened in, and blocks it while it
 * does.
 */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { PGlite } from '@electric-sql/pglite';
import { installShiftedDate } from '../clock/shifted-date.ts';
import { openPglite } from './open-pglite.ts';
import { seed } from './seed.ts';
import { createWireServer } from './wire-server.ts';

/** What the thread is given. */
export interface DatabaseWorkerData {
  /** The folder of the database itself. */
  folder: string;
  port: number;
  /** How far its clock is ahead of the machine's. Milliseconds. */
  shiftMs: number;
}

/** What its parent posts to it. */
export type DatabaseWorkerOrder = { kind: 'shift'; shiftMs: number } | { kind: 'close' };

/** What it posts to its parent. */
export type DatabaseWorkerMessage =
  | { kind: 'shifted' }
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
const { folder, port, shiftMs } = workerData as DatabaseWorkerData;
// PostgreSQL asks JavaScript for the time: `now()`, `clock_timestamp()` and all others follow.
const setShift = installShiftedDate();
setShift(shiftMs);
/** The newest, where an earlier one has ended. */
let opening: Promise<PGlite> | undefined;
const server = createWireServer(() => {
  opening = open();
  return opening;
});
server.once('error', fail);
server.listen(port, '127.0.0.1', () => {
  // A TCP server that listens has an address of this form.
  tell({ kind: 'listening', port: (server.address() as AddressInfo).port });
});
opening?.then(() => tell({ kind: 'ready' }), fail);

parent.on('message', async (order: DatabaseWorkerOrder) => {
  if (order.kind === 'shift') {
    setShift(order.shiftMs);
    tell({ kind: 'shifted' });
    return;
  }
  server.close();
  const database = await opening;
  await database?.close();
  tell({ kind: 'closed' });
  parent.close();
});

/** Opens the database, making it where there is none, or where the making of it was interrupted. */
async function open(): Promise<PGlite> {
  const incomplete = `${folder}.incomplete`;
  // It has no data yet, and cannot be opened either.
  if (existsSync(incomplete)) rmSync(folder, { recursive: true, force: true });
  if (existsSync(join(folder, 'PG_VERSION'))) return openPglite({ dataDir: folder });
  writeFileSync(incomplete, '');
  const database = await openPglite({ dataDir: folder, loadDataDir: await seed() });
  rmSync(incomplete, { force: true });
  return database;
}
