import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredState } from '../code.ts';
import { sampleCode, sampleGeneration } from '../testing/sample-code.ts';
import { dayS, startS } from '../testing/world.ts';
import { decideRenewal, nextDueS } from './renewal.ts';
import { defaultPolicy } from './renewal-policy.ts';
import { longestLifeS } from './successor-life.ts';

const endS = startS + 30 * dayS;
const withPolicy = (policy: Partial<typeof defaultPolicy>) => ({ policy: { ...defaultPolicy, ...policy } });

describe('decideRenewal', () => {
  it('waits until a lead before the end', () => {
    expect(decideRenewal(sampleCode(), startS)).toEqual({ kind: 'wait', untilS: endS - dayS });
    expect(decideRenewal(sampleCode(), endS - dayS - 1)).toMatchObject({ kind: 'wait' });
    expect(decideRenewal(sampleCode(), endS - dayS)).toMatchObject({ kind: 'renew', cause: 'expiry' });
  });

  it('waits where the end of the policy is later than that of the generation', () => {
    const later = sampleCode(withPolicy({ EndsOn: endS + dayS }));
    expect(decideRenewal(later, startS)).toEqual({ kind: 'wait', untilS: endS - dayS });
    expect(nextDueS(later, endS - 1)).toBe(endS - 1);
  });

  it.each([
    ['MaxGenerationsReached', { MaxGenerations: 1 }, { max: 1 }],
    ['BudgetSpent', { TotalFlowBudget: 100 }, { max: 100 }],
    ['EndReached', { EndsOn: startS + 60 }, { until: startS + 60 }],
  ])('stops with the number that is reached: %s', (code, policy, facts) => {
    expect(decideRenewal(sampleCode(withPolicy(policy)), startS)).toEqual({
      kind: 'stop',
      reason: { code, facts },
    });
  });

  it.each([
    ['policy that is over', { EndsOn: startS }],
    ['policy that ends with the generation', { EndsOn: endS }],
    ['policy that makes none', { Enabled: false }],
  ])('is not looked at again by itself: a %s', (_, policy) => {
    expect(nextDueS(sampleCode(withPolicy(policy)), endS - dayS)).toBeNull();
  });

  it('takes a lead of no more than half of the life', () => {
    const current = sampleGeneration({ expiresAtS: startS + 3600 });
    expect(nextDueS(sampleCode({ current }), startS)).toBe(startS + 1800);
  });

  it('renews at the threshold of contracts', () => {
    const used = (count: number) => sampleCode({ current: sampleGeneration({ used: count }) });
    expect(decideRenewal(used(89), startS)).toMatchObject({ kind: 'wait' });
    expect(decideRenewal(used(90), startS)).toMatchObject({ kind: 'renew', cause: 'exhaustion' });
    const strict = { ...used(90), ...withPolicy({ ExhaustionPercent: 100 }) };
    expect(decideRenewal(strict, startS)).toMatchObject({ kind: 'wait' });
  });

  it.each([
    ['has expired by the clock', sampleGeneration(), endS],
    ['was found expired', sampleGeneration({ state: 'expired' }), startS],
    ['is used up', sampleGeneration({ state: 'exhausted' }), startS],
    ['was cancelled', sampleGeneration({ state: 'cancelled' }), startS],
    ['never was', null, startS],
  ])('renews at once what %s', (_, current, nowS) => {
    expect(decideRenewal(sampleCode({ current }), nowS)).toMatchObject({ kind: 'renew', cause: 'ended' });
  });

  it('gives the successor the limits of the code, or those of the policy', () => {
    const current = sampleGeneration({ state: 'expired', maxFlowNum: 7 });
    expect(decideRenewal(sampleCode({ current }), startS)).toMatchObject({
      successor: { maxFlowNum: 100, expiresAtS: startS + 30 * dayS },
    });
    const other = sampleCode({ current, ...withPolicy({ MaxFlowNum: 5, LifeS: 3600 }) });
    expect(decideRenewal(other, startS)).toMatchObject({
      successor: { maxFlowNum: 5, expiresAtS: startS + 3600 },
    });
    const longest = sampleCode({ current, lifeS: 365 * dayS });
    expect(decideRenewal(longest, startS)).toMatchObject({
      successor: { expiresAtS: startS + longestLifeS },
    });
  });

  it('obeys a person even where renewal is off or not due, and the limits of the policy all the same', () => {
    const asked = sampleCode({ renewRequested: true, ...withPolicy({ Enabled: false }) });
    expect(decideRenewal(asked, startS)).toMatchObject({ kind: 'renew', cause: 'asked' });
    const limited = { ...asked, ...withPolicy({ MaxGenerations: 1 }) };
    expect(decideRenewal(limited, startS)).toMatchObject({
      kind: 'stop',
      reason: { code: 'MaxGenerationsReached' },
    });
  });

  it('stops where the policy is spent, with the reason', () => {
    const due = { current: sampleGeneration({ state: 'expired' }) };
    const reasonOf = (policy: Partial<typeof defaultPolicy>) => {
      const decision = decideRenewal(sampleCode({ ...due, ...withPolicy(policy) }), startS);
      return decision.kind === 'stop' ? decision.reason?.code : decision.kind;
    };
    expect(reasonOf({ Enabled: false })).toBe('RenewalOff');
    expect(reasonOf({ MaxGenerations: 1 })).toBe('MaxGenerationsReached');
    expect(reasonOf({ MaxGenerations: 2 })).toBe('renew');
    expect(reasonOf({ TotalFlowBudget: 100 })).toBe('BudgetSpent');
    expect(reasonOf({ TotalFlowBudget: 101 })).toBe('renew');
    expect(reasonOf({ EndsOn: startS })).toBe('EndReached');
    expect(reasonOf({ EndsOn: startS + 299 })).toBe('EndReached');
    expect(reasonOf({ EndsOn: startS + 300 })).toBe('renew');
  });

  it('gives the last successor what the budget leaves, and no more time than the policy has', () => {
    const policy = withPolicy({ TotalFlowBudget: 130, EndsOn: startS + dayS });
    const code = sampleCode({ current: sampleGeneration({ state: 'exhausted' }), ...policy });
    expect(decideRenewal(code, startS)).toMatchObject({
      successor: { maxFlowNum: 30, expiresAtS: startS + dayS },
    });
  });

  it('makes no successor that would end with its predecessor, unless contracts are needed', () => {
    const policy = withPolicy({ EndsOn: endS });
    expect(decideRenewal(sampleCode(policy), endS - dayS)).toMatchObject({
      kind: 'stop',
      reason: { code: 'EndReached' },
    });
    const used = sampleCode({ ...policy, current: sampleGeneration({ used: 95 }) });
    expect(decideRenewal(used, endS - dayS)).toMatchObject({
      kind: 'renew',
      successor: { expiresAtS: endS },
    });
  });

  it.each<[StoredState, boolean, 'renew' | 'stop']>([
    ['Active', true, 'renew'],
    ['Expired', false, 'renew'],
    ['Exhausted', false, 'renew'],
    ['Failed', false, 'stop'],
    ['Failed', true, 'renew'],
    ['OutcomeUnknown', false, 'stop'],
    ['OutcomeUnknown', true, 'renew'],
    ['Creating', true, 'stop'],
    ['Paused', true, 'stop'],
    ['Cancelled', true, 'stop'],
  ])('in state %s, asked: %s, says %s', (state, renewRequested, kind) => {
    const code = sampleCode({ state, renewRequested, current: null });
    expect(decideRenewal(code, startS).kind).toBe(kind);
  });

  it('always waits for a moment that is to come, and then renews', () => {
    const codes = fc.record({
      lifeS: fc.integer({ min: 1, max: longestLifeS }),
      leadS: fc.integer({ min: 60, max: longestLifeS }),
      atS: fc.integer({ min: 0, max: 400 * dayS }),
      used: fc.integer({ min: 0, max: 120 }),
      percent: fc.integer({ min: 1, max: 100 }),
    });
    fc.assert(
      fc.property(codes, ({ lifeS, leadS, atS, used, percent }) => {
        const current = sampleGeneration({ expiresAtS: startS + lifeS, used });
        const code = sampleCode({ current, ...withPolicy({ LeadTimeS: leadS, ExhaustionPercent: percent }) });
        const decision = decideRenewal(code, startS + atS);
        if (decision.kind !== 'wait') return decision.kind === 'renew';
        const later = decideRenewal(code, decision.untilS);
        const inTime = decision.untilS < current.expiresAtS || lifeS === 1;
        return decision.untilS > startS + atS && later.kind === 'renew' && inTime;
      }),
    );
  });
});
