import { describe, expect, it } from 'vitest';
import type { Code, Generation } from '../code.ts';
import { randomIds } from '../ids.ts';
import type { Organization } from '../quota/organization.ts';
import { sampleCode, sampleGeneration } from '../testing/sample-code.ts';
import { dayS, startS } from '../testing/world.ts';
import { described } from './describe-codes.ts';
import type { CodeRecord } from './ports.ts';

const shown = (code: Partial<Code> = {}, more: Partial<CodeRecord> = {}, nowS = startS) => {
  const record: CodeRecord = {
    code: sampleCode(code),
    generations: [],
    organization: undefined,
    notices: [],
    contracts: [],
    possibleOrphans: 0,
    dailyUses: [],
    ...more,
  };
  const surroundings = { nowMs: () => nowS * 1000, ids: randomIds(), random: () => 0, sleep: async () => {} };
  return described(record, { surroundings, publicBaseUrl: 'https://q.example' });
};

const withoutQuota = (probeAtS: number | null): Organization => ({
  appId: 'app',
  organization: 'org-a',
  quotaState: 'blocked',
  sinceS: startS,
  reason: { code: 'QuotaBlocked' },
  probeAtS,
  probeFailures: 0,
  failedAtS: startS,
  provenAtS: null,
});

describe('a code as people see it', () => {
  it('can be scanned while its generation lives and it is not cancelled', () => {
    expect(shown().Usable).toBe(true);
    expect(shown({ state: 'Paused' }).Usable).toBe(true);
    expect(shown({ state: 'Cancelled' }).Usable).toBe(false);
    expect(shown({ current: sampleGeneration({ state: 'exhausted' }) }).Usable).toBe(false);
    expect(shown({}, {}, startS + 30 * dayS).Usable).toBe(false);
  });

  it('has before its first generation the limits that were asked for', () => {
    const request = { TemplateId: 't', FlowName: 'f', CallbackUrl: '' };
    expect(shown({ current: null, request })).toMatchObject({
      Used: 0,
      MaxFlowNum: 100,
      ExpiredTime: null,
      Usable: false,
      CallbackUrl: null,
    });
  });

  it('has the numbers of its generation, and the address of its own notifications', () => {
    const current = sampleGeneration({ used: 3, maxFlowNum: 7 });
    const request = { TemplateId: 't', FlowName: 'f', CallbackUrl: 'https://example.org/mine' };
    expect(shown({ current, request })).toMatchObject({
      Used: 3,
      MaxFlowNum: 7,
      ExpiredTime: startS + 30 * dayS,
      CallbackUrl: 'https://example.org/mine',
    });
  });

  it('tells what makes it useless, and since when', () => {
    const reason = { code: 'TemplateDeleted' } as const;
    const about = { kind: 'template', subject: 'template-a', scope: '', raised: true } as const;
    const notices = [{ ...about, reason, atS: startS + 9 }];
    expect(shown({}, { notices }).Notice).toMatchObject({ Code: 'TemplateDeleted', Since: startS + 9 });
    expect(shown().Notice).toBeNull();
  });

  it('is blocked by its organisation while it is active, and in no other state', () => {
    const organization = withoutQuota(startS + 60);
    expect(shown({}, { organization })).toMatchObject({
      State: 'QuotaBlocked',
      Reason: { Code: 'QuotaBlocked' },
    });
    expect(shown({ state: 'Paused' }, { organization })).toMatchObject({ State: 'Paused' });
    const restored = { ...organization, quotaState: 'ok' } as const;
    expect(shown({}, { organization: restored })).toMatchObject({ State: 'Active' });
  });

  it.each<[Generation['state'], string]>([
    ['live', 'Live'],
    ['superseded', 'Superseded'],
    ['expired', 'Expired'],
    ['exhausted', 'Exhausted'],
    ['cancelled', 'Cancelled'],
  ])('has each generation with its state: %s', (state, State) => {
    expect(shown({}, { generations: [sampleGeneration({ state })] }).Generations).toMatchObject([{ State }]);
  });
});

describe('the renewal of a code as people see it', () => {
  it('comes when it is due', () => {
    const next = { NextOn: startS + 5, Reason: null, Failures: 2 };
    expect(shown({ dueAtS: startS + 5, failures: 2 }).Renewal).toEqual(next);
  });

  it.each([
    ['asked for later', startS + 60, startS + 60],
    ['asked for before', startS + 1, startS + 5],
    ['not asked for', null, startS + 5],
  ])('comes not before there is quota, which is %s', (_, probeAtS, NextOn) => {
    const organization = withoutQuota(probeAtS);
    expect(shown({ dueAtS: startS + 5, failures: 1 }, { organization }).Renewal).toMatchObject({
      NextOn,
      Reason: { Code: 'QuotaBlocked' },
      Failures: 1,
    });
  });

  it('does not come for the reason of the policy, or else of the state', () => {
    const off = { ...sampleCode().policy, Enabled: false };
    expect(shown({ policy: off, failures: 3 }).Renewal).toMatchObject({
      NextOn: null,
      Reason: { Code: 'RenewalOff' },
      Failures: 3,
    });
    const failed = { state: 'Failed', reason: { code: 'QuotaRestored' } } as const;
    expect(shown(failed).Renewal).toMatchObject({ NextOn: null, Reason: { Code: 'QuotaRestored' } });
  });
});
