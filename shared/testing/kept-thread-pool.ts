/**
 * Workers of vitest for the tests of mutants. Vitest is run once for each mutant, and would start a thread with a database
 * each time; here a run takes over the thread of the run before. All modules of the project are evaluated anew, so that
 * nothing of one mutant is left in the next.
 */
import { type PoolOptions, type PoolWorker, ThreadsPoolWorker, type WorkerRequest } from 'vitest/node';

type Listener = Parameters<PoolWorker['on']>;

/** What vitest takes as `pool`. */
export function keptThreadPool() {
  const idle: ThreadsPoolWorker[] = [];
  const createPoolWorker = (options: PoolOptions): PoolWorker => {
    const provided: object = options.project.getProvidedContext();
    // A mutant that is active while modules are loaded gets a thread that ends with it.
    const isStatic = 'mutantActivation' in provided && provided.mutantActivation === 'static';
    return isStatic ? new ThreadsPoolWorker(options) : new KeptThread(options, idle);
  };
  return { name: 'kept-thread', createPoolWorker };
}

class KeptThread implements PoolWorker {
  readonly name = 'kept-thread';
  readonly #project: PoolOptions['project'];
  readonly #idle: ThreadsPoolWorker[];
  readonly #thread: ThreadsPoolWorker;
  readonly #isNew: boolean;
  readonly #listeners: Listener[] = [];
  #isStopped = false;

  constructor(options: PoolOptions, idle: ThreadsPoolWorker[]) {
    const kept = idle.pop();
    this.#project = options.project;
    this.#idle = idle;
    this.#thread = kept ?? new ThreadsPoolWorker(options);
    this.#isNew = kept === undefined;
  }

  async start(): Promise<void> {
    if (this.#isNew) await this.#thread.start();
  }

  on(...listener: Listener): void {
    this.#listeners.push(listener);
    this.#thread.on(...listener);
  }

  off(...listener: Listener): void {
    this.#thread.off(...listener);
  }

  /** To a thread that goes on, starting and stopping is nothing: it is answered here. */
  send(message: WorkerRequest): void {
    const type = 'type' in message ? message.type : undefined;
    this.#isStopped ||= type === 'stop';
    if (type === 'stop') this.#answer('stopped');
    else if (type === 'start' && !this.#isNew) this.#answer('started');
    else this.#thread.send(type === 'run' ? this.#afresh(message) : message);
  }

  /** Kept for the next run, unless it did not come to its end. */
  async stop(): Promise<void> {
    for (const listener of this.#listeners) this.#thread.off(...listener);
    if (this.#isStopped) this.#idle.push(this.#thread);
    else await this.#thread.stop();
  }

  deserialize(data: unknown): unknown {
    return data;
  }

  #answer(type: 'started' | 'stopped'): void {
    for (const [event, listener] of this.#listeners)
      if (event === 'message') listener({ type, __vitest_worker_response__: true });
  }

  /** The configuration of this run, not of the one that started the thread, and no module of an earlier one. */
  #afresh(message: WorkerRequest): WorkerRequest {
    const { serializedConfig, vite } = this.#project;
    const invalidates = [...vite.environments.ssr.moduleGraph.fileToModulesMap.keys()];
    const context = { ...('context' in message && message.context), config: serializedConfig, invalidates };
    return Object.assign({}, message, { context });
  }
}
