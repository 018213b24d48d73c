import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocked, hinted, mayBeStraggler, type Organization, proven } from './organization.ts';

const nowS = 1_800_000_000;

/** Never short of quota. */
const fresh: Organization = {
  appId: 'app',
  organization: 'org',
  quotaState: 'ok',
  sinceS: nowS - 9,
  reason: { code: 'QuotaRestored' },
  probeAtS: null,
  probeFailures: 0,
  failedAtS: null,
  provenAtS: null,
};

const reason = { code: 'QuotaBlocked' } as const;
const refused = (before: Organization, atS: number, isProbe = false) =>
  blocked(before, { atS, reason, isProbe }, atS);

describe('an organisation without quota', () => {
  it('is asked for again after a minute, however many refusals come with the first', () => {
    let state = refused(fresh, nowS);
    for (let refusal = 0; refusal < 31; refusal += 1) state = refused(state, nowS + 1);
    expect(state).toMatchObject({
      quotaState: 'blocked',
      sinceS: nowS,
      probeAtS: nowS + 60,
      probeFailures: 0,
    });
  });

  it('is asked for at growing pauses of six hours at the most', () => {
    let state = refused(fresh, nowS);
    const pauses = Array.from({ length: 12 }, () => {
      state = refused(state, nowS, true);
      return (state.probeAtS ?? 0) - nowS;
    });
    expect(pauses.slice(0, 3)).toEqual([120, 240, 480]);
    expect(pauses.at(-1)).toBe(6 * 3600);
  });

  it('begins anew when it runs out a second time', () => {
    const restored = proven(refused(refused(fresh, nowS), nowS, true), { atS: nowS + 5 }, nowS + 5);
    expect(restored).toMatchObject({ quotaState: 'ok', probeAtS: null });
    expect(refused(restored, nowS + 9)).toMatchObject({
      sinceS: nowS + 9,
      probeAtS: nowS + 69,
    });
  });
});

describe('news of quota that travel out of order', () => {
  const scan = (before: Organization, atS: number, said = '额度不足') =>
    blocked(before, { atS, reason: { code: 'QuotaBlockedByScan', facts: { said } } }, nowS);

  it('do not block again what was proved later to have quota', () => {
    const known = proven(fresh, { atS: nowS + 10 }, nowS);
    expect(scan(known, nowS + 9)).toBe(known);
    expect(scan(known, nowS + 10)).toMatchObject({ quotaState: 'blocked' });
  });

  it('do not unblock by what was charged before the failure, or in its second', () => {
    const known = scan(fresh, nowS + 10);
    expect(proven(known, { atS: nowS + 10 }, nowS)).toMatchObject({ quotaState: 'blocked' });
    expect(proven(known, { atS: nowS + 11 }, nowS)).toMatchObject({ quotaState: 'ok', probeAtS: null });
    expect(proven(known, { atS: nowS + 10, isAnswer: true }, nowS)).toMatchObject({ quotaState: 'ok' });
  });

  it('keep the reason of the latest scan, whatever a probe is told', () => {
    const known = scan(scan(fresh, nowS + 10, 'later'), nowS + 5, 'earlier');
    expect(known.reason).toMatchObject({ facts: { said: 'later' } });
    expect(refused(known, nowS + 20, true)).toMatchObject({ reason: known.reason, failedAtS: nowS + 20 });
  });

  it('have the reason of the later scan, and change nothing where they are older', () => {
    const known = scan(scan(fresh, nowS + 5, 'earlier'), nowS + 10, 'later');
    expect(known).toMatchObject({
      reason: { facts: { said: 'later' } },
      probeFailures: 0,
      failedAtS: nowS + 10,
    });
    expect(scan(known, nowS + 9)).toBe(known);
    expect(refused(fresh, nowS, true)).toMatchObject({ reason: { code: 'QuotaBlocked' }, probeFailures: 0 });
  });

  it('prove quota by an answer of ours in the second of the failure, and by none before it', () => {
    const known = scan(fresh, nowS + 10);
    expect(proven(known, { atS: nowS + 9, isAnswer: true }, nowS)).toMatchObject({ quotaState: 'blocked' });
    expect(proven(known, { atS: nowS + 11 }, nowS + 12)).toMatchObject({
      reason: { code: 'QuotaRestored' },
      sinceS: nowS + 12,
      probeFailures: 0,
      provenAtS: nowS + 11,
    });
  });

  it('are remembered of an organisation that has quota, and no more than that', () => {
    const known = proven(fresh, { atS: nowS + 10 }, nowS);
    expect(known).toEqual({ ...fresh, provenAtS: nowS + 10 });
    expect(proven(known, { atS: nowS + 10 }, nowS)).toBe(known);
    expect(proven(known, { atS: nowS + 5 }, nowS)).toBe(known);
  });

  it('may belong to a block that is over, for half an hour where they do not say when they happened', () => {
    const over = proven(refused(fresh, nowS), { atS: nowS + 100 }, nowS + 100);
    const late = (before: Organization, afterS: number, isUntimed = true) =>
      mayBeStraggler(before, { atS: nowS + 100 + afterS, reason, isUntimed });
    expect(late(over, 1800)).toBe(true);
    expect(late(over, 1801)).toBe(false);
    expect(late(over, 1, false)).toBe(false);
    expect(late(fresh, 1)).toBe(false);
    expect(late(refused(fresh, nowS + 100), 1)).toBe(false);
    expect(mayBeStraggler(over, { atS: nowS + 101, reason })).toBe(false);
  });

  it('have upstream asked at once where they hint at quota, unless it is about to be', () => {
    const known = refused(fresh, nowS);
    expect(hinted(known, nowS + 5)).toEqual({ ...known, probeAtS: nowS + 5 });
    expect(hinted(known, nowS + 60)).toBe(known);
    expect(hinted(fresh, nowS)).toBe(fresh);
  });

  it('lead to the same state in any order', () => {
    const news = fc.array(fc.record({ atS: fc.integer({ min: 0, max: 9 }), lack: fc.boolean() }));
    const shuffled = news.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    const stateAfter = (list: { atS: number; lack: boolean }[]) =>
      list.reduce<Organization>(
        (state, { atS, lack }) => (lack ? scan(state, nowS + atS) : proven(state, { atS: nowS + atS }, nowS)),
        fresh,
      ).quotaState;
    fc.assert(fc.property(shuffled, ([list, other]) => stateAfter(list) === stateAfter(other)));
  });
});
