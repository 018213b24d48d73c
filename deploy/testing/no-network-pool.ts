/** Workers of vitest that have no network but a loopback of their own: what they test can reach this machine alone. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { ForksPoolWorker, type PoolOptions, type PoolWorker } from 'vitest/node';

/** As root, or in a user namespace of one's own. */
const ways = [['-n'], ['-rn']];
const bringLoopbackUp = 'ip link set lo up && exec "$0" "$@"';

/** What vitest takes as `pool`; undefined where nobody has the right to `unshare`. */
export function noNetworkPool() {
  const flags = ways.find((way) => spawnSync('unshare', [...way, 'true']).status === 0);
  if (flags === undefined) return undefined;
  const createPoolWorker = (options: PoolOptions): PoolWorker => new NoNetworkWorker(options, flags);
  return { name: 'no-network', createPoolWorker };
}

class NoNetworkWorker extends ForksPoolWorker {
  override readonly name = 'no-network';
  readonly #flags: readonly string[];
  readonly #output: NodeJS.WritableStream;
  #child: ChildProcess | undefined;

  constructor(options: PoolOptions, flags: readonly string[]) {
    super(options);
    this.#flags = flags;
    this.#output = options.project.vitest.logger.outputStream;
  }

  override async start(): Promise<void> {
    // Each of them becomes the next: the last one has the channel that was opened for the first.
    const node = [process.execPath, ...this.execArgv, this.entrypoint];
    const child = spawn('unshare', [...this.#flags, 'sh', '-c', bringLoopbackUp, ...node], {
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    child.stdout?.pipe(this.#output, { end: false });
    child.stderr?.pipe(this.#output, { end: false });
    this.#child = child;
  }

  override on(event: string, callback: (value: unknown) => void): void {
    this.#child?.on(event, callback);
  }

  override off(event: string, callback: (value: unknown) => void): void {
    this.#child?.off(event, callback);
  }

  override send(message: Parameters<ForksPoolWorker['send']>[0]): void {
    this.#child?.send(message);
  }

  override async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill();
    await exited;
  }
}
