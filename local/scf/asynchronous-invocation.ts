import type { Clock } from './clock.ts';
import type { FunctionHost } from './function-host.ts';
import { type Invocation, isRetriedByPlatform } from './invocation.ts';

/** The platform's defaults for an event whose function failed (product document 583/41138). */
const retries = 2;
const pauseMs = 60_000;

export interface AsynchronousInvoker {
  /**
   * Hands an event over. The answer, which the platform gives to nobody, is that of the last attempt; after
   * `close` that of the attempt before the pause.
   */
  deliver(functionName: string, event: unknown): Promise<Invocation>;
  /** Forgets the events that wait for another attempt. */
  close(): void;
}

/** Runs events as the platform runs asynchronous ones: again, twice at most, a minute apart. */
export function createAsynchronousInvoker(invoke: FunctionHost['invoke'], clock: Clock): AsynchronousInvoker {
  const pauses = new Set<() => void>();
  let closed = false;

  const pause = () =>
    new Promise<void>((resolve) => {
      const end = () => {
        cancel();
        pauses.delete(end);
        resolve();
      };
      const cancel = clock.after(pauseMs, end);
      pauses.add(end);
    });

  return {
    async deliver(functionName, event) {
      let invocation = await invoke(functionName, event, 'asynchronous');
      for (let retry = 0; retry < retries; retry += 1) {
        if (invocation.error === undefined || !isRetriedByPlatform(invocation.error)) break;
        if (!closed) await pause();
        if (closed) break;
        invocation = await invoke(functionName, event, 'asynchronous');
      }
      return invocation;
    },
    close() {
      closed = true;
      for (const end of [...pauses]) end();
    },
  };
}
