import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { probePauseS } from '../quota/organization.ts';
import { sampleCode, sampleGeneration } from '../testing/sample-code.ts';
import { dayS, startMs, startS } from '../testing/world.ts';
import {
  cancelled,
  failed,
  naturalState,
  notRenewed,
  outcomeUnknown,
  postponed,
  renewalReason,
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

  it('is a quarter of what is left, and grows as ever where nothing is', () => {
    const pauses = [4000, 200, 1, 0, -1].map((leftS) => retryPauseS(50, leftS, 1));
    expect(pauses).toEqual([1000, 60, 60, 3600, 3600]);
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

describe('renewalReason', () => {
  it('says what made a successor due, and of one that was nearly used up how far', () => {
    const predecessor = sampleGeneration({ used: 95 });
    const reasons = (['asked', 'ended', 'expiry', 'exhaustion'] as const).map((cause) =>
      renewalReason(cause, predecessor, 2),
    );
    expect(reasons).toEqual([
      { code: 'RenewedOnRequest', facts: { number: 2 } },
      { code: 'RenewedAfterEnd', facts: { number: 2 } },
      { code: 'RenewedBeforeExpiry', facts: { number: 2 } },
      { code: 'RenewedBeforeExhaustion', facts: { number: 2, used: 95, max: 100 } },
    ]);
    expect(renewalReason('exhaustion', null, 1)).toMatchObject({ facts: { number: 1, used: 0, max: 0 } });
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
  });
});

describe('postponed', () => {
  const reason = { code: 'RenewalOutcomeUnknown' } as const;

  it('counts the failure, says why and is due again after the pause', () => {
    const before = sampleCode({ failures: 2, dueAtS: startS });
    expect(postponed(before, reason, startMs, 1)).toMatchObject({
      state: 'Active',
      failures: 3,
      reason,
      dueAtS: startS + 240,
      version: before.version + 1,
      updatedAtMs: startMs,
    });
  });

  it('does not outlast the living generation', () => {
    const current = sampleGeneration({ expiresAtS: startS + 480 });
    expect(postponed(sampleCode({ failures: 9, current }), reason, startMs, 1).dueAtS).toBe(startS + 120);
  });

  it('waits as long as failures ask for where nothing lives any more', () => {
    for (const current of [null, sampleGeneration({ expiresAtS: startS })]) {
      expect(postponed(sampleCode({ failures: 9, current }), reason, startMs, 1).dueAtS).toBe(startS + 3600);
    }
  });

  it('leaves a paused code paused, with the failure counted', () => {
    const paused = sampleCode({ state: 'Paused', reason: { code: 'Paused' }, dueAtS: startS });
    expect(postponed(paused, reason, startMs, 0)).toMatchObject({
      state: 'Paused',
      failures: 1,
      reason: { code: 'Paused' },
      dueAtS: null,
    });
  });
});

describe('what ends all tries', () => {
  const waiting = { dueAtS: startS, held: true, renewRequested: true };
  const ended = { dueAtS: null, held: false, renewRequested: false };

  it('is a refusal for good, with the code of upstream', () => {
    expect(failed(sampleCode(waiting), 'OperationDenied', startMs)).toMatchObject({
      ...ended,
      state: 'Failed',
      reason: { code: 'RefusedForGood', facts: { error: 'OperationDenied' } },
    });
    const paused = sampleCode({ ...waiting, state: 'Paused', reason: { code: 'Paused' } });
    expect(failed(paused, 'OperationDenied', startMs)).toMatchObject({ ...ended, state: 'Paused' });
  });

  it('is a person who cancels', () => {
    const before = sampleCode({ ...waiting, sealed: 'sealed:names of people' });
    expect(cancelled(before, startMs)).toMatchObject({
      ...ended,
      sealed: null,
      state: 'Cancelled',
      reason: { code: 'Cancelled' },
      version: before.version + 1,
    });
  });

  it('is a create whose outcome is not known, until its code would have ended', () => {
    const creating = sampleCode({ state: 'Creating', reason: { code: 'Creating' }, dueAtS: startS });
    expect(outcomeUnknown(creating, startMs + 5000)).toMatchObject({
      state: 'OutcomeUnknown',
      reason: { code: 'CreateOutcomeUnknown', facts: { until: startS + 30 * dayS } },
      dueAtS: null,
      updatedAtMs: startMs + 5000,
    });
  });
});

describe('notRenewed', () => {
  it('no longer says that a successor is due', () => {
    const current = sampleGeneration({ state: 'expired' });
    const code = sampleCode({ state: 'Expired', reason: { code: 'ExpiredSuccessorDue' }, current });
    expect(notRenewed(code, null, startMs).reason.code).toBe('Expired');
    expect(notRenewed(code, startS + 60, startMs).reason.code).toBe('ExpiredSuccessorDue');
  });

  it('is due when it says, is not held, and has its wish for a successor answered', () => {
    const code = sampleCode({ held: true, renewRequested: true });
    expect(notRenewed(code, startS + 60, startMs)).toMatchObject({
      dueAtS: startS + 60,
      held: false,
      renewRequested: false,
    });
  });

  it.each([
    ['that is alive', sampleCode({ reason: { code: 'RenewedOnRequest' } })],
    [
      'whose state is not that of its generation',
      sampleCode({ state: 'Failed', reason: { code: 'RefusedForGood' } }),
    ],
    ['without a generation', sampleCode({ state: 'Expired', reason: { code: 'Expired' }, current: null })],
  ])('keeps the reason of a code %s', (_, code) => {
    expect(notRenewed(code, null, startMs).reason).toEqual(code.reason);
  });
});

describe('naturalState', () => {
  it('follows from the newest generation', () => {
    const stateOf = (current: ReturnType<typeof sampleGeneration> | null, nowS = startS) =>
      naturalState(sampleCode({ current }), nowS);
    const [exhausted, expired] = (['Exhausted', 'Expired'] as const).map((state) => ({
      state,
      reason: { code: state },
    }));
    const endS = startS + 30 * dayS;
    expect(stateOf(sampleGeneration(), endS - 1)).toEqual({ state: 'Active', reason: { code: 'Resumed' } });
    expect(stateOf(sampleGeneration(), endS)).toEqual(expired);
    expect(stateOf(sampleGeneration({ state: 'exhausted' }), endS)).toEqual(exhausted);
    expect(stateOf(sampleGeneration({ state: 'cancelled' }))).toEqual(expired);
    expect(stateOf(null)).toBeUndefined();
  });
});
