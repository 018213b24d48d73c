import { describe, expect, it } from 'vitest';
import { Failure, TransportError, UpstreamError } from '../../errors.ts';
import { errorCodeFacts } from '../../essbasic/error-kinds.ts';
import { publishedCodesOf } from '../../essbasic/published-codes.ts';
import { callFailure } from './call-failure.ts';

function refusal(code: string): UpstreamError {
  const facts = { detail: 'no', upstreamRequestId: 'r-1' };
  return new UpstreamError(code, errorCodeFacts(code), facts);
}

describe('callFailure', () => {
  it.each([
    ['OperationDenied.NoQuota', 'quota'],
    ['RequestLimitExceeded', 'paced'],
    ['RequestLimitExceeded.UinLimitExceeded', 'paced'],
    ['FailedOperation.RequestLimitExceeded', 'passing'],
    ['InternalError', 'passing'],
    ['InternalError.System', 'passing'],
    ['InternalError.Unheard', 'passing'],
    ['ServiceUnavailable', 'passing'],
    ['FailedOperation', 'passing'],
    ['AuthFailure', 'deployment'],
    ['AuthFailure.SignatureExpire', 'deployment'],
    ['AuthFailure.SecretIdNotFound', 'deployment'],
    ['IpNotInWhitelist', 'deployment'],
    ['NoSuchVersion', 'deployment'],
    ['FailedOperation.QrCodeTemplateId', 'permanent'],
    ['ResourceNotFound.Template', 'permanent'],
    ['UnauthorizedOperation.NoPermissionFeature', 'permanent'],
    ['OperationDenied.NoVerify', 'permanent'],
    ['InvalidParameter', 'permanent'],
    ['NobodyHasEverHeardOfThis', 'permanent'],
  ])('takes %s for %s', (code, kind) => {
    expect(callFailure(refusal(code), true)).toMatchObject({
      outcome: 'refused',
      kind,
      errorCode: code,
      upstreamRequestId: 'r-1',
    });
  });

  it.each([
    'ActionOffline',
    'AuthFailure.TokenFailure',
    'InvalidAction',
    'InvalidRequest',
    'IpInBlacklist',
    'NoSuchProduct',
    'UnsupportedOperation',
    'UnsupportedProtocol',
    'UnsupportedRegion',
  ])('makes no code fail for good by %s, which every code would be told', (code) => {
    expect(callFailure(refusal(code), true).kind).toBe('deployment');
  });

  it.each(['FailedOperation', 'UnauthorizedOperation', 'LimitExceeded'])(
    'takes %s, which says nothing, for something that passes',
    (code) => {
      expect(callFailure(refusal(code), true).kind).toBe('passing');
    },
  );

  it('tells what is known of the call: its code, its id, and what was made all the same', () => {
    const lost = new TransportError('UpstreamMalformedAnswer', 'after-send', {
      upstreamRequestId: 'r-2',
      problems: [{ path: 'QrCode', message: { zh: '缺失', en: 'is missing' } }],
      members: { QrCodeId: 'qr-1' },
    });
    expect(callFailure(lost, true)).toMatchObject({
      outcome: 'unknown',
      kind: 'permanent',
      errorCode: 'UpstreamMalformedAnswer',
      upstreamRequestId: 'r-2',
      qrCodeId: 'qr-1',
    });
    const status = new TransportError('UpstreamHttpStatus', 'after-send', { upstreamRequestId: 'r-3' });
    expect(callFailure(status, true)).toMatchObject({ upstreamRequestId: 'r-3', qrCodeId: null });
    expect(callFailure(new TypeError('a bug'), true)).toMatchObject({
      errorCode: 'InternalFailure',
      upstreamRequestId: null,
      qrCodeId: null,
    });
  });

  it('knows that an internal error says nothing about the effect, and a refusal does', () => {
    const mayHaveEffect = (code: string) => callFailure(refusal(code), true).mayHaveEffect;
    expect(['InternalError', 'InternalError.System'].map(mayHaveEffect)).toEqual([true, true]);
    expect(['FailedOperation', 'ResourceNotFound.Template'].map(mayHaveEffect)).toEqual([false, false]);
    expect(callFailure(new TransportError('UnknownOutcome', 'after-send'), true).mayHaveEffect).toBe(true);
    expect(callFailure(new TransportError('UpstreamUnreachable', 'before-send'), true).mayHaveEffect).toBe(
      false,
    );
  });

  it('knows what to do with each published code of a create', () => {
    const kinds = publishedCodesOf('ChannelCreateMultiFlowSignQRCode').map(
      (code) => callFailure(refusal(code), true).kind,
    );
    expect(new Set(kinds)).toEqual(new Set(['passing', 'permanent', 'quota']));
  });

  it.each([
    [new TransportError('UpstreamUnreachable', 'before-send'), false, 'never-sent', 'passing'],
    [new TransportError('UpstreamUnreachable', 'before-send'), true, 'never-sent', 'passing'],
    [new TransportError('UnknownOutcome', 'after-send'), true, 'unknown', 'passing'],
    [new TransportError('UpstreamHttpStatus', 'after-send'), true, 'refused', 'passing'],
    [new Failure('RateLimited'), false, 'never-sent', 'paced'],
    [new Failure('DeadlineExceeded'), true, 'never-sent', 'paced'],
    [new Failure('DatabaseUnavailable'), false, 'never-sent', 'passing'],
    [new Failure('Misconfigured'), false, 'never-sent', 'deployment'],
    [new TypeError('a bug'), false, 'never-sent', 'deployment'],
    [new TypeError('a bug'), true, 'unknown', 'deployment'],
  ])('takes %s, sent: %s, for %s and %s', (error, sent, outcome, kind) => {
    expect(callFailure(error, sent)).toMatchObject({ outcome, kind });
  });
});
