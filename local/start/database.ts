import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Failure } from '../../shared/errors.ts';
import { type Text, untranslated } from '../../shared/text.ts';
import type { DatabaseWorkerData, DatabaseWorkerMessage, DatabaseWorkerOrder } from '../postgresql/worker.ts';

export interface DatabaseOptions {
  /** Of this process alone: the database lies in `database/` below it. */
  dataDirectory: string;
  /** On the loopback interface; 0 takes any. */
  port?: number;
  /** How far its clock is ahead of the machine's; not at all unless given. Milliseconds. */
  shiftMs?: number;
  /** The built `postgresql/worker.ts`; by default it lies beside the module that this one is bundled into. */
  workerModule?: string | URL;
  /** Takes a line when the database fails after it was ready. */
  log?: (line: string) => void;
}

export interface Database {
  /** A connection string. It can be used at once; statements wait until the database is ready. */
  readonly url: string;
  /** Fails with `Misconfigured` where the database cannot be opened. */
  readonly ready: Promise<void>;
  /** Puts its clock so far ahead of the machine's. Milliseconds. */
  shift(ms: number): Promise<void>;
  /** Writes everything down and ends. Where the database is not ready yet, what it has begun is given up. */
  close(): Promise<void>;
}

/** Opens the embedded PostgreSQL, making it first where there is none. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const folder = join(options.dataDirectory, 'database');
  const workerData: DatabaseWorkerData = { folder, port: options.port ?? 0, shiftMs: options.shiftMs ?? 0 };
  const worker = new Worker(options.workerModule ?? new URL('./database.mjs', import.meta.url), {
    workerData,
    // Nothing of the database's chatter belongs on the terminal.
    stdout: true,
    stderr: true,
  });
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.on('error', (error) => options.log?.(`database | has failed: ${error.message}`));
  const heard = listenTo(worker, folder);
  const order = (message: DatabaseWorkerOrder) => worker.postMessage(message);
  let isReady = false;
  const ready = heard('ready').then(() => {
    isReady = true;
  });
  // A caller that awaits `ready` gets the failure; none has to await it.
  ready.catch(() => {});

  const { port } = await heard('listening').catch(async (error: unknown) => {
    await worker.terminate();
    throw error;
  });
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres?sslmode=disable`,
    ready,
    async shift(shiftMs) {
      const shifted = heard('shifted');
      order({ kind: 'shift', shiftMs });
      await shifted;
    },
    async close() {
      if (isReady) {
        const closed = heard('closed').catch(() => {});
        order({ kind: 'close' });
        await Promise.race([closed, exited]);
      }
      await worker.terminate();
    },
  };
}

type Heard<Kind> = Extract<DatabaseWorkerMessage, { kind: Kind }>;

/** Promises for what the thread says; all of them fail when it does. */
function listenTo(worker: Worker, folder: string) {
  const failure = (why: Text, cause?: unknown) =>
    new Failure('Misconfigured', {
      detail: {
        zh: `无法打开 ${folder} 中的数据库：${why.zh}`,
        en: `the database in ${folder} cannot be opened: ${why.en}`,
      },
      cause,
    });

  return <Kind extends DatabaseWorkerMessage['kind']>(kind: Kind): Promise<Heard<Kind>> =>
    new Promise<Heard<Kind>>((resolve, reject) => {
      const onMessage = (message: DatabaseWorkerMessage) => {
        if (message.kind === 'failed') end(() => reject(failure(untranslated(message.message))));
        // Compared with its own kind just now.
        else if (message.kind === kind) end(() => resolve(message as Heard<Kind>));
      };
      const onError = (error: Error) => end(() => reject(failure(untranslated(error.message), error)));
      const onExit = () => end(() => reject(failure({ zh: '其线程已结束', en: 'its thread has ended' })));
      const end = (settle: () => void) => {
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        settle();
      };
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    });
}
