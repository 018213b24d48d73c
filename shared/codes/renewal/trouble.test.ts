import { describe, expect, it } from 'vitest';
import { Failure, TransportError, UpstreamError } from '../../errors.ts';
import { errorCodeFacts } from '../../essbasic/error-kinds.ts';
import { callFailure } from '../life/call-failure.ts';
import { createTroubles, type Sign, signOf } from './trouble.ts';

const refusal = (code: string) =>
  callFailure(
    new UpstreamError(code, errorCodeFacts(code), { detail: 'refused', upstreamRequestId: 'id' }),
    true,
  );
const tenant = (organization: string, appId = 'app') => ({ appId, organization });

describe('what a call that failed says about the next one', () => {
  it.each<[string, Sign]>([
    ['OperationDenied.NoQuota', 'fine'],
    ['ResourceNotFound.Template', 'fine'],
    ['FailedOperation', 'tenant'],
    ['UnauthorizedOperation', 'tenant'],
    ['LimitExceeded', 'tenant'],
    ['AuthFailure.SignatureFailure', 'all'],
    ['InternalError', 'all'],
    ['RequestLimitExceeded', 'all'],
  ])('%s: %s', (code, sign) => {
    expect(signOf(refusal(code))).toBe(sign);
  });

  it('no answer may be everybody’s trouble, as no connection may and a database that is away', () => {
    expect(signOf(callFailure(new TransportError('UnknownOutcome', 'after-send'), true))).toBe('all');
    expect(signOf(callFailure(new TransportError('UpstreamUnreachable', 'before-send'), false))).toBe('all');
    expect(signOf(callFailure(new Failure('DatabaseUnavailable', { detail: 'away' }), false))).toBe('all');
  });

  it('a code of an answer that never came tells of no tenant', () => {
    expect(signOf({ ...refusal('FailedOperation'), outcome: 'unknown' })).toBe('all');
  });
});

describe('a tenant in trouble', () => {
  /** What is left to the next run after these signs of one tenant. */
  const setAsideAfter = (signs: readonly Sign[]) => {
    const troubles = createTroubles();
    for (const sign of signs) troubles.note(tenant('a'), sign);
    return troubles.setAside();
  };

  it.each<Sign>(['tenant', 'all'])('is set aside after five times in a row: %s', (sign) => {
    expect(setAsideAfter(Array<Sign>(4).fill(sign))).toEqual([]);
    expect(setAsideAfter(Array<Sign>(5).fill(sign))).toEqual([tenant('a')]);
  });

  it('is not set aside where work of it was fine in between', () => {
    expect(setAsideAfter(['tenant', 'tenant', 'tenant', 'tenant', 'fine', 'tenant'])).toEqual([]);
  });

  it('neither gains nor loses by what says nothing', () => {
    expect(setAsideAfter(Array<Sign>(9).fill('nothing'))).toEqual([]);
    expect(setAsideAfter(['tenant', 'tenant', 'nothing', 'tenant', 'tenant', 'tenant'])).toHaveLength(1);
  });

  it('stays aside for the run, whatever of its work still comes to its end', () => {
    expect(setAsideAfter(['tenant', 'tenant', 'tenant', 'tenant', 'tenant', 'fine'])).toHaveLength(1);
  });

  it('is another than that of the same name in another application', () => {
    const troubles = createTroubles();
    for (let times = 0; times < 5; times += 1) {
      troubles.note(tenant('a', times < 4 ? 'one' : 'other'), 'tenant');
    }
    expect(troubles.setAside()).toEqual([]);
    troubles.note(tenant('a', 'one'), 'tenant');
    expect(troubles.isSetAside(tenant('a', 'one'))).toBe(true);
    expect(troubles.isSetAside(tenant('a', 'other'))).toBe(false);
    expect(troubles.isSetAside(tenant('b', 'one'))).toBe(false);
  });
});

describe('going on is pointless', () => {
  const isPointlessAfter = (signs: readonly (readonly [string, Sign])[]) => {
    const troubles = createTroubles();
    for (const [organization, sign] of signs) troubles.note(tenant(organization), sign);
    return troubles.isPointless();
  };

  it.each<[string, boolean, [string, Sign][]]>([
    [
      'three tenants have trouble that may be everybody’s',
      true,
      [
        ['a', 'all'],
        ['b', 'all'],
        ['c', 'all'],
      ],
    ],
    [
      'two have',
      false,
      [
        ['a', 'all'],
        ['b', 'all'],
        ['a', 'all'],
        ['b', 'all'],
      ],
    ],
    [
      'three have, and work of a fourth was fine in between',
      false,
      [
        ['a', 'all'],
        ['b', 'all'],
        ['d', 'fine'],
        ['c', 'all'],
      ],
    ],
    [
      'the trouble of three is their own',
      false,
      [
        ['a', 'tenant'],
        ['b', 'tenant'],
        ['c', 'tenant'],
        ['d', 'tenant'],
      ],
    ],
    [
      'nothing is known of three',
      false,
      [
        ['a', 'nothing'],
        ['b', 'nothing'],
        ['c', 'nothing'],
      ],
    ],
    [
      'nothing was learnt in between',
      true,
      [
        ['a', 'all'],
        ['b', 'all'],
        ['d', 'nothing'],
        ['c', 'all'],
      ],
    ],
  ])('where %s: %s', (_, isPointless, signs) => {
    expect(isPointlessAfter(signs)).toBe(isPointless);
  });
});
