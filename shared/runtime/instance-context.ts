/** What we use of SCF's context. It is never logged as a whole: it repeats the environment, secrets included. */
export interface InstanceContext {
  requestId: unknown;
  /** Until the platform ends the function. */
  remainingMs: number;
}

/** The platform's default for a function that sets none. */
const defaultTimeLimitMs = 3000;

/** The context of an invocation, whatever was passed as one: local tools leave out most of it. */
export function readContext(context: unknown): InstanceContext {
  if (typeof context !== 'object' || context === null) {
    return { requestId: undefined, remainingMs: defaultTimeLimitMs };
  }
  const requestId: unknown = 'request_id' in context ? context.request_id : undefined;
  const limit: unknown = 'time_limit_in_ms' in context ? context.time_limit_in_ms : undefined;
  const remainingMs = remainingOf(context) ?? (isTime(limit) ? limit : defaultTimeLimitMs);
  return { requestId, remainingMs };
}

function remainingOf(context: object): number | undefined {
  if (!('getRemainingTimeInMillis' in context) || typeof context.getRemainingTimeInMillis !== 'function') {
    return undefined;
  }
  try {
    const remaining: unknown = context.getRemainingTimeInMillis();
    return isTime(remaining) ? remaining : undefined;
  } catch {
    // A stand-in without an answer is as good as none.
    return undefined;
  }
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
