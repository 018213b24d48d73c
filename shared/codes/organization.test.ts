import { describe, expect, it } from 'vitest';
import { blocked, unblocked } from './organization.ts';

const tenant = { appId: 'app', organization: 'org' };
const nowS = 1_800_000_000;

describe('an organisation without quota', () => {
  it('is asked for again after a minute, however many refusals come with the first', () => {
    let state = blocked(undefined, tenant, nowS, false);
    for (let refusal = 0; refusal < 31; refusal += 1) state = blocked(state, tenant, nowS + 1, false);
    expect(state).toMatchObject({
      quotaState: 'blocked',
      sinceS: nowS,
      probeAtS: nowS + 60,
      probeFailures: 0,
    });
  });

  it('is asked for at growing pauses of six hours at the most', () => {
    let state = blocked(undefined, tenant, nowS, false);
    const pauses = Array.from({ length: 12 }, () => {
      state = blocked(state, tenant, nowS, true);
      return (state.probeAtS ?? 0) - nowS;
    });
    expect(pauses.slice(0, 3)).toEqual([120, 240, 480]);
    expect(pauses.at(-1)).toBe(6 * 3600);
  });

  it('begins anew when it runs out a second time', () => {
    const restored = unblocked(
      blocked(blocked(undefined, tenant, nowS, false), tenant, nowS, true),
      nowS + 5,
    );
    expect(restored).toMatchObject({ quotaState: 'ok', probeAtS: null });
    expect(blocked(restored, tenant, nowS + 9, false)).toMatchObject({
      sinceS: nowS + 9,
      probeAtS: nowS + 69,
    });
  });
});
