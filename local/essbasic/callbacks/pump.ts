import type { VirtualClock } from '../state/virtual-clock.ts';

export interface Pump {
  /** Something may be due, or due at another time than before: does it, and waits for the next. */
  poke(): void;
  stop(): void;
}

export interface PumpParts {
  clock: Pick<VirtualClock, 'nowMs' | 'state'>;
  /** When the next thing is due, on the virtual clock. */
  nextDueMs: () => number | undefined;
  /** Does what is due. What it leaves undone is done when it pokes again. */
  run: () => void;
  /** Runs a task after so many real milliseconds. The answer cancels it. */
  after: (delayMs: number, task: () => void) => () => void;
}

/** Keeps the emulated service going by itself, in real time or as much faster or slower as its clock runs. */
export function createPump({ clock, nextDueMs, run, after }: PumpParts): Pump {
  let cancel = () => {};
  function poke(): void {
    cancel();
    cancel = () => {};
    run();
    const [dueMs, nowMs, { speed }] = [nextDueMs(), clock.nowMs(), clock.state()];
    // Nothing comes while the clock stands still; what is due and was not done is waiting for room.
    if (dueMs === undefined || dueMs <= nowMs || speed === 0) return;
    cancel = after(Math.ceil((dueMs - nowMs) / speed), poke);
  }
  return {
    poke,
    stop() {
      cancel();
      cancel = () => {};
    },
  };
}
