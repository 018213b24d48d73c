import { type ChildProcess, fork } from 'node:child_process';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type {
  HostMessage,
  InstanceMemory,
  InstanceMessage,
  InstanceStart,
  ThrownError,
} from './instance-protocol.ts';

/** How one event ended inside an instance. */
export type Outcome =
  | { kind: 'result'; resultJson: string; durationMs: number; memoryMb: number }
  | { kind: 'thrown'; error: ThrownError; durationMs: number; memoryMb: number }
  | { kind: 'exited'; how: string };

/** How loading the code ended. */
export type Loaded =
  | { kind: 'ready' }
  | { kind: 'handler-not-found'; message: string }
  | { kind: 'load-failed'; error: ThrownError }
  | { kind: 'exited'; how: string };

export interface InstanceOptions extends Omit<InstanceStart, 'shiftMs'> {
  /** How far the clock of the function is ahead of the machine's, now. Milliseconds. */
  shiftMs(): number;
  /** The built `instance.ts`. */
  instanceModule: string;
  /** The whole environment of the process. */
  processEnvironment: Readonly<Record<string, string>>;
  /** Gets what the function writes to stdout and stderr, line by line. */
  onLine(line: string): void;
  /** The process is gone, for whatever reason. */
  onExit(): void;
}

/** The host's end of one instance: a process that takes one event at a time. */
export interface FunctionInstance {
  /** Undefined where the process could not be started at all. */
  readonly pid: number | undefined;
  readonly loaded: Promise<Loaded>;
  /** Must not be called again before the answer, as on the platform. */
  handle(requestId: string, eventJson: string): Promise<Outcome>;
  /** Tells it the time, which has been moved while it has an event in hand. */
  tellTime(): void;
  /** Resolves when it listens; undefined: it has ended. */
  measure(): Promise<InstanceMemory | undefined>;
  /** Ends the process at once. */
  kill(): Promise<void>;
}

export function startInstance(options: InstanceOptions): FunctionInstance {
  const { instanceModule, processEnvironment, shiftMs, onLine, onExit, ...known } = options;
  const start: InstanceStart = { ...known, shiftMs: shiftMs() };
  const child = fork(instanceModule, [JSON.stringify(start)], {
    cwd: dirname(start.entry),
    env: processEnvironment,
    // Flags of the developer's node, such as --inspect, are not the function's.
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  forwardLines(child.stdout, onLine);
  forwardLines(child.stderr, onLine);
  const exited = new Promise<{ kind: 'exited'; how: string }>((resolve) => {
    child.once('exit', (code, signal) => {
      resolve({ kind: 'exited', how: signal === null ? `exit code ${code}` : signal });
      onExit();
    });
    // Without this listener a failed fork is an uncaught error. It has no `exit`.
    child.once('error', (error) => {
      resolve({ kind: 'exited', how: error.message });
      onExit();
    });
  });

  // A send to a dead process reports its failure here, and `exited` reports it properly.
  const send = (message: HostMessage) => void child.send(message, () => {});

  return {
    pid: child.pid,
    loaded: Promise.race([firstMessage(child), exited]),
    async handle(requestId, eventJson) {
      const answered = answerTo(child, requestId);
      send({ kind: 'event', requestId, eventJson, shiftMs: shiftMs() });
      return Promise.race([answered, exited]);
    },
    tellTime: () => send({ kind: 'clock', shiftMs: shiftMs() }),
    async measure() {
      const measured = memoryOf(child);
      send({ kind: 'measure' });
      return Promise.race([measured, exited.then(() => undefined)]);
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function firstMessage(child: ChildProcess): Promise<Loaded> {
  return new Promise((resolve) => {
    child.once('message', (message) => {
      // Only instance.ts writes to this channel.
      const said = message as InstanceMessage;
      if (said.kind === 'ready' || said.kind === 'handler-not-found' || said.kind === 'load-failed')
        resolve(said);
    });
  });
}

function answerTo(child: ChildProcess, requestId: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const listen = (message: unknown) => {
      // Only instance.ts writes to this channel.
      const said = message as InstanceMessage;
      if ((said.kind !== 'result' && said.kind !== 'thrown') || said.requestId !== requestId) return;
      child.off('message', listen);
      resolve(said);
    };
    child.on('message', listen);
  });
}

function memoryOf(child: ChildProcess): Promise<InstanceMemory> {
  return new Promise((resolve) => {
    const listen = (message: unknown) => {
      // Only instance.ts writes to this channel.
      const said = message as InstanceMessage;
      if (said.kind !== 'memory') return;
      child.off('message', listen);
      const { kind: _, ...memory } = said;
      resolve(memory);
    };
    child.on('message', listen);
  });
}

function forwardLines(stream: Readable | null, onLine: (line: string) => void): void {
  if (stream === null) return;
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', onLine);
}
