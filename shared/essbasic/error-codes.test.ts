import { describe, expect, it } from 'vitest';
import { errorCodes, errorCodeTitle } from './error-codes.ts';
import { errorDocs } from './error-docs.ts';
import { errorCodeFacts } from './error-kinds.ts';
import { actions } from './field-docs.ts';
import { publishedCodesOf } from './published-codes.ts';

const known = Object.keys(errorCodes);
const listed = new Set<string>(actions.flatMap(({ action }) => publishedCodesOf(action.name)));

describe('an error code', () => {
  it.each(actions)('of $action.name is in the catalogue, and once in the list', ({ action }) => {
    const codes = publishedCodesOf(action.name);
    expect(codes).not.toEqual([]);
    expect(known).toEqual(expect.arrayContaining([...codes]));
    expect([...new Set(codes)].sort()).toEqual([...codes]);
  });

  it('is documented, and no other is', () => {
    expect(Object.keys(errorDocs).sort()).toEqual(known.toSorted());
  });

  it.each(Object.entries(errorDocs))(
    '%s says from where it is known, why it comes and what to do',
    (code, doc) => {
      expect(listed.has(code) || (doc.origins ?? []).length > 0).toBe(true);
      for (const text of [doc.cause, doc.remedy]) {
        expect(text.zh).toMatch(/\p{Script=Han}/u);
        expect(text.en).toMatch(/^[\x20-\x7e]+$/);
      }
    },
  );

  it('that was only seen is one that an action can meet', () => {
    const seen = Object.entries(errorDocs).filter(([, { origins }]) => origins?.includes('seen'));
    expect(seen.map(([code]) => code)).toEqual(['OperationDenied.QrInvalid']);
    expect(listed).toContain('OperationDenied.QrInvalid');
  });

  it.each(Object.entries(errorCodes))(
    '%s has a status of a failure and a title in both languages',
    (code, title) => {
      const { status } = errorCodeFacts(code);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
      expect(errorCodeTitle(code)).toBe(title);
      expect(title.zh).toMatch(/\p{Script=Han}|Authorization/u);
      expect(title.en).toMatch(/^[\x20-\x7e]+$/);
    },
  );

  it("never shows what upstream says of the deployment's own credentials", () => {
    const shown = known.filter((code) => code.startsWith('AuthFailure') && errorCodeFacts(code).expose);
    expect(shown).toEqual([]);
  });
});

describe('errorCodeFacts', () => {
  it('are those of the code', () => {
    expect(errorCodeFacts('OperationDenied.NoQuota')).toEqual({
      status: 402,
      retryable: false,
      expose: true,
    });
    expect(errorCodeFacts('AuthFailure.SignatureExpire')).toMatchObject({ retryable: true, expose: false });
  });

  it('are those of the family where the code is not listed', () => {
    expect(errorCodeFacts('OperationDenied.New')).toBe(errorCodeFacts('OperationDenied'));
    expect(errorCodeFacts('RequestLimitExceeded.New.Deeper')).toBe(errorCodeFacts('RequestLimitExceeded'));
    expect(errorCodeTitle('OperationDenied.New')).toBe(errorCodes.OperationDenied);
    expect(errorCodeFacts('AuthFailure.New')).toMatchObject({ expose: false });
  });

  it('allow a retry where upstream says that it passes, and for a clock that can be put right', () => {
    expect(known.filter((code) => errorCodeFacts(code).retryable).sort()).toEqual([
      'AuthFailure.SignatureExpire',
      'FailedOperation.RequestLimitExceeded',
      'InternalError',
      'InternalError.DbRead',
      'InternalError.System',
      'RequestLimitExceeded',
      'RequestLimitExceeded.GlobalRegionUinLimitExceeded',
      'RequestLimitExceeded.IPLimitExceeded',
      'RequestLimitExceeded.UinLimitExceeded',
      'ResourceInUse',
      'ResourceInsufficient',
      'ServiceUnavailable',
    ]);
  });

  it('show the words of upstream, but of its own credentials', () => {
    const hidden = known.filter((code) => !errorCodeFacts(code).expose);
    expect(hidden.length).toBeGreaterThan(0);
    expect(hidden.filter((code) => !code.startsWith('AuthFailure'))).toEqual([]);
  });

  it.each(['NeverHeardOf', 'NeverHeardOf.This', '', '.', 'constructor', '__proto__.x', 'toString'])(
    'of %j, where even the family is unknown, allow no retry',
    (code) => {
      expect(errorCodeFacts(code)).toMatchObject({ status: 502, retryable: false });
      expect(Object.values(errorCodes)).not.toContain(errorCodeTitle(code));
    },
  );
});
