import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocked, type Organization, proven } from './organization.ts';

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
