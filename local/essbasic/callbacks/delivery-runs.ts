import { setMaxListeners } from 'node:events';
import { type DeliverParts, deliver } from './deliver.ts';

export interface DeliveryRuns {
  /** Starts to post what is due, as far as there is room. What falls due in that time follows. */
  start(): void;
  /** The same, and resolves once nothing is due and nothing is under way. @returns how many posts there were. */
  deliverDue(): Promise<number>;
  /** Breaks off every post; what was being posted is due again. */
  stop(): void;
}

type Parts = DeliverParts & {
  /** As many posts at once. */
  concurrency: number;
  /** Is called before the outbox is looked into: what should have happened by now, happens. */
  before: () => void;
  onDefect: (error: unknown) => void;
};

export function createDeliveryRuns(parts: Parts): DeliveryRuns {
  const { outbox, clock, concurrency, before, onDefect } = parts;
  let abort = createAbort();
  let active = 0;
  let posts = 0;
  let waiting: (() => void)[] = [];

  function start(): void {
    before();
    while (active < concurrency) {
      const due = outbox.take(clock.nowMs());
      if (due === undefined) break;
      active += 1;
      posts += 1;
      const { signal } = abort;
      void deliver(due, parts, signal)
        .catch(onDefect)
        .then(() => {
          active -= 1;
          if (signal.aborted) finishIfIdle();
          else start();
        });
    }
    finishIfIdle();
  }

  function finishIfIdle(): void {
    if (active > 0) return;
    const finished = waiting;
    waiting = [];
    for (const finish of finished) finish();
  }

  return {
    start,
    deliverDue() {
      const before = posts;
      return new Promise((resolve) => {
        waiting.push(() => resolve(posts - before));
        start();
      });
    },
    stop() {
      abort.abort();
      abort = createAbort();
    },
  };
}

/** Every post listens until its answer has ended, which may be after the next one has begun: no count means a leak. */
function createAbort(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
