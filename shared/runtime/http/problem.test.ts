import { describe, expect, it } from 'vitest';
import { catalogue, Failure, type FailureCode, UpstreamError } from '../../errors.ts';
import { errorCodeFacts } from '../../essbasic/error-kinds.ts';
import { untranslated } from '../../text.ts';
import { problemOf } from './problem.ts';

const context = { requestId: 'r-1', language: 'en', allow: ['POST'] } as const;

describe('a problem document', () => {
  it('tells a failure of ours', () => {
    const failure = new Failure('VersionConflict', {
      detail: { zh: '版本为 7', en: 'The code has version 7' },
      problems: [{ path: 'Version', message: { zh: '为 6', en: 'is 6' } }],
      members: { version: 7 },
    });
    expect(problemOf(failure, context)).toEqual({
      failure,
      headers: { 'Content-Type': 'application/problem+json; charset=utf-8', 'Content-Language': 'en' },
      document: {
        type: 'urn:problem-type:qianma:VersionConflict',
        title: 'The version has changed',
        status: 409,
        detail: 'The code has version 7',
        code: 'VersionConflict',
        requestId: 'r-1',
        errors: [{ path: 'Version', message: 'is 6' }],
        version: 7,
      },
    });
  });

  it('tells a refusal of upstream, by its code and request id', () => {
    const code = 'OperationDenied.NoQuota';
    const refusal = new UpstreamError(code, errorCodeFacts(code), {
      detail: '合同额度不足',
      upstreamRequestId: 's123',
    });
    expect(problemOf(refusal, { ...context, language: 'zh' }).document).toMatchObject({
      type: 'urn:problem-type:qianma:OperationDenied.NoQuota',
      title: code,
      status: errorCodeFacts(code).status,
      detail: '合同额度不足',
      code,
      upstreamRequestId: 's123',
    });
  });

  it('keeps to itself what may not leave the house', () => {
    const failure = new Failure('DatabaseUnavailable', {
      detail: 'host db.internal',
      problems: [{ path: 'x', message: untranslated('y') }],
      members: { host: 'db.internal' },
      retryAfterS: 5,
    });
    const { document, headers } = problemOf(failure, context);
    expect(document).toEqual({
      type: 'urn:problem-type:qianma:DatabaseUnavailable',
      title: catalogue.DatabaseUnavailable.en,
      status: 503,
      code: 'DatabaseUnavailable',
      requestId: 'r-1',
    });
    expect(headers['Retry-After']).toBe('5');
  });

  it.each([
    [new Error('secret')],
    [new TypeError('secret')],
    ['secret'],
    [undefined],
    [null],
    [{ status: 200, code: 'secret' }],
    [5n],
  ])('of anything else that is thrown is the generic one: %s', (thrown) => {
    const { document, failure } = problemOf(thrown, context);
    expect(document).toEqual({
      type: 'urn:problem-type:qianma:InternalFailure',
      title: 'Something went wrong inside',
      status: 500,
      code: 'InternalFailure',
      requestId: 'r-1',
    });
    expect(failure.cause).toBe(thrown);
  });

  it('lets no member of a failure take the place of a standard one', () => {
    const failure = new Failure('NotFound', {
      members: { status: 200, code: 'x', requestId: 'y', type: 'z', title: 'w' },
    });
    expect(problemOf(failure, context).document).toEqual(
      problemOf(new Failure('NotFound'), context).document,
    );
  });

  it('has the status, the code and a title in both languages for every failure', () => {
    for (const [code, kind] of Object.entries(catalogue)) {
      // The keys of the catalogue are the codes.
      const failure = new Failure(code as FailureCode);
      expect(problemOf(failure, context).document).toMatchObject({
        code,
        status: kind.status,
        title: kind.en,
      });
      expect(problemOf(failure, { ...context, language: 'zh' }).document.title).toBe(kind.zh);
      expect(problemOf(failure, { ...context, language: 'zh' }).headers['Content-Language']).toBe('zh-CN');
    }
  });
});

describe('the headers of a problem', () => {
  it.each([
    [0.2, '1'],
    [7, '7'],
    [-3, '0'],
  ])('have Retry-After in whole seconds: %d', (retryAfterS, header) => {
    expect(problemOf(new Failure('RateLimited', { retryAfterS }), context).headers['Retry-After']).toBe(
      header,
    );
  });

  it('name the scheme on 401 and the methods on 405, and neither elsewhere', () => {
    expect(problemOf(new Failure('Unauthenticated'), context).headers).toMatchObject({
      'WWW-Authenticate': 'Bearer',
    });
    expect(problemOf(new Failure('NotificationUnproven'), context).headers).toMatchObject({
      'WWW-Authenticate': 'Content-Signature',
    });
    expect(problemOf(new Failure('MethodNotAllowed'), context).headers).toMatchObject({ Allow: 'POST' });
    const { headers } = problemOf(new Failure('NotFound'), context);
    expect(Object.keys(headers)).toEqual(['Content-Type', 'Content-Language']);
  });
});
