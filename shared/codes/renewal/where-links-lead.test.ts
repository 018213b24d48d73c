/** Where a link leads as things are, state by state; that a successor which is due is made first is tried on a database. */
import { describe, expect, it } from 'vitest';
import { sampleCode, sampleGeneration } from '../testing/sample-code.ts';
import { dayS, startMs, startS } from '../testing/world.ts';
import { type Followed, followLink, lookAtLink } from './follow-link.ts';
import type { LinkedCode } from './ports.ts';
import { defaultPolicy } from './renewal-policy.ts';

const HttpSignUrl = 'https://example.test/qr-1';
const gate = { name: '三号门' };
const living = sampleGeneration({ urls: { HttpSignUrl } });
const over = sampleGeneration({ state: 'expired', urls: { HttpSignUrl } });
const nameless = sampleGeneration({ urls: { AppSignUrl: 'pages/guide' } });
const off = { ...defaultPolicy, Enabled: false };
const due = startS - 60;

const linked = (changes: Partial<LinkedCode> = {}): LinkedCode => ({
  ...sampleCode({ current: living }),
  isBlocked: false,
  quotaLack: null,
  gate,
  ...changes,
});

/** What the link of such a code is answered with, `passedS` after the generation began. */
async function look(changes: Partial<LinkedCode>, passedS = 0): Promise<Followed> {
  const ports = {
    register: { followed: async () => linked(changes) },
    surroundings: { nowMs: () => startMs + passedS * 1000 },
  };
  return lookAtLink(ports, 'slug');
}

describe('a link leads', () => {
  it.each<[string, Partial<LinkedCode>]>([
    ['to the current generation of a code', {}],
    ['to what lives of a code that upstream refuses a successor', { state: 'Failed' }],
    ['to what lives although renewals wait for quota', { isBlocked: true }],
    ['to a generation that is being replaced', { current: { ...living, state: 'superseded' } }],
  ])('%s', async (_, changes) => {
    expect(await look(changes)).toEqual({ kind: 'leads', link: HttpSignUrl });
  });

  it('until the second in which the generation ends', async () => {
    expect(await look({}, 30 * dayS - 1)).toMatchObject({ kind: 'leads' });
    expect(await look({}, 30 * dayS)).toMatchObject({ kind: 'ended', state: 'Active', gate });
  });
});

describe('who cannot scan now', () => {
  it.each<[string, 'later' | 'ended', Partial<LinkedCode>]>([
    ['a code that is being made', 'later', { state: 'Creating', current: null }],
    [
      'a code that is being made, and will have no successor',
      'later',
      { state: 'Creating', current: null, policy: off },
    ],
    ['a code whose making was never answered', 'ended', { state: 'OutcomeUnknown', current: null }],
    [
      'one whose renewal a person has asked for',
      'later',
      { state: 'OutcomeUnknown', renewRequested: true, current: null, dueAtS: due },
    ],
    ['a code whose successor is due', 'later', { state: 'Exhausted', current: over, dueAtS: due }],
    [
      'a code whose successor waits after a failure',
      'later',
      { state: 'Expired', current: over, dueAtS: startS + 60 },
    ],
    ['a code that waits for nothing', 'ended', { state: 'Expired', current: over, dueAtS: null }],
    [
      'a code whose policy has been switched off',
      'ended',
      { state: 'Expired', current: over, dueAtS: due, policy: off },
    ],
    ['a code that upstream refuses a successor', 'ended', { state: 'Failed', current: over, dueAtS: due }],
    ['a paused code that lives', 'later', { state: 'Paused', policy: off }],
    ['a paused code that would get a successor', 'later', { state: 'Paused', current: over }],
    ['a paused code that would get none', 'ended', { state: 'Paused', current: over, policy: off }],
    ['a cancelled code', 'ended', { state: 'Cancelled', current: { ...living, state: 'cancelled' } }],
    [
      'a cancelled code, whatever else the register holds of it',
      'ended',
      { state: 'Cancelled', dueAtS: due },
    ],
    ['a code without any address for a browser', 'ended', { current: nameless, dueAtS: due }],
  ])('because of %s is told: %s', async (_, kind, changes) => {
    expect(await look(changes)).toEqual({ kind, state: linked(changes).state, gate });
  });

  it.each<[string, 'later' | 'ended', Partial<LinkedCode>]>([
    ['a successor is due', 'later', { current: over, dueAtS: due }],
    ['there will be none', 'ended', { current: over, dueAtS: null }],
  ])('for lack of quota is told so, where %s', async (_, kind, changes) => {
    expect(await look({ ...changes, isBlocked: true })).toEqual({ kind, state: 'QuotaBlocked', gate });
    const exhausted = { ...changes, isBlocked: true, state: 'Exhausted' } as const;
    expect(await look(exhausted)).toMatchObject({ state: 'Exhausted' });
  });

  it('is spared a scan that fails for lack of quota, for a minute', async () => {
    const quotaLack = { sinceS: startS, failedAtS: startS };
    expect(await look({ quotaLack }, 59)).toEqual({ kind: 'later', state: 'QuotaBlocked', gate });
    expect(await look({ quotaLack }, 60)).toMatchObject({ kind: 'leads' });
    expect(await look({ quotaLack, state: 'Failed' }, 59)).toMatchObject({ state: 'QuotaBlocked' });
  });
});

describe('who follows a link', () => {
  /** How often a successor was to be claimed, and what was answered. */
  async function follow(changes: Partial<LinkedCode>) {
    let claims = 0;
    let nowMs = startMs;
    const surroundings = {
      nowMs: () => nowMs,
      ids: { id: () => '', slug: () => '' },
      random: () => 0,
      sleep: async (ms: number) => {
        nowMs += ms;
      },
    };
    const ports = {
      register: {
        followed: async () => linked(changes),
        claimIfDue: async () => {
          claims += 1;
          return undefined;
        },
      },
      surroundings,
      renew: () => Promise.reject(new Error('nothing was claimed')),
    };
    return { followed: await followLink(ports, 'slug', startMs + 3_500), claims };
  }

  const expiring = { ...living, expiresAtS: startS + dayS, createdAtS: startS - 6 * dayS };

  it.each<[string, number, Partial<LinkedCode>]>([
    ['is due now', 1, { current: expiring, dueAtS: startS }],
    ['is due in a second', 0, { current: expiring, dueAtS: startS + 1 }],
    ['is put off', 0, { current: expiring, dueAtS: null }],
    ['waits for quota', 0, { current: expiring, dueAtS: startS, isBlocked: true }],
    ['is not to be, by the policy as it is', 0, { current: expiring, dueAtS: startS, policy: off }],
  ])('asks for the successor that %s: %i times', async (_, times, changes) => {
    const { followed, claims } = await follow(changes);
    expect(claims).toBe(times);
    expect(followed).toEqual({ kind: 'leads', link: HttpSignUrl });
  });
});
