import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../delivery.ts';
import { healthy } from '../subscriptions/subscription.ts';
import { afterAttempt } from './after-attempt.ts';
import { jitterShare, ladderPauseMs, ladderS, mostRetryAfterS, pacePauseMs, paceS } from './ladder.ts';

const hour = 3_600_000;
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const failed: Outcome = {
  kind: 'failed',
  error: 'Refused',
  status: 500,
  answerCode: null,
  retryAfterS: null,
};

describe('the ladder', () => {
  it('is eleven tries over about three days, each pause at least as long as the one before', () => {
    expect(ladderS).toHaveLength(10);
    expect([...ladderS].sort((a, b) => a - b)).toEqual(ladderS);
    fc.assert(
      fc.property(fc.array(chance, { minLength: 10, maxLength: 10 }), (chances) => {
        const totalMs = chances.reduce(
          (sum, random, index) => sum + (ladderPauseMs(index + 1, random) ?? 0),
          0,
        );
        expect(totalMs).toBeGreaterThan(60 * hour);
        expect(totalMs).toBeLessThan(80 * hour);
      }),
    );
  });

  it('jitters every pause within its share, both ways, and ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), chance, (failures, random) => {
        const pauseMs = ladderPauseMs(failures, random);
        const nominalS = ladderS[failures - 1];
        if (nominalS === undefined) expect(pauseMs).toBeUndefined();
        else
          expect(Math.abs((pauseMs ?? 0) / 1000 - nominalS)).toBeLessThanOrEqual(
            nominalS * jitterShare + 0.001,
          );
      }),
    );
    expect(ladderPauseMs(1, 0)).toBe(4_500);
    expect(ladderPauseMs(1, 0.999_999)).toBe(5_500);
  });

  it('paces a failing subscription by growing pauses that never end', () => {
    expect([...paceS].sort((a, b) => a - b)).toEqual(paceS);
    expect(pacePauseMs(1, 0.5)).toBe(0);
    expect(pacePauseMs(1000, 0.5)).toBe(300_000);
  });

  it('never holds a lone delivery back for longer than its own pause', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), chance, (failures, random) => {
        expect(pacePauseMs(failures, random)).toBeLessThanOrEqual(ladderPauseMs(failures, random) ?? 0);
      }),
    );
  });

  it('ends each delivery in a bounded time, whatever the receiver answers and however it asks to be waited for', () => {
    const answer = fc.oneof(
      fc.constant<Outcome>({ ...failed, error: 'Timeout', status: null }),
      fc.record({
        kind: fc.constant('failed' as const),
        error: fc.constant('Refused' as const),
        status: fc.constantFrom(400, 404, 429, 500, 503),
        answerCode: fc.constant(null),
        retryAfterS: fc.option(fc.nat()),
      }),
    );
    fc.assert(
      fc.property(fc.array(answer, { minLength: 11, maxLength: 11 }), chance, (answers, random) => {
        const beganMs = Date.UTC(2026, 0, 1);
        let nowMs = beganMs;
        let rung = 0;
        let health = healthy;
        for (const outcome of answers) {
          const tried = { type: 'code.created', attempt: rung + 1, rung };
          const after = afterAttempt(tried, outcome, { ...health, state: 'Enabled' }, { nowMs, random });
          health = after.health;
          rung = after.delivery.rung;
          if (after.delivery.state === 'dead') break;
          expect(after.delivery.dueAtMs).toBeGreaterThan(nowMs);
          nowMs = after.delivery.dueAtMs ?? 0;
        }
        expect(rung).toBe(11);
        expect(health.failures).toBe(11);
        expect(nowMs - beganMs).toBeLessThan(80 * hour + 10 * mostRetryAfterS * 1000);
      }),
    );
  });
});

describe('a try', () => {
  const tried = { type: 'code.created', attempt: 1, rung: 0 };
  const moment = { nowMs: Date.UTC(2026, 0, 1), random: 0.5 };
  const failing = { failures: 7, failingSinceMs: moment.nowMs - 1000, notBeforeMs: moment.nowMs + 900_000 };

  it('that succeeds ends every pause', () => {
    const after = afterAttempt(
      tried,
      { kind: 'delivered', status: 200 },
      { ...failing, state: 'Enabled' },
      moment,
    );
    expect(after).toMatchObject({ delivery: { state: 'delivered' }, health: healthy, disable: null });
  });

  it('that fails never shortens a pause that somebody else was asked for', () => {
    const after = afterAttempt(tried, failed, { ...failing, state: 'Enabled' }, moment);
    expect(after.health).toEqual({ ...failing, failures: 8 });
  });

  it('of a test says nothing of the subscription, and is not repeated', () => {
    const test = { ...tried, type: 'test' };
    const after = afterAttempt(test, { ...failed, status: 410 }, { ...failing, state: 'Enabled' }, moment);
    expect(after).toMatchObject({
      delivery: { state: 'dead', reason: { code: 'TestFailed' } },
      disable: null,
    });
    expect(after.health).toEqual(failing);
  });

  it('that fails while its subscription is disabled is the last', () => {
    const after = afterAttempt(tried, failed, { ...healthy, state: 'Disabled' }, moment);
    expect(after.delivery).toMatchObject({ state: 'dead', reason: { code: 'SubscriptionDisabled' } });
  });

  it('is not delayed for others by a Retry-After beside a status that speaks of one event', () => {
    const asked = { ...failed, status: 400, retryAfterS: 600 };
    const after = afterAttempt(tried, asked, { ...healthy, state: 'Enabled' }, moment);
    expect(after.delivery.dueAtMs).toBe(moment.nowMs + 600_000);
    expect(after.health.notBeforeMs).toBe(moment.nowMs);
  });
});
