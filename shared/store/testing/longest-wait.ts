/** How long whoever is at work had to wait meanwhile. */
export interface Waits {
  /** How often the work was done. */
  calls: number;
  longestMs: number;
  /** How long the change took. */
  tookS: number;
}

/** Does the same work again and again while something is changed beside it. */
export async function longestWait(
  work: (call: number) => Promise<unknown>,
  change: () => Promise<unknown>,
): Promise<Waits> {
  let isOver = false;
  let calls = 0;
  let longestMs = 0;
  const startedMs = performance.now();
  const changing = change().finally(() => {
    isOver = true;
  });
  const atWork = async () => {
    for (; !isOver; calls += 1) {
      const calledMs = performance.now();
      await work(calls);
      longestMs = Math.max(longestMs, performance.now() - calledMs);
    }
  };
  const [tookS] = await Promise.all([changing.then(() => (performance.now() - startedMs) / 1000), atWork()]);
  return { calls, longestMs, tookS };
}
