import { describe, expect, it } from 'vitest';
import { errorCodeFacts, errorCodes } from './error-codes.ts';
import { errorDocs } from './error-docs.ts';
import { actions } from './field-docs.ts';

const known = Object.keys(errorCodes);
const listed = new Set<string>(actions.flatMap(({ action }) => action.errorCodes));

describe('an error code', () => {
  it.each(actions)('of $action.name is in the catalogue, and once in the list', ({ action }) => {
    expect(known).toEqual(expect.arrayContaining([...action.errorCodes]));
    expect([...new Set(action.errorCodes)].sort()).toEqual([...action.errorCodes]);
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
    (_, facts) => {
      expect(facts.status).toBeGreaterThanOrEqual(400);
      expect(facts.status).toBeLessThan(600);
      expect(facts.zh).toMatch(/\p{Script=Han}|Authorization/u);
      expect(facts.en).toMatch(/^[\x20-\x7e]+$/);
    },
  );

  it("never shows what upstream says of the deployment's own credentials", () => {
    const shown = known.filter((code) => code.startsWith('AuthFailure') && errorCodeFacts(code).expose);
    expect(shown).toEqual([]);
  });
});

describe('errorCodeFacts', () => {
  it('are those of the code', () => {
    expect(errorCodeFacts('OperationDenied.NoQuota')).toBe(errorCodes['OperationDenied.NoQuota']);
  });

  it('are those of the family where the code is not listed', () => {
    expect(errorCodeFacts('OperationDenied.New')).toBe(errorCodes.OperationDenied);
    expect(errorCodeFacts('RequestLimitExceeded.New.Deeper')).toBe(errorCodes.RequestLimitExceeded);
    expect(errorCodeFacts('AuthFailure.New')).toMatchObject({ expose: false });
  });

  it.each(['NeverHeardOf', 'NeverHeardOf.This', '', '.', 'constructor', '__proto__.x', 'toString'])(
    'of %j, where even the family is unknown, allow no retry',
    (code) => {
      expect(errorCodeFacts(code)).toMatchObject({ status: 502, retryable: false });
      expect(Object.values(errorCodes)).not.toContain(errorCodeFacts(code));
    },
  );
});
