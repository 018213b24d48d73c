/** What the wall clock is made of; parameters, so that a test need not wait. */
export interface TimeSources {
  /** The clock of the system, which may be set. Epoch milliseconds. */
  systemMs: () => number;
  /** Fine and steady, with any beginning; may stand still while the machine sleeps. Milliseconds. */
  steadyMs: () => number;
}

const ofTheMachine: TimeSources = {
  systemMs: () => Date.now(),
  // `performance` says the same, and would be loaded for it.
  steadyMs: () => {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1000 + nanoseconds / 1e6;
  },
};

/** How far the two may drift apart. Milliseconds. */
const toleranceMs = 50;

/**
 * Real time, finer than a millisecond: a virtual clock that runs a hundred times as fast must not move in steps of
 * a tenth of a second. Follows the clock of the system when that is set, or when the machine slept. Epoch milliseconds.
 */
export function createWallClock({ systemMs, steadyMs }: TimeSources = ofTheMachine): () => number {
  let originMs = systemMs() - steadyMs();
  return () => {
    const fineMs = originMs + steadyMs();
    const driftMs = systemMs() - fineMs;
    if (Math.abs(driftMs) <= toleranceMs) return fineMs;
    originMs += driftMs;
    return fineMs + driftMs;
  };
}
