import { beforeEach, describe, expect, it } from 'vitest';
import type { Code } from '../code.ts';
import { codeSuite } from '../testing/code-suite.ts';
import { scopeOf } from '../testing/sample-code.ts';
import { createWorld, dayS, requestOf, startS } from '../testing/world.ts';
import { cancelCode } from './cancel-code.ts';
import { type ModifyCommand, modifyCode } from './modify-code.ts';

const { test, world } = codeSuite();
let code: Code;
beforeEach(async () => {
  code = (await world.create()).code;
});

async function modify(changes: Partial<ModifyCommand>): Promise<Code> {
  const { version } = (await world.record(code.codeId)).code;
  const key = { by: 'CodeId', value: code.codeId } as const;
  return modifyCode(world.ports, { key, scope: null, version, actor: 'key:test', ...changes });
}

describe('modifyCode', () => {
  it('changes what is given and leaves the rest', async () => {
    await modify({ members: { note: 'by the door', labels: ['a', 'b'] } });
    const changed = await modify({
      members: { externalId: 'shop-1', note: null },
      policy: { LeadTimeS: 3600 },
    });
    expect(changed).toMatchObject({
      note: null,
      labels: ['a', 'b'],
      externalId: 'shop-1',
      version: code.version + 2,
      dueAtS: startS + 7 * dayS - 3600,
    });
    expect(changed.policy).toEqual({ ...code.policy, LeadTimeS: 3600 });
    expect((await world.record(code.codeId)).code).toEqual(changed);
  });

  it('gives a member of the policy its default back with null', async () => {
    await modify({ policy: { LeadTimeS: 3600, Predecessor: 'cancel' } });
    expect((await modify({ policy: { LeadTimeS: null } })).policy).toEqual({
      ...code.policy,
      Predecessor: 'cancel',
    });
  });

  it('refuses a version that is not the current one, and tells that one', async () => {
    await modify({ members: { note: 'first' } });
    await expect(modify({ version: code.version, members: { note: 'second' } })).rejects.toMatchObject({
      code: 'VersionConflict',
      members: { Version: code.version + 1 },
    });
  });

  it('lets one of two changes at once through', async () => {
    const other = await test.connect();
    const register = createWorld(other).register;
    const command = {
      key: { by: 'CodeId', value: code.codeId },
      scope: null,
      version: code.version,
    } as const;
    const outcomes = await Promise.allSettled([
      modifyCode(world.ports, { ...command, actor: 'a', members: { note: 'a' } }),
      modifyCode({ ...world.ports, register }, { ...command, actor: 'b', members: { note: 'b' } }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('names every problem at once and changes nothing', async () => {
    const attempt = modify({
      members: { externalId: 'x'.repeat(129), labels: [' '] },
      policy: { EndsOn: startS - 1 },
    });
    await expect(attempt).rejects.toMatchObject({
      code: 'InvalidRequest',
      problems: [{ path: 'RenewalPolicy.EndsOn' }, { path: 'ExternalId' }, { path: 'Labels.0' }],
    });
    expect((await world.record(code.codeId)).code).toEqual(code);
  });

  it("answers for somebody else's code as for none", async () => {
    const theirs = (await world.create(requestOf('org-b'))).code;
    const key = { by: 'CodeId', value: theirs.codeId } as const;
    await expect(modify({ key, scope: scopeOf('org-a') })).rejects.toMatchObject({ code: 'NotFound' });
  });

  it('writes who changed what, and no texts', async () => {
    await modify({
      members: { note: 'secret of the house' },
      policy: { Enabled: false },
      operation: 'Pause',
    });
    const { rows } = await test.db.query(
      "select actor, subject, reason from audit where action = 'code.modified'",
    );
    expect(rows).toEqual([
      { actor: 'key:test', subject: code.codeId, reason: 'Pause, RenewalPolicy.Enabled, note' },
    ]);
  });
});

describe('a pause', () => {
  it('keeps the timer away, and resuming brings it back', async () => {
    expect(await modify({ operation: 'Pause' })).toMatchObject({ state: 'Paused', dueAtS: null });
    world.passS(8 * dayS);
    expect(await world.tick()).toMatchObject({ renewed: 0, expired: 1 });
    expect((await world.record(code.codeId)).code.state).toBe('Paused');
    expect(await modify({ operation: 'Resume' })).toMatchObject({
      state: 'Expired',
      dueAtS: startS + 8 * dayS,
    });
    expect(await world.tick()).toMatchObject({ renewed: 1 });
    expect((await world.events()).sort()).toEqual([
      'code.created',
      'code.paused',
      'code.renewed',
      'code.resumed',
    ]);
  });

  it('resumed in time finds the code as it was', async () => {
    await modify({ operation: 'Pause' });
    expect(await modify({ operation: 'Resume' })).toMatchObject({ state: 'Active', dueAtS: code.dueAtS });
  });

  it('that comes while a renewal is on its way stays', async () => {
    world.passS(6 * dayS);
    world.fake.hooks.beforeAnswer = async () => {
      await modify({ operation: 'Pause' });
    };
    expect(await world.tick()).toMatchObject({ renewed: 1 });
    expect((await world.record(code.codeId)).code).toMatchObject({
      state: 'Paused',
      generationsMade: 2,
      dueAtS: null,
      reason: { code: 'Paused' },
    });
  });

  it('is refused for a code that has ended, and resuming for one that runs', async () => {
    await expect(modify({ operation: 'Resume' })).rejects.toMatchObject({ code: 'StateConflict' });
    const key = { by: 'CodeId', value: code.codeId } as const;
    await cancelCode(world.ports, { key, scope: null, actor: 'key:test' }, world.clock.ms + 9000);
    for (const operation of ['Pause', 'Resume', 'RenewNow'] as const) {
      await expect(modify({ operation })).rejects.toMatchObject({ code: 'StateConflict' });
    }
  });
});

describe('RenewNow', () => {
  it('makes a successor at the next run, even where renewal is off', async () => {
    await modify({ policy: { Enabled: false }, operation: 'RenewNow' });
    expect(await world.tick()).toMatchObject({ renewed: 1 });
    expect((await world.record(code.codeId)).code).toMatchObject({
      reason: { code: 'RenewedOnRequest' },
      renewRequested: false,
      dueAtS: null,
    });
    expect(await world.tick()).toMatchObject({ renewed: 0 });
  });

  it('brings a failed code back', async () => {
    world.passS(6 * dayS);
    world.fake.faults.push({ refuse: 'ResourceNotFound.Template' });
    await world.tick();
    expect(await modify({ operation: 'RenewNow' })).toMatchObject({ state: 'Failed', renewRequested: true });
    expect(await world.tick()).toMatchObject({ renewed: 1 });
    expect((await world.record(code.codeId)).code.state).toBe('Active');
  });

  it('brings a code back whose first create was never answered', async () => {
    world.fake.faults.push('lost-answer');
    const error = await world.create().catch((thrown: unknown) => thrown);
    const codeId = (error as { members: { CodeId: string } }).members.CodeId; // what the create promises
    const { version } = (await world.record(codeId)).code;
    await modify({ key: { by: 'CodeId', value: codeId }, version, operation: 'RenewNow' });
    expect(await world.tick()).toMatchObject({ renewed: 1 });
    expect(await world.record(codeId)).toMatchObject({
      possibleOrphans: 1,
      code: { state: 'Active', generationsMade: 1 },
    });
  });

  it('is refused where the policy allows no successor, with the reason', async () => {
    await modify({ policy: { MaxGenerations: 1 } });
    await expect(modify({ operation: 'RenewNow' })).rejects.toMatchObject({
      code: 'StateConflict',
      detail: expect.objectContaining({ en: 'The limit of generations in the policy is reached: 1' }),
    });
  });

  it('asks upstream at once whether an organisation has quota again', async () => {
    world.fake.withoutQuota.add('org-a');
    world.passS(6 * dayS);
    await world.tick();
    world.fake.withoutQuota.clear();
    expect(await world.tick()).toMatchObject({ renewed: 0 });
    await modify({ operation: 'RenewNow' });
    expect(await world.tick()).toMatchObject({ renewed: 1 });
  });
});

describe('counting what was used', () => {
  const qrCodeId = () => code.current?.qrCodeId ?? '';

  it('counts, and shows no change to people', async () => {
    await world.receiver.charge(qrCodeId(), 3);
    expect((await world.record(code.codeId)).code.current?.used).toBe(3);
    expect((await world.record(code.codeId)).code.version).toBe(code.version);
  });

  it('counts each of many at once', async () => {
    const others = await Promise.all(Array.from({ length: 4 }, () => test.connect()));
    await Promise.all(others.map((db) => createWorld(db).receiver.charge(qrCodeId(), 2)));
    expect((await world.record(code.codeId)).code.current?.used).toBe(8);
  });

  it('ends a code that is used up, until its successor is there', async () => {
    await world.receiver.charge(qrCodeId(), 10);
    expect((await world.record(code.codeId)).code).toMatchObject({
      state: 'Exhausted',
      reason: { code: 'ExhaustedSuccessorDue' },
    });
    expect(await world.tick()).toMatchObject({ renewed: 1 });
    const { code: after, generations } = await world.record(code.codeId);
    expect(after.state).toBe('Active');
    expect(generations.map(({ state }) => state)).toEqual(['live', 'exhausted']);
    expect((await world.events()).sort()).toEqual([
      'code.created',
      'code.exhausted',
      'code.renewed',
      ...Array.from({ length: 3 }, () => 'code.usage_threshold'),
    ]);
  });

  it('ends it for good where there is no successor', async () => {
    await modify({ policy: { Enabled: false } });
    await world.receiver.charge(qrCodeId(), 11);
    expect((await world.record(code.codeId)).code).toMatchObject({
      state: 'Exhausted',
      reason: { code: 'Exhausted' },
    });
    expect(await world.tick()).toMatchObject({ renewed: 0 });
    await modify({ policy: { Enabled: true } });
    expect(await world.tick()).toMatchObject({ renewed: 1 });
  });

  it('does not wake a renewal that waits after a failure', async () => {
    await world.receiver.charge(qrCodeId(), 9);
    world.fake.faults.push('unreachable');
    await world.tick();
    const { dueAtS } = (await world.record(code.codeId)).code;
    await world.receiver.charge(qrCodeId(), 1);
    expect((await world.record(code.codeId)).code.dueAtS).toBe(dueAtS);
  });
});
