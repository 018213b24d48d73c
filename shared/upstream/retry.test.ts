import { describe, expect, it } from 'vitest';
import { Failure, TransportError, UpstreamError } from '../errors.ts';
import { errorCodeFacts } from '../essbasic/error-kinds.ts';
import { retryPauseMs } from './retry.ts';
import { cancel, create } from './testing/loopback.ts';

const upstreamError = (code: string) =>
  new UpstreamError(code, errorCodeFacts(code), { detail: '', upstreamRequestId: '' });
const httpStatus = (upstreamStatus: number) =>
  new TransportError('UpstreamHttpStatus', 'after-send', { members: { upstreamStatus } });

/** May the error be followed by another attempt: of a create, of a cancel? */
const cases: readonly [string, unknown, boolean, boolean][] = [
  ['never sent', new TransportError('UpstreamUnreachable', 'before-send'), true, true],
  ['the rate limit', upstreamError('RequestLimitExceeded'), true, true],
  ['a finer rate limit', upstreamError('RequestLimitExceeded.UinLimitExceeded'), true, true],
  ["the product's own limit", upstreamError('FailedOperation.RequestLimitExceeded'), false, true],
  ['an internal error', upstreamError('InternalError'), false, true],
  ['a wrong parameter', upstreamError('InvalidParameter'), false, false],
  ['a code that only begins like the rate limit', upstreamError('RequestLimitExceededX'), false, false],
  ['no answer to a create', new TransportError('UnknownOutcome', 'after-send'), false, false],
  ['no answer', new TransportError('UpstreamTimeout', 'after-send'), false, true],
  [
    'an answer that cannot be read',
    new TransportError('UpstreamMalformedAnswer', 'after-send'),
    false,
    false,
  ],
  ['status 503', httpStatus(503), false, true],
  ['status 429', httpStatus(429), false, true],
  ['status 408', httpStatus(408), false, true],
  ['status 404', httpStatus(404), false, false],
  ['a deadline', new Failure('DeadlineExceeded'), false, false],
  ['our own rate limit', new Failure('RateLimited'), false, false],
  ['an error of somebody else', new Error('x'), false, false],
];

describe('retryPauseMs', () => {
  it.each(cases)('after %s', (_, error, afterCreate, afterCancel) => {
    expect(retryPauseMs(error, create, 0, () => 0) !== undefined).toBe(afterCreate);
    expect(retryPauseMs(error, cancel, 0, () => 0) !== undefined).toBe(afterCancel);
  });

  it('draws from zero to a bound that doubles up to a limit', () => {
    const unreachable = new TransportError('UpstreamUnreachable', 'before-send');
    const bounds = [0, 1, 2, 3, 10].map((attempt) =>
      retryPauseMs(unreachable, cancel, attempt, () => 0.999_999),
    );
    expect(bounds).toEqual([199, 399, 799, 1599, 3999]);
    expect(retryPauseMs(unreachable, cancel, 5, () => 0)).toBe(0);
  });

  it('waits longer at the rate limit, which is counted by the second', () => {
    expect(retryPauseMs(upstreamError('RequestLimitExceeded'), create, 0, () => 0.999_999)).toBe(999);
  });
});
