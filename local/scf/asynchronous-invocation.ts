import type { Clock } from '../clock/clock.ts';
import { type Invocation, isRetriedByPlatform } from './invocation.ts';

/** The platform's defaults for an event whose function failed (product document 583/41138). */
const usualRetries = 2;
const pauseMs = 60_000;

/** `Target` is what names a function. */
export interface AsynchronousInvoker<Target = string> {
  /**
   * Hands an event over. The answer, which the platform throws away, is that of the last attempt; after
   * `close` that of the attempt before the pause.
   */
  deliver(target: Target, event: unknown, retries?: number): Promise<Invocation>;
  /** Forgets the events that wait for another attempt. */
  close(): void;
}

/** Runs events as the platform runs asynchronous ones: again, twice at most unless said otherwise, a minute apart. */
export function createAsynchronousInvoker<Target = string>(
  invoke: (target: Target, event: unknown, kind: 'asynchronous') => Promise<Invocation>,
  clock: Clock,
): AsynchronousInvoker<Target> {
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
    async deliver(target, event, retries = usualRetries) {
      let invocation = await invoke(target, event, 'asynchronous');
      for (let retry = 0; retry < retries; retry += 1) {
        if (invocation.error === undefined || !isRetriedByPlatform(invocation.error)) break;
        if (!closed) await pause();
        if (closed) break;
        invocation = await invoke(target, event, 'asynchronous');
      }
      return invocation;
    },
    close() {
      closed = true;
      for (const end of [...pauses]) end();
    },
  };
}
