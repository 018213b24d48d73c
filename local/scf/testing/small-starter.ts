import { type ChildProcess, fork } from 'node:child_process';
import { resolve } from 'node:path';
import type { FunctionInstance, InstanceOptions } from '../function-instance.ts';
import type { StarterRequest, StarterTold } from './starter-protocol.ts';

type Told<Kind extends StarterTold['kind']> = StarterTold & { kind: Kind };

let starter: ChildProcess | undefined;
let lastId = 0;
const listeners = new Map<number, Set<(told: StarterTold) => void>>();

/**
 * As `startInstance`, by a small process of its own. A process is started by a copy of the one that starts it: where
 * that holds the embedded database and all tests of a worker, its tables of pages take longer than what is started.
 */
export function startBySmallProcess(options: InstanceOptions): FunctionInstance {
  const { shiftMs, onLine, onExit, ...known } = options;
  lastId += 1;
  const id = lastId;
  const own = new Set<(told: StarterTold) => void>();
  listeners.set(id, own);
  let pid: number | undefined;
  let hasExited = false;

  /** What is told next of a kind, of one event where it names one. */
  function next<Kind extends StarterTold['kind']>(kind: Kind, requestId?: string): Promise<Told<Kind>> {
    return new Promise((done) => {
      const listen = (told: StarterTold) => {
        if (told.kind !== kind || ('requestId' in told && told.requestId !== requestId)) return;
        own.delete(listen);
        // Its kind is the one that is waited for.
        done(told as Told<Kind>);
      };
      own.add(listen);
    });
  }

  own.add((told) => {
    if (told.kind === 'pid') pid = told.pid;
    else if (told.kind === 'line') onLine(told.line);
    else if (told.kind === 'exit' && !hasExited) {
      hasExited = true;
      onExit();
    }
  });
  const loaded = next('loaded');
  const process = running();
  const ask = (request: StarterRequest) => void process.send(request, () => {});
  ask({ id, kind: 'start', options: known, shiftMs: shiftMs() });

  return {
    get pid() {
      return pid;
    },
    loaded: loaded.then((told) => told.loaded),
    async handle(requestId, eventJson) {
      const handled = next('handled', requestId);
      ask({ id, kind: 'handle', requestId, eventJson, shiftMs: shiftMs() });
      return (await handled).outcome;
    },
    tellTime: () => ask({ id, kind: 'tell-time', shiftMs: shiftMs() }),
    async measure() {
      const measured = next('measured');
      ask({ id, kind: 'measure' });
      return (await measured).memory;
    },
    async kill() {
      const killed = next('killed');
      ask({ id, kind: 'kill' });
      await killed;
      listeners.delete(id);
    },
  };
}

/** One for this process, from the first instance on. It ends when its parent does, and keeps nobody waiting. */
function running(): ChildProcess {
  if (starter !== undefined) return starter;
  starter = fork(resolve('dist/local/starter.mjs'), { execArgv: [], env: {}, stdio: 'inherit' });
  starter.unref();
  starter.channel?.unref();
  // Only the starter writes to this channel.
  starter.on('message', (message) => {
    const told = message as StarterTold;
    for (const listen of [...(listeners.get(told.id) ?? [])]) listen(told);
  });
  return starter;
}
