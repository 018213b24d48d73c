import { describe, expect, it } from 'vitest';
import { randomIds } from '../ids.ts';
import { sampleCode, sampleGeneration } from '../testing/sample-code.ts';
import { startS } from '../testing/world.ts';
import { expiringEvent, leadS } from './expiring.ts';
import { defaultPolicy } from './renewal-policy.ts';

describe('the moment at which a successor is made', () => {
  it.each([
    ['is a lead before the end', 10_000, 1_000, 9_000],
    ['is half of the life before it where the lead is longer', 10_000, 5_001, 5_000],
    ['is half of the life before it where the lead is as long', 10_000, 5_000, 5_000],
    ['is a whole second, rather too early', 9_999, 8_000, 4_999],
  ])('%s', (_, lifeS, leadTimeS, atS) => {
    expect(leadS(sampleGeneration({ expiresAtS: startS + lifeS }), leadTimeS)).toBe(startS + atS);
  });
});

describe('the reason why a code is left alone', () => {
  const policy = { ...defaultPolicy, Enabled: false };
  const transient = { code: 'RenewalTransient', facts: { error: 'InternalError', failures: 1 } } as const;

  it.each([
    ['renewals fail', { failures: 1, reason: transient, dueAtS: startS }, 'RenewalTransient'],
    ['upstream refuses', { state: 'Failed', reason: { code: 'AnswerUnusable' } }, 'AnswerUnusable'],
    ['a successor is due and none comes: there is no quota', { dueAtS: startS }, 'QuotaBlocked'],
    ['renewal is switched off', { policy }, 'RenewalOff'],
    ['its policy makes no further one', {}, 'NoSuccessor'],
  ] as const)('is that %s', (_, changes, reason) => {
    const surroundings = { nowMs: () => startS * 1000, ids: randomIds(), random: () => 0.5 };
    const event = expiringEvent(sampleCode(changes), surroundings);
    expect(event).toMatchObject({ type: 'code.expiring', data: { Reason: reason, Generation: 1 } });
  });
});
