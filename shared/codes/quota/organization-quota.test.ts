import { describe, expect, it } from 'vitest';
import { randomIds } from '../ids.ts';
import { memoryTransaction } from '../testing/memory-transaction.ts';
import type { Organization } from './organization.ts';
import { quotaHinted, quotaLacking, quotaProven, refusedForQuota } from './organization-quota.ts';

const nowS = 1_800_000_000;
const surroundings = { nowMs: () => nowS * 1000, ids: randomIds(), random: () => 0.5 };
const tenant = { appId: 'app', organization: 'org' };
const refusedAt = (atS: number) => refusedForQuota(atS * 1000);

/** It had quota when last heard of. */
const fine: Organization = {
  ...tenant,
  quotaState: 'ok',
  sinceS: nowS - 9_000,
  reason: { code: 'QuotaRestored' },
  probeAtS: null,
  probeFailures: 0,
  failedAtS: null,
  provenAtS: nowS - 100,
};
/** Out of quota for 50 seconds. */
const short: Organization = {
  ...fine,
  quotaState: 'blocked',
  sinceS: nowS - 50,
  reason: { code: 'QuotaBlocked' },
  probeAtS: nowS + 600,
  failedAtS: nowS - 50,
};

const typesOf = ({ events }: ReturnType<typeof memoryTransaction>['written']) =>
  events.map(({ type }) => type);

describe('a refused create', () => {
  it('is a failure of its second, and of no probe unless it was one', () => {
    const reason = { code: 'QuotaBlocked' };
    expect(refusedForQuota(nowS * 1000 + 999)).toEqual({ atS: nowS, reason, isProbe: false });
    expect(refusedForQuota(nowS * 1000, true)).toEqual({ atS: nowS, reason, isProbe: true });
  });
});

describe('news that quota is lacking', () => {
  async function lacking(
    organization: Organization | undefined,
    failure = refusedAt(nowS),
    provenAtS: number | null = null,
  ) {
    const { tx, written } = memoryTransaction(organization ? { organization } : {});
    return { isTrue: await quotaLacking(tx, tenant, failure, surroundings, provenAtS), ...written, written };
  }

  it.each([
    ['had quota', fine, fine.provenAtS],
    ['was never heard of', undefined, null],
  ])('block an organisation that %s, with one event', async (_, before, provenAtS) => {
    const { isTrue, organizations, events } = await lacking(before);
    expect(isTrue).toBe(true);
    expect(organizations).toMatchObject([
      { ...tenant, quotaState: 'blocked', sinceS: nowS, failedAtS: nowS, provenAtS },
    ]);
    expect(events).toMatchObject([
      {
        type: 'quota.exhausted',
        codeId: null,
        ...tenant,
        data: { OrganizationOpenId: 'org', Reason: 'QuotaBlocked' },
        occurredAtS: nowS,
      },
    ]);
  });

  it('are told once for each block', async () => {
    const { isTrue, organizations, events } = await lacking(short);
    expect(isTrue).toBe(true);
    expect(organizations).toMatchObject([{ failedAtS: nowS, sinceS: short.sinceS }]);
    expect(events).toEqual([]);
  });

  it('write nothing where they are no news', async () => {
    const { isTrue, organizations, events } = await lacking(short, refusedAt(nowS - 50));
    expect([isTrue, organizations, events]).toEqual([true, [], []]);
  });

  it.each([
    ['older than', nowS - 101, false],
    ['of the same second as', nowS - 100, true],
    ['newer than', nowS - 99, true],
  ])('that are %s the last sign of quota: true is %s', async (_, atS, expected) => {
    const { isTrue, written } = await lacking(fine, refusedAt(atS));
    expect(isTrue).toBe(expected);
    expect(typesOf(written)).toEqual(expected ? ['quota.exhausted'] : []);
  });

  it('yield to a newer sign of quota that is not in the register yet', async () => {
    const { isTrue, organizations, events } = await lacking(fine, refusedAt(nowS - 30), nowS - 29);
    expect(isTrue).toBe(false);
    expect(organizations).toMatchObject([{ quotaState: 'ok', provenAtS: nowS - 29 }]);
    expect(events).toEqual([]);
  });

  it('hold against an older one', async () => {
    const { isTrue, organizations } = await lacking(fine, refusedAt(nowS - 30), nowS - 31);
    expect(isTrue).toBe(true);
    expect(organizations).toMatchObject([
      { quotaState: 'blocked', failedAtS: nowS - 30, provenAtS: nowS - 31 },
    ]);
  });

  it('that may belong to a block which is over change nothing', async () => {
    const over = { ...fine, sinceS: nowS - 1_800, failedAtS: nowS - 2_000 };
    const untimed = { ...refusedAt(nowS), isUntimed: true };
    const { isTrue, organizations, events } = await lacking(over, untimed);
    expect([isTrue, organizations, events]).toEqual([false, [], []]);
    expect((await lacking({ ...over, sinceS: nowS - 1_801 }, untimed)).isTrue).toBe(true);
  });
});

describe('proof of quota', () => {
  async function proof(organization: Organization | undefined, atS: number, isAnswer = false) {
    const { tx, written } = memoryTransaction(organization ? { organization } : {});
    return { isLifted: await quotaProven(tx, tenant, { atS, isAnswer }, surroundings), ...written };
  }

  it('lifts a block that is older, with one event', async () => {
    const { isLifted, organizations, events } = await proof(short, nowS - 49);
    expect(isLifted).toBe(true);
    expect(organizations).toMatchObject([
      { quotaState: 'ok', sinceS: nowS, probeAtS: null, provenAtS: nowS - 49 },
    ]);
    expect(events).toMatchObject([{ type: 'quota.restored', data: { Reason: 'QuotaRestored' } }]);
  });

  it('of the same second lifts it where upstream has answered a create, not where a message says so', async () => {
    expect((await proof(short, nowS - 50, true)).isLifted).toBe(true);
    expect((await proof(short, nowS - 50)).isLifted).toBe(false);
  });

  it('that is older is kept, and lifts nothing', async () => {
    const { isLifted, organizations, events } = await proof(short, nowS - 60);
    expect(isLifted).toBe(false);
    expect(organizations).toMatchObject([{ quotaState: 'blocked', provenAtS: nowS - 60 }]);
    expect(events).toEqual([]);
  });

  it('that says nothing new is not written', async () => {
    expect(await proof(short, nowS - 100)).toMatchObject({ isLifted: false, organizations: [], events: [] });
  });

  it.each([
    ['has quota', fine],
    ['was never short of it', undefined],
  ])('is nothing to an organisation that %s', async (_, before) => {
    expect(await proof(before, nowS)).toMatchObject({ isLifted: false, organizations: [], events: [] });
  });
});

describe('a hint that there may be quota', () => {
  async function hint(organization?: Organization) {
    const { tx, written } = memoryTransaction(organization ? { organization } : {});
    await quotaHinted(tx, tenant, surroundings);
    return written;
  }

  it('has upstream asked now, and lifts no block', async () => {
    const { organizations, events } = await hint(short);
    expect(organizations).toEqual([{ ...short, probeAtS: nowS }]);
    expect(events).toEqual([]);
  });

  it.each([
    ['it is about to be asked', { ...short, probeAtS: nowS }],
    ['it is overdue to be asked', { ...short, probeAtS: nowS - 5 }],
    ['there is quota', fine],
    ['the organisation was never short of it', undefined],
  ])('changes nothing where %s', async (_, before) => {
    expect((await hint(before)).organizations).toEqual([]);
  });
});
