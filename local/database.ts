import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Failure } from '../shared/errors.ts';
import type { DatabaseWorkerData, DatabaseWorkerMessage } from './postgresql/worker.ts';

export interface DatabaseOptions {
  /** Of this process alone: the database lies in `database/` below it. */
  dataDirectory: string;
  /** On the loopback interface; 0 takes any. */
  port?: number;
  /** The built `postgresql/worker.ts`; by default it lies beside the module that this one is bundled into. */
  workerModule?: string | URL;
  /** Is told where the database fails after it was ready. */
  log?: (line: string) => void;
}

export interface Database {
  /** A connection string for `pg`. It can be used at once; statements wait until the database is ready. */
  readonly url: string;
  /** Fails with `Misconfigured` where the database cannot be opened. */
  readonly ready: Promise<void>;
  /** Writes everything down and ends. Where the database is not ready yet, what it has begun is given up. */
  close(): Promise<void>;
}

/** Opens the embedded PostgreSQL, making it first where there is none. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const folder = join(options.dataDirectory, 'database');
  const workerData: DatabaseWorkerData = { folder, port: options.port ?? 0 };
  const worker = new Worker(options.workerModule ?? new URL('./database.mjs', import.meta.url), {
    workerData,
    // Nothing of the database's chatter belongs on the terminal.
    stdout: true,
    stderr: true,
  });
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.on('error', (error) => options.log?.(`database | has failed: ${error.message}`));
  const heard = listenTo(worker, folder);
  let isReady = false;
  const ready = heard('ready').then(() => {
    isReady = true;
  });
  // Whoever awaits `ready` hears of the failure; nobody has to.
  ready.catch(() => {});

  const { port } = await heard('listening').catch(async (error: unknown) => {
    await worker.terminate();
    throw error;
  });
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres?sslmode=disable`,
    ready,
    async close() {
      if (isReady) {
        const closed = heard('closed').catch(() => {});
        worker.postMessage('close');
        await Promise.race([closed, exited]);
      }
      await worker.terminate();
    },
  };
}

type Heard<Kind> = Extract<DatabaseWorkerMessage, { kind: Kind }>;

/** Promises for what the thread says; all of them fail when it does. */
function listenTo(worker: Worker, folder: string) {
  const failure = (detail: string, cause?: unknown) =>
    new Failure('Misconfigured', { detail: `the database in ${folder} cannot be opened: ${detail}`, cause });

  return <Kind extends DatabaseWorkerMessage['kind']>(kind: Kind): Promise<Heard<Kind>> =>
    new Promise((resolve, reject) => {
      worker.on('message', (message: DatabaseWorkerMessage) => {
        if (message.kind === 'failed') reject(failure(message.message));
        // Compared with its own kind just now.
        else if (message.kind === kind) resolve(message as Heard<Kind>);
      });
      worker.once('error', (error) => reject(failure(error.message, error)));
      worker.once('exit', () => reject(failure('its thread has ended')));
    });
}
