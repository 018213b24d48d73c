import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { probePauseS } from '../quota/organization.ts';
import { sampleCode, sampleGeneration } from '../testing/sample-code.ts';
import { dayS, startMs, startS } from '../testing/world.ts';
import {
  failed,
  naturalState,
  notRenewed,
  postponed,
  retryPauseS,
  superseded,
  withGeneration,
} from './transitions.ts';

describe('retryPauseS', () => {
  it('grows from a minute to an hour', () => {
    const pauses = [1, 2, 3, 6, 7, 50].map((failures) => retryPauseS(failures, 365 * dayS, 1));
    expect(pauses).toEqual([60, 120, 240, 1920, 3600, 3600]);
  });

  it('leaves half of it to chance', () => {
    expect([0, 0.5, 1].map((random) => retryPauseS(3, 365 * dayS, random))).toEqual([120, 180, 240]);
  });

  it('comes more often as the end comes near, and goes on after it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: -dayS, max: dayS }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (failures, leftS, random) => {
          const pause = retryPauseS(failures, leftS, random);
          const bound = leftS > 0 ? Math.max(60, leftS / 4) : 3600;
          return pause >= 30 && pause <= Math.ceil(bound);
        },
      ),
    );
  });
});

describe('probePauseS', () => {
  it('grows from a minute to six hours', () => {
    expect([0, 1, 2, 8, 9, 60].map(probePauseS)).toEqual([60, 120, 240, 15_360, 21_600, 21_600]);
  });
});

describe('superseded', () => {
  it('keeps what is dead as it died', () => {
    expect(superseded(sampleGeneration(), startS).state).toBe('superseded');
    expect(superseded(sampleGeneration({ expiresAtS: startS }), startS).state).toBe('expired');
    for (const state of ['exhausted', 'cancelled', 'expired'] as const) {
      expect(superseded(sampleGeneration({ state }), startS).state).toBe(state);
    }
  });
});

describe('withGeneration', () => {
  const next = sampleGeneration({ number: 2, maxFlowNum: 40 });
  const reason = { code: 'RenewedOnRequest' } as const;

  it('counts, and forgets what went wrong', () => {
    const before = sampleCode({ state: 'Failed', failures: 3, renewRequested: true, held: true });
    expect(withGeneration(before, next, reason, startMs)).toMatchObject({
      state: 'Active',
      current: next,
      generationsMade: 2,
      committed: 140,
      failures: 0,
      renewRequested: false,
      held: false,
      version: before.version + 1,
    });
  });

  it('leaves a paused code paused', () => {
    const before = sampleCode({ state: 'Paused', reason: { code: 'Paused' } });
    expect(withGeneration(before, next, reason, startMs)).toMatchObject({
      state: 'Paused',
      reason: { code: 'Paused' },
      dueAtS: null,
    });
  });
});

describe('failed', () => {
  it('says whether the code can still be used', () => {
    const reasonIn = (code = sampleCode()) => failed(code, 'X', startMs).reason.code;
    expect(reasonIn()).toBe('RefusedForGood');
    expect(reasonIn(sampleCode({ current: sampleGeneration({ state: 'exhausted' }) }))).toBe(
      'RefusedForGoodAndDead',
    );
    expect(reasonIn(sampleCode({ current: null }))).toBe('RefusedForGoodAndDead');
  });

  it('leaves a paused code paused', () => {
    const paused = sampleCode({ state: 'Paused', reason: { code: 'Paused' } });
    expect(failed(paused, 'X', startMs)).toMatchObject({
      state: 'Paused',
      reason: { code: 'Paused' },
      dueAtS: null,
    });
    expect(postponed(paused, { code: 'RenewalOutcomeUnknown' }, startMs, 0)).toMatchObject({ dueAtS: null });
  });
});

describe('notRenewed', () => {
  it('no longer says that a successor is due', () => {
    const current = sampleGeneration({ state: 'expired' });
    const code = sampleCode({ state: 'Expired', reason: { code: 'ExpiredSuccessorDue' }, current });
    expect(notRenewed(code, null, startMs).reason.code).toBe('Expired');
    expect(notRenewed(code, startS + 60, startMs).reason.code).toBe('ExpiredSuccessorDue');
  });
});

describe('naturalState', () => {
  it('follows from the newest generation', () => {
    const stateOf = (current: ReturnType<typeof sampleGeneration> | null, nowS = startS) =>
      naturalState(sampleCode({ current }), nowS)?.state;
    expect(stateOf(sampleGeneration())).toBe('Active');
    expect(stateOf(sampleGeneration(), startS + 30 * dayS)).toBe('Expired');
    expect(stateOf(sampleGeneration({ state: 'exhausted' }))).toBe('Exhausted');
    expect(stateOf(sampleGeneration({ state: 'cancelled' }))).toBe('Expired');
    expect(stateOf(null)).toBeUndefined();
  });
});
