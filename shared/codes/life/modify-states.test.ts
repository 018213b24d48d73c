import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../world.ts';
import type { Code, StoredState } from '../code.ts';
import { randomIds } from '../ids.ts';
import type { RegisterTransaction } from '../ports.ts';
import type { Organization } from '../quota/organization.ts';
import { memoryTransaction } from '../testing/memory-transaction.ts';
import { sampleCode, sampleGeneration } from '../testing/sample-code.ts';
import { unasked, unaskedRegister } from '../testing/unasked.ts';
import { dayS, startMs, startS } from '../testing/world.ts';
import { type ModifyCommand, modifyCode } from './modify-code.ts';

const surroundings = { nowMs: () => startMs, ids: randomIds(), random: () => 0.5 };

const organizationWith = (quotaState: Organization['quotaState']): Organization => ({
  ...{ appId: 'app', organization: 'org-a', quotaState, sinceS: startS - 60 },
  ...{ reason: { code: 'QuotaBlocked' }, probeAtS: startS + 600, probeFailures: 3 },
  ...{ failedAtS: startS - 60, provenAtS: null },
});

/** What becomes of a code that is changed so, and what is written. */
async function modify(changes: Partial<Code>, command: Partial<ModifyCommand>, organization?: Organization) {
  const code = sampleCode(changes);
  const { tx, written } = memoryTransaction({ code, ...(organization && { organization }) });
  const audits: AuditEntry[] = [];
  const whole: RegisterTransaction = {
    ...tx,
    lockCodeOf: async () => ({ code, leaseToken: '0', leased: false }),
    audit: async (entry) => void audits.push(entry),
    lockToCancel: unasked,
    beginCancel: unasked,
    leaseCancel: unasked,
  };
  const register = {
    ...unaskedRegister,
    transaction: (work: (tx: typeof whole) => Promise<never>) => work(whole),
  };
  const key = { by: 'CodeId', value: 'code' } as const;
  const asked = { key, scope: null, version: code.version, actor: 'key:test', ...command };
  const after = await modifyCode({ register, surroundings }, asked);
  const events = written.events.map(({ type }) => type);
  return { after, events, written, reason: audits.map(({ reason }) => reason).join() };
}

const expired = sampleGeneration({ state: 'expired', expiresAtS: startS - 1 });

describe('a pause', () => {
  it.each<StoredState>(['Active', 'Exhausted', 'Expired', 'Failed'])(
    'can begin where a code is %s',
    async (state) => {
      const before = { state, renewRequested: true, failures: 3, dueAtS: startS };
      const { after, events } = await modify(before, { operation: 'Pause' });
      expect(after).toMatchObject({
        ...{ state: 'Paused', reason: { code: 'Paused' }, dueAtS: null, version: 3 },
        ...{ renewRequested: false, failures: 0 },
      });
      expect(events).toEqual(['code.paused']);
    },
  );

  it.each<StoredState>(['Creating', 'OutcomeUnknown', 'Cancelled'])(
    'cannot where it is %s',
    async (state) => {
      await expect(modify({ state }, { operation: 'Pause' })).rejects.toMatchObject({
        code: 'StateConflict',
        detail: { en: `A code that is ${state} cannot be paused`, zh: `状态为 ${state} 的签署码不能暂停` },
      });
    },
  );

  it('that is asked for again goes on, and is told once', async () => {
    const before = { state: 'Paused', reason: { code: 'QuotaRestored' } } as const;
    const { after, events } = await modify(before, { operation: 'Pause' });
    expect(after).toMatchObject(before);
    expect(events).toEqual([]);
  });
});

