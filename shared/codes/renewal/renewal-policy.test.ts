import { describe, expect, it } from 'vitest';
import { startS } from '../testing/world.ts';
import { applyPolicy, defaultPolicy, policyProblems, RenewalPolicyInput } from './renewal-policy.ts';

const pathsOf = (input: unknown) =>
  RenewalPolicyInput.safeParse(input).error?.issues.map(({ path }) => path.join('../life')) ?? [];

describe('RenewalPolicyInput', () => {
  it('takes a whole policy, a part of one, and defaults by null', () => {
    expect(pathsOf(defaultPolicy)).toEqual([]);
    expect(pathsOf({})).toEqual([]);
    expect(pathsOf({ Enabled: null, EndsOn: startS, TotalFlowBudget: 1 })).toEqual([]);
  });

  it('names every member that is wrong', () => {
    const wrong = {
      Enabled: 'yes',
      LeadTimeS: 59,
      ExhaustionPercent: 101,
      MaxFlowNum: 0,
      LifeS: 366 * 86_400,
      EndsOn: 1.5,
      MaxGenerations: 0,
      TotalFlowBudget: -1,
      Predecessor: 'keep',
    };
    expect(pathsOf(wrong)).toEqual(Object.keys(wrong));
    expect(pathsOf({ Unknown: 1 })).toHaveLength(1);
  });
});

describe('applyPolicy', () => {
  it('lays what is given over what is there', () => {
    const policy = applyPolicy({ LeadTimeS: 60 });
    expect(policy).toEqual({ ...defaultPolicy, LeadTimeS: 60 });
    expect(applyPolicy({ Predecessor: 'cancel' }, policy)).toEqual({ ...policy, Predecessor: 'cancel' });
    expect(applyPolicy({ LeadTimeS: null }, policy)).toEqual(defaultPolicy);
  });
});

describe('policyProblems', () => {
  const problemsOf = (input: RenewalPolicyInput, before = defaultPolicy) =>
    policyProblems(input, applyPolicy(input, before), 10, startS).map(({ path }) => path);

  it('refuses an end in the past when it is given, not when it has come meanwhile', () => {
    expect(problemsOf({ EndsOn: startS })).toEqual(['RenewalPolicy.EndsOn']);
    expect(problemsOf({ EndsOn: startS + 1 })).toEqual([]);
    expect(problemsOf({ Enabled: false }, { ...defaultPolicy, EndsOn: startS - 1 })).toEqual([]);
  });

  it('refuses a budget that the first generation exceeds', () => {
    expect(problemsOf({ TotalFlowBudget: 9 })).toEqual(['RenewalPolicy.TotalFlowBudget']);
    expect(problemsOf({ TotalFlowBudget: 10 })).toEqual([]);
  });
});
