/**
 * What a caller may do in a time, and what is left of it: the fields `RateLimit-Policy` and `RateLimit` of
 * draft-ietf-httpapi-ratelimit-headers-11, and the limit of an API key.
 */
import { Failure } from '../../errors.ts';
import { keyWindowS, type SlotAnswer, type SlotRequest } from '../../world.ts';
import type { KeyCalls } from './api-keys.ts';

/** By the name of a policy: its parameters in `RateLimit-Policy`, and those in `RateLimit`. */
export type RateLimits = Record<string, readonly [policy: string, left: string]>;

/**
 * Notes what a key has left, for the headers of the answer.
 *
 * @throws Failure `KeyRateLimited` where that is less than nothing
 */
export function countCall(limits: RateLimits, perMinute: number, calls: KeyCalls | undefined): void {
  if (calls === undefined) return;
  const quota = Math.ceil(perMinute);
  const left = quota - calls.count;
  const endsInS = Math.ceil(calls.endsInS);
  limits['key'] = [`q=${quota};w=${keyWindowS}`, `r=${Math.max(0, left)};t=${endsInS}`];
  if (left < 0) throw new Failure('KeyRateLimited', { retryAfterS: endsInS });
}

/**
 * Notes what is left of the limit that Tencent has set for an action and that all callers share: one turn after the
 * other, none saved up.
 */
export function noteTurn(limits: RateLimits, { intervalUs, taken, waitMs }: SlotRequest & SlotAnswer): void {
  const intervalS = intervalUs / 1e6;
  const waitS = waitMs / 1e3;
  const windowS = Math.ceil(intervalS);
  const endsInS = Math.max(windowS, Math.ceil(waitS));
  const left = taken ? Math.floor((endsInS - waitS) / intervalS) : 0;
  limits['upstream'] = [`q=${Math.floor(windowS / intervalS)};w=${windowS}`, `r=${left};t=${endsInS}`];
}

/** The two fields, of all limits together; none where there are none. */
export function limitHeaders(limits: RateLimits): Record<string, string> | undefined {
  const list = (of: 0 | 1) =>
    Object.entries(limits)
      .map(([name, limit]) => `"${name}";${limit[of]}`)
      .join(', ');
  return list(0) === '' ? undefined : { 'RateLimit-Policy': list(0), RateLimit: list(1) };
}
