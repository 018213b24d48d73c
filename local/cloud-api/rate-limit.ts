/** Counts the requests of one account and action. */
export interface RateLimit {
  /** May one more be answered now? If so, it is counted. Milliseconds of the virtual clock. */
  take(secretId: string, action: string, requestsPerSecond: number, nowMs: number): boolean;
  reset(): void;
}

/**
 * In no window of a second are more requests accepted than the limit. How upstream counts is not documented; this is
 * the strictest way, so that a client that is content here is content there. Refused requests do not count.
 */
export function createRateLimit(): RateLimit {
  const windows = new Map<string, Window>();
  return {
    take(secretId, action, requestsPerSecond, nowMs) {
      if (requestsPerSecond === Number.POSITIVE_INFINITY) return true;
      const key = `${secretId} ${action}`;
      const window = windows.get(key) ?? createWindow(requestsPerSecond);
      windows.set(key, window);
      return window(nowMs);
    },
    reset: () => windows.clear(),
  };
}

type Window = (nowMs: number) => boolean;

/** Remembers when the last `limit` requests were accepted, in a ring whose oldest entry stands at `next`. */
function createWindow(limit: number): Window {
  const acceptedMs = new Float64Array(limit).fill(Number.NEGATIVE_INFINITY);
  let next = 0;
  let newestMs = Number.NEGATIVE_INFINITY;
  return (nowMs) => {
    // A clock that was set back makes the past unreadable.
    if (nowMs < newestMs) acceptedMs.fill(Number.NEGATIVE_INFINITY);
    newestMs = nowMs;
    if (nowMs - (acceptedMs[next] ?? 0) < 1000) return false;
    acceptedMs[next] = nowMs;
    next = (next + 1) % limit;
    return true;
  };
}
