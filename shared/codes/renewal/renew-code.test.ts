import { describe, expect, it } from 'vitest';
import { Failure } from '../../errors.ts';
import type { CreateRequest } from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { untranslated } from '../../text.ts';
import { codeSuite } from '../testing/code-suite.ts';
import { createRequest, dayS, startS } from '../testing/world.ts';
import { runRenewals } from './run-renewals.ts';

const { test, world } = codeSuite();

describe('a renewal', () => {
  it('does not come before it is due', async () => {
    await world.createId();
    world.passS(6 * dayS - 1);
    expect(await world.tick()).toMatchObject({ renewed: 0, idle: 0, ended: 'done' });
  });

  it('comes a lead before the end, and leaves the predecessor to die', async () => {
    const codeId = await world.createId();
    world.passS(6 * dayS);
    expect(await world.tick()).toMatchObject({ renewed: 1 });
    const { code, generations } = await world.record(codeId);
    expect(code).toMatchObject({
      state: 'Active',
      generationsMade: 2,
      committed: 20,
      dueAtS: startS + 12 * dayS,
      reason: { code: 'RenewedBeforeExpiry', facts: { number: 2 } },
    });
    expect(generations.map(({ number, state }) => [number, state])).toEqual([
      [2, 'live'],
      [1, 'superseded'],
    ]);
    expect(world.fake.alive()).toHaveLength(2);
    expect(await world.events()).toEqual(['code.created', 'code.renewed']);

    world.passS(dayS);
    expect(await world.tick()).toMatchObject({ expired: 1, renewed: 0 });
    expect((await world.record(codeId)).generations[1]?.state).toBe('expired');
    expect((await world.record(codeId)).code.state).toBe('Active');
  });

  it('cancels the predecessor where the policy says so, and only when the successor is there', async () => {
    const codeId = await world.createId(createRequest(), { policy: { Predecessor: 'cancel' } });
    world.passS(6 * dayS);
    world.fake.hooks.beforeAnswer = async () => expect(world.fake.alive().length).toBeGreaterThanOrEqual(1);
    await world.tick();
    expect(world.fake.alive()).toHaveLength(2);
    expect(await world.tick()).toMatchObject({ cancelled: 1 });
    expect(world.fake.alive()).toHaveLength(1);
    expect((await world.record(codeId)).generations[1]?.state).toBe('cancelled');
  });

  it('cancels no predecessor that is dead', async () => {
    await world.createId(createRequest(), { policy: { Predecessor: 'cancel' } });
    world.passS(7 * dayS);
    expect(await world.tick()).toMatchObject({ renewed: 1 });
    expect((await world.journal()).map(({ kind }) => kind)).toEqual(['create', 'create']);
  });

  it('asks for what the first create asked for, with an end of its own', async () => {
    const Restrictions = [{ Name: '张三', Mobile: '13000000000' }];
    await world.createId(
      createRequest({ Restrictions, QrEffectiveDay: 7, FlowNameAppendScannerInfo: true }),
      {
        policy: { MaxFlowNum: 30, LifeS: 2 * dayS },
      },
    );
    world.passS(6 * dayS);
    await world.tick();
    const [first, second] = world.fake.calls.map(({ request }) => request);
    const { QrEffectiveDay: _, ...same } = first as typeof first & { QrEffectiveDay?: number };
    expect(second).toEqual({
      ...same,
      CallbackUrl: expect.stringMatching(/\.2$/),
      MaxFlowNum: 30,
      QrCodeExpiredOn: startS + 8 * dayS,
    });
  });

  it('has notifications sent to the address of its generation, unless a person gave another', async () => {
    const { code } = await world.create();
    await world.create(createRequest({ CallbackUrl: 'https://example.org/mine' }));
    world.passS(6 * dayS);
    await world.tick();
    const addresses = world.fake.calls.map(({ request }) => (request as CreateRequest).CallbackUrl); // no cancel is among them
    const ours = `${world.ports.callbackBaseUrl}/${code.callbackToken}`;
    const mine = 'https://example.org/mine';
    expect(addresses.sort()).toEqual([`${ours}.1`, `${ours}.2`, mine, mine]);
  });

  it('comes at the threshold of contracts', async () => {
    const { code } = await world.create();
    const qrCodeId = code.current?.qrCodeId ?? '';
    await world.receiver.charge(qrCodeId, 8);
    expect(await world.tick()).toMatchObject({ renewed: 0 });
    await world.receiver.charge(qrCodeId, 1);
    expect(await world.tick()).toMatchObject({ renewed: 1 });
    expect((await world.record(code.codeId)).code.reason).toEqual({
      code: 'RenewedBeforeExhaustion',
      facts: { number: 2, used: 9, max: 10 },
    });
  });

  it('comes late rather than never, when no timer ran for days', async () => {
    const codeId = await world.createId();
    world.passS(30 * dayS);
    expect(await world.tick()).toMatchObject({ expired: 1, renewed: 1 });
    const { code, generations } = await world.record(codeId);
    expect(code).toMatchObject({ state: 'Active', reason: { code: 'RenewedAfterEnd' } });
    expect(generations.map(({ state }) => state)).toEqual(['live', 'expired']);
  });

  it('stays away when it is switched off, and the code expires with a reason', async () => {
    const codeId = await world.createId(createRequest(), { policy: { Enabled: false } });
    world.passS(7 * dayS);
    expect(await world.tick()).toMatchObject({ expired: 1, renewed: 0 });
    const { code } = await world.record(codeId);
    expect(code).toMatchObject({ state: 'Expired', reason: { code: 'Expired' }, dueAtS: null });
    expect((await world.events()).sort()).toEqual(['code.created', 'code.expired']);
  });

  it('ends with the generations, the budget or the day that the policy sets', async () => {
    const generations = await world.createId(createRequest(), { policy: { MaxGenerations: 2 } });
    const budget = await world.createId(createRequest(), { policy: { TotalFlowBudget: 25 } });
    const day = await world.createId(createRequest(), { policy: { EndsOn: startS + 9 * dayS } });
    for (let run = 0; run < 40; run++) {
      world.passS(dayS);
      await world.tick();
    }
    const made = async (codeId: string) =>
      (await world.record(codeId)).generations.map((one) => one.maxFlowNum);
    expect(await made(generations)).toEqual([10, 10]);
    expect(await made(budget)).toEqual([5, 10, 10]);
    const last = (await world.record(day)).generations;
    expect(last.map(({ expiresAtS }) => expiresAtS)).toEqual([startS + 9 * dayS, startS + 7 * dayS]);
    for (const codeId of [generations, budget, day]) {
      expect((await world.record(codeId)).code).toMatchObject({ state: 'Expired', dueAtS: null });
    }
  });

  it('fails for good on a permanent refusal, and says that the code still works', async () => {
    const codeId = await world.createId();
    world.passS(6 * dayS);
    world.fake.faults.push({ refuse: 'ResourceNotFound.Template' });
    expect(await world.tick()).toMatchObject({ failed: 1 });
    expect((await world.record(codeId)).code).toMatchObject({
      state: 'Failed',
      dueAtS: null,
      reason: { code: 'RefusedForGood', facts: { error: 'ResourceNotFound.Template' } },
    });
    expect(await world.tick()).toMatchObject({ failed: 0 });
    expect(await world.events()).toContain('code.renewal_failed');
  });

  it('is tried again after growing pauses when the trouble may pass', async () => {
    const codeId = await world.createId();
    world.passS(6 * dayS);
    const pauses: number[] = [];
    for (const fault of [
      'unreachable',
      { refuse: 'InternalError' },
      { refuse: 'FailedOperation' },
    ] as const) {
      world.fake.faults.push(fault);
      expect(await world.tick()).toMatchObject({ retrying: 1, renewed: 0 });
      const { dueAtS } = (await world.record(codeId)).code;
      pauses.push((dueAtS ?? 0) - world.clock.ms / 1000);
      expect(await world.tick()).toMatchObject({ retrying: 0, renewed: 0 });
      world.passS(pauses.at(-1) ?? 0);
    }
    expect(pauses).toEqual([45, 90, 180]);
    expect((await world.record(codeId)).code.reason).toMatchObject({
      facts: { error: 'FailedOperation', failures: 3 },
    });
    expect(await world.tick()).toMatchObject({ renewed: 1 });
    expect((await world.record(codeId)).code).toMatchObject({ state: 'Active', failures: 0 });
  });

  it('waits for the next run, and no longer, when upstream says that it is too fast', async () => {
    const codeId = await world.createId();
    world.passS(6 * dayS);
    world.fake.faults.push({ refuse: 'RequestLimitExceeded' });
    const report = await world.tick();
    expect(report.paced).toBe(1);
    expect(report.renewed + (await world.tick()).renewed).toBe(1);
    expect((await world.record(codeId)).code.failures).toBe(0);
  });

  it('makes nobody Failed because of a wrong key of the deployment', async () => {
    const ids = await world.createMany(3);
    world.passS(6 * dayS);
    for (const _ of ids) world.fake.faults.push({ refuse: 'AuthFailure.SignatureFailure' });
    expect(await world.tick()).toMatchObject({ retrying: 3, failed: 0 });
    for (const codeId of ids) expect((await world.record(codeId)).code.state).toBe('Active');
  });

  it('stops asking when nothing succeeds any more', async () => {
    await world.createMany(30);
    world.passS(6 * dayS);
    world.fake.faults.push(...Array<'unreachable'>(30).fill('unreachable'));
    const report = await world.tick();
    expect(report.ended).toBe('trouble');
    expect(report.retrying).toBeLessThanOrEqual(5 + 3);
    const { rows } = await test.db.query<{ leased: number }>(
      'select count(*)::int as leased from codes where lease_until is not null',
    );
    expect(rows[0]?.leased).toBe(0);
  });

  it('that was sent and never answered leaves a possible orphan and is tried again', async () => {
    const codeId = await world.createId();
    world.passS(6 * dayS);
    world.fake.faults.push('lost-answer');
    expect(await world.tick()).toMatchObject({ unknown: 1 });
    expect(await world.record(codeId)).toMatchObject({
      possibleOrphans: 1,
      code: { state: 'Active', generationsMade: 1, reason: { code: 'RenewalOutcomeUnknown' } },
    });
    world.passS(60);
    expect(await world.tick()).toMatchObject({ renewed: 1 });
    const journal = await world.journal();
    expect(journal.map(({ state, generation }) => [state, generation])).toEqual([
      ['succeeded', 1],
      ['unknown', 2],
      ['succeeded', 2],
    ]);
    expect((await world.record(codeId)).code.state).toBe('Active');
  });

  it('does not let a name that cannot be opened hold up the others', async () => {
    const named = await world.createId(createRequest({ Restrictions: [{ Name: '张三' }] }));
    const plain = await world.createId();
    world.passS(6 * dayS);
    const seal = {
      ...world.ports.seal,
      open(): never {
        throw new Failure('Misconfigured', { detail: untranslated('the key is gone') });
      },
    };
    const report = await runRenewals({ ...world.ports, seal }, { deadlineMs: world.clock.ms + 60_000 });
    expect(report).toMatchObject({ renewed: 1, retrying: 1 });
    expect((await world.record(named)).code).toMatchObject({ state: 'Active', failures: 1 });
    expect((await world.record(plain)).code.generationsMade).toBe(2);
  });
});
