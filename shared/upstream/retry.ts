import { TransportError, UpstreamError } from '../errors.ts';
import type { Action } from '../essbasic/action.ts';

/** How long the first pause is at most. It doubles from attempt to attempt. Milliseconds. */
const firstPauseMs = 200;
/** Upstream counts its limit by the second: a call that comes back sooner meets it again. Milliseconds. */
const firstPauseAtLimitMs = 1000;
const longestPauseMs = 4000;

/**
 * How long to wait before the same request is sent again, or undefined where it must not or need not be.
 *
 * Safe are: what never left; what upstream refused because of its rate limit, before doing anything; and for an
 * action that may be repeated, every failure that may pass. The pause is drawn evenly from zero to a
 * growing bound (full jitter), so that callers who failed together do not come back together.
 *
 * @param attempt 0 after the first attempt
 */
export function retryPauseMs(
  error: unknown,
  action: Action,
  attempt: number,
  random: () => number,
): number | undefined {
  const atLimit = isRefusedByRateLimit(error);
  if (!atLimit && !neverLeft(error) && !(action.repeatable && mayGoBetter(error))) return undefined;
  const firstMs = atLimit ? firstPauseAtLimitMs : firstPauseMs;
  return Math.floor(random() * Math.min(longestPauseMs, firstMs * 2 ** attempt));
}

/**
 * `RequestLimitExceeded` and its finer forms come from the gateway of the Cloud API. The like-named
 * `FailedOperation.RequestLimitExceeded` comes from the product, with the advice to call customer service.
 */
function isRefusedByRateLimit(error: unknown): boolean {
  return error instanceof UpstreamError && /^RequestLimitExceeded(\.|$)/.test(error.code);
}

function neverLeft(error: unknown): boolean {
  return error instanceof TransportError && error.stage === 'before-send';
}

function mayGoBetter(error: unknown): boolean {
  if (error instanceof UpstreamError) return error.retryable;
  if (!(error instanceof TransportError)) return false;
  const status = error.members['upstreamStatus'];
  // An answer with 3xx or 4xx is about the request, which will be the same the next time.
  if (typeof status === 'number') return status >= 500 || status === 408 || status === 429;
  return error.retryable;
}