describe('a code that is resumed', () => {
  it.each([
    ['Active', sampleGeneration(), startS + 29 * dayS],
    ['Expired', expired, startS],
    ['Exhausted', sampleGeneration({ state: 'exhausted' }), startS],
  ] as const)('is %s, as its newest generation says', async (state, current, dueAtS) => {
    const { after, events } = await modify({ state: 'Paused', current }, { operation: 'Resume' });
    expect(after).toMatchObject({ state, reason: { code: 'Resumed' }, dueAtS });
    expect(events).toEqual(['code.resumed']);
  });

  it('has a generation', async () => {
    const resumed = modify({ state: 'Paused', current: null }, { operation: 'Resume' });
    await expect(resumed).rejects.toMatchObject({
      code: 'StateConflict',
      detail: { en: 'It has no generation', zh: '尚无任何一代' },
    });
  });

  it('was paused', async () => {
    await expect(modify({}, { operation: 'Resume' })).rejects.toMatchObject({
      detail: { en: 'It is Active: only a paused code can be resumed' },
    });
  });
});

describe('a renewal that a person asks for', () => {
  it.each<StoredState>(['Active', 'Exhausted', 'Expired', 'Failed', 'OutcomeUnknown'])(
    'is due at once where a code is %s',
    async (state) => {
      const before = { state, failures: 3, held: true };
      const { after, events } = await modify(before, { operation: 'RenewNow' });
      expect(after).toMatchObject({
        ...{ state, reason: { code: 'RenewalRequested' }, dueAtS: startS },
        ...{ renewRequested: true, failures: 0, held: false },
      });
      expect(events).toEqual([]);
    },
  );

  it.each<StoredState>(['Creating', 'Cancelled', 'Paused'])('is refused where it is %s', async (state) => {
    await expect(modify({ state }, { operation: 'RenewNow' })).rejects.toMatchObject({
      code: 'StateConflict',
      detail: { en: `A code that is ${state} cannot be renewed`, zh: `状态为 ${state} 的签署码不能续期` },
    });
  });

  it('lets the quota of the organisation be looked for at once, where it is lacking', async () => {
    const lacking = organizationWith('blocked');
    const { written } = await modify({}, { operation: 'RenewNow' }, lacking);
    expect(written.organizations).toEqual([{ ...lacking, probeAtS: startS }]);
    const others = [
      await modify({}, { operation: 'RenewNow' }, organizationWith('ok')),
      await modify({}, { operation: 'Pause' }, lacking),
    ];
    for (const other of others) expect(other.written.organizations).toEqual([]);
  });
});

describe('a change of a code', () => {
  const waiting = { dueAtS: startS + 1800, held: true, failures: 2 };

  it('of what is said of it does not wake a renewal that waits', async () => {
    const { after } = await modify(waiting, { members: { note: 'by the door' } });
    expect(after).toMatchObject({ ...waiting, note: 'by the door' });
  });

  it('of its policy has its renewal considered afresh', async () => {
    const { after } = await modify(waiting, { policy: { LeadTimeS: 3600 } });
    expect(after).toMatchObject({ dueAtS: startS + 30 * dayS - 3600, held: false });
  });

  it('lets a run that is at work on it go on', async () => {
    expect((await modify({}, { operation: 'Pause' })).written.leases).toEqual(['keep']);
  });

  it('is in the audit trail by the names of what was given, even where it is nothing', async () => {
    const command = { operation: 'Pause', policy: { Enabled: false, LifeS: null } } as const;
    expect((await modify({}, { ...command, members: { labels: [] } })).reason).toBe(
      'Pause, RenewalPolicy.Enabled, RenewalPolicy.LifeS, labels',
    );
    expect((await modify({}, {})).reason).toBe('nothing');
  });

  it('is refused with what is wrong with the policy as it would be', async () => {
    const policy = { ...sampleCode().policy, TotalFlowBudget: 50 };
    const refused = modify({ policy }, { policy: { LeadTimeS: 3600 } });
    await expect(refused).rejects.toMatchObject({
      code: 'InvalidRequest',
      problems: [{ path: 'RenewalPolicy.TotalFlowBudget' }],
    });
  });

  it('says which version is the current one', async () => {
    await expect(modify({ version: 7 }, { version: 6 })).rejects.toMatchObject({
      code: 'VersionConflict',
      detail: { en: expect.stringContaining('is at version 7') },
      members: { Version: 7 },
    });
  });
});
