/** A process that starts instances for another one, which is too large to start them itself: `small-starter.ts`. */
import { setImmediate } from 'node:timers/promises';
import { type FunctionInstance, startInstance } from '../function-instance.ts';
import type { StarterRequest, StarterTold } from './starter-protocol.ts';

interface Started {
  instance: FunctionInstance;
  shift: { ms: number };
}

const started = new Map<number, Started>();
const tell = (told: StarterTold) => void process.send?.(told, () => {});

process.on('message', (request: StarterRequest) => void act(request));
// Instances end with the process that has started them.
process.on('disconnect', () => process.exit(0));

async function act(request: StarterRequest): Promise<void> {
  const { id } = request;
  if (request.kind === 'start') {
    start(request);
    return;
  }
  const known = started.get(id);
  if (known === undefined) return;
  const { instance, shift } = known;
  if ('shiftMs' in request) shift.ms = request.shiftMs;
  switch (request.kind) {
    case 'handle': {
      const outcome = await instance.handle(request.requestId, request.eventJson);
      // What the function wrote came by another pipe than its answer: one turn, and it is read.
      await setImmediate();
      tell({ id, kind: 'handled', requestId: request.requestId, outcome });
      break;
    }
    case 'tell-time':
      instance.tellTime();
      break;
    case 'measure':
      tell({ id, kind: 'measured', memory: await instance.measure() });
      break;
    case 'kill':
      await instance.kill();
      started.delete(id);
      tell({ id, kind: 'killed' });
  }
}

function start({ id, options, shiftMs }: StarterRequest & { kind: 'start' }): void {
  const shift = { ms: shiftMs };
  const instance = startInstance({
    ...options,
    shiftMs: () => shift.ms,
    onLine: (line) => tell({ id, kind: 'line', line }),
    onExit: () => tell({ id, kind: 'exit' }),
  });
  started.set(id, { instance, shift });
  tell({ id, kind: 'pid', pid: instance.pid });
  void instance.loaded.then((loaded) => tell({ id, kind: 'loaded', loaded }));
}
