/**
 * Real time, finer than a millisecond: a virtual clock that runs a hundred times as fast must not move in steps of
 * a tenth of a second. Follows the system clock when that is set, or when the machine slept. Epoch milliseconds.
 */
export function createWallClock(): () => number {
  let originMs = performance.timeOrigin;
  return () => {
    const fineMs = originMs + performance.now();
    const driftMs = Date.now() - fineMs;
    if (Math.abs(driftMs) < 50) return fineMs;
    originMs += driftMs;
    return fineMs + driftMs;
  };
}
