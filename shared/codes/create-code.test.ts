import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Failure, TransportError, UpstreamError } from '../errors.ts';
import { type TestDatabase, testDatabase } from '../store/testing/database.ts';
import { settleAbandoned } from './abandoned-create.ts';
import { createCode } from './create-code.ts';
import { createRequest, createWorld, dayS, startS, type World } from './testing/world.ts';

let test: TestDatabase;
let world: World;

beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.dispose());
beforeEach(async () => {
  world = createWorld(test.db);
  await world.forgetEverything();
});

/** The process dies inside the transaction or call that `point` names, with or without its effect. */
class Killed extends Error {}

/** The first transaction is the journal's; after it, the database is away or the process dead. */
function onlyFirst(transaction: World['register']['transaction']): World['register']['transaction'] {
  let calls = 0;
  return (work) => {
    calls += 1;
    return calls === 1 ? transaction(work) : Promise.reject(new Killed());
  };
}

async function countCodes(): Promise<number> {
  const { rows } = await test.db.query<{ count: number }>('select count(*)::int as count from codes');
  return rows[0]?.count ?? -1;
}

describe('createCode', () => {
  it('journals, calls upstream, and registers generation 1 with its policy', async () => {
    const { code, response, upstreamRequestId } = await world.create(createRequest(), {
      policy: { ExhaustionPercent: 50 },
      members: { externalId: 'shop-1', labels: ['spring'], note: 'by the door' },
    });
    expect(code).toMatchObject({
      state: 'Active',
      version: 2,
      generationsMade: 1,
      committed: 10,
      externalId: 'shop-1',
      labels: ['spring'],
      note: 'by the door',
      reason: { code: 'Created' },
      dueAtS: startS + 6 * dayS,
    });
    expect(code.policy).toMatchObject({ Enabled: true, ExhaustionPercent: 50, MaxGenerations: 100 });
    expect(code.current).toMatchObject({
      number: 1,
      qrCodeId: response.QrCode.QrCodeId,
      maxFlowNum: 10,
      used: 0,
    });
    expect((await world.record(code.codeId)).code).toEqual(code);
    expect(await world.journal()).toMatchObject([
      { kind: 'create', state: 'succeeded', qrCodeId: response.QrCode.QrCodeId, possibleOrphan: false },
    ]);
    expect(upstreamRequestId).toBe('request-1');
    expect(await world.events()).toEqual(['code.created']);
    const { rows } = await test.db.query('select actor, action, subject from audit');
    expect(rows).toEqual([{ actor: 'key:test', action: 'code.created', subject: code.codeId }]);
  });

  it('is sent only after the journal says so', async () => {
    const seen: string[] = [];
    world.fake.hooks.beforeAnswer = async () => {
      seen.push(...(await world.journal()).map(({ state }) => state));
    };
    await world.create();
    expect(seen).toEqual(['sent']);
  });

  it('keeps no name and no number of a person in clear', async () => {
    const Restrictions = [{ Name: '张三', Mobile: '13000000000', IdCardNumber: '450000000000000000' }];
    const { code } = await world.create(createRequest({ Restrictions }));
    expect(world.fake.calls[0]?.request).toMatchObject({ Restrictions });
    const { rows } = await test.db.query('select * from codes');
    const kept = JSON.stringify(rows) + JSON.stringify(await world.journal());
    for (const personal of ['张三', '13000000000', '450000000000000000'])
      expect(kept).not.toContain(personal);
    expect(JSON.parse(world.ports.seal.open(code.sealed ?? ''))).toEqual({ Restrictions });
  });

  it('creates nothing when names cannot be sealed', async () => {
    const seal = {
      seal(): never {
        throw new Failure('Misconfigured', { detail: 'no key' });
      },
      open: (text: string) => text,
    };
    const command = { request: createRequest({ Restrictions: [{ Name: '张三' }] }), actor: 'key:test' };
    await expect(createCode({ ...world.ports, seal }, command, world.clock.ms + 9000)).rejects.toMatchObject({
      code: 'Misconfigured',
    });
    expect([await countCodes(), world.fake.calls.length]).toEqual([0, 0]);
  });

  it('names every problem at once, before anything is written', async () => {
    const request = createRequest({ QrCodeExpiredOn: startS - 1, CallbackUrl: 'test' });
    const error = await world
      .create(request, {
        policy: { EndsOn: startS - 1, TotalFlowBudget: 3 },
        members: { labels: ['a', 'a'] },
      })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Failure);
    expect((error as Failure).problems.map(({ path }) => path)).toEqual([
      'QrCodeExpiredOn',
      'CallbackUrl',
      'RenewalPolicy.EndsOn',
      'RenewalPolicy.TotalFlowBudget',
      'Labels.1',
    ]);
    expect(await world.journal()).toEqual([]);
  });

  it('keeps the refusal in the journal and no code', async () => {
    world.fake.faults.push({ refuse: 'FailedOperation.QrCodeTemplateId' });
    await expect(world.create()).rejects.toBeInstanceOf(UpstreamError);
    expect(await countCodes()).toBe(0);
    expect(await world.journal()).toMatchObject([
      { state: 'refused', errorCode: 'FailedOperation.QrCodeTemplateId', possibleOrphan: false },
    ]);
  });

  it('keeps no code when nothing was sent', async () => {
    world.fake.faults.push('unreachable');
    await expect(world.create()).rejects.toBeInstanceOf(TransportError);
    expect(await countCodes()).toBe(0);
    expect(await world.journal()).toMatchObject([{ state: 'refused', errorCode: 'UpstreamUnreachable' }]);
  });

  it.each(['lost-request', 'lost-answer'] as const)('shows an unknown outcome after a %s', async (fault) => {
    world.fake.faults.push(fault);
    const error = await world.create().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'UnknownOutcome', members: { CodeId: expect.any(String) } });
    const { code, possibleOrphans } = await world.record(String((error as Failure).members['CodeId']));
    expect(code).toMatchObject({ state: 'OutcomeUnknown', generationsMade: 0, dueAtS: null });
    expect(possibleOrphans).toBe(1);
    expect(await world.journal()).toMatchObject([{ state: 'unknown', possibleOrphan: true, qrCodeId: null }]);
    expect(await world.events()).toEqual(['code.outcome_unknown']);
  });

  it('remembers that the organisation has no quota, and that it has again', async () => {
    world.fake.withoutQuota.add('org-a');
    await expect(world.create()).rejects.toMatchObject({ code: 'OperationDenied.NoQuota' });
    world.fake.withoutQuota.clear();
    const { code } = await world.create();
    expect((await world.record(code.codeId)).organization).toMatchObject({ quotaState: 'ok' });
    expect((await world.events()).sort()).toEqual(['code.created', 'quota.exhausted', 'quota.restored']);
  });

  it('writes the answer down again when the database was away for a moment', async () => {
    let failures = 2;
    const register = {
      ...world.register,
      transaction: async (work: Parameters<typeof world.register.transaction>[0]) => {
        if (world.fake.qrCodes.size > 0 && failures-- > 0) throw new Failure('DatabaseUnavailable');
        return world.register.transaction(work);
      },
    } as typeof world.register; // the generic signature is that of what it wraps
    const command = { request: createRequest(), actor: 'key:test' };
    const { code } = await createCode({ ...world.ports, register }, command, world.clock.ms + 9000);
    expect((await world.record(code.codeId)).code.state).toBe('Active');
  });

  it('says that the outcome is unknown when what was made cannot be written down', async () => {
    const register = {
      ...world.register,
      transaction: async (work: Parameters<typeof world.register.transaction>[0]) => {
        if (world.fake.qrCodes.size > 0) throw new Failure('DatabaseUnavailable');
        return world.register.transaction(work);
      },
    } as typeof world.register; // the generic signature is that of what it wraps
    const command = { request: createRequest(), actor: 'key:test' };
    const made = createCode({ ...world.ports, register }, command, world.clock.ms + 9000);
    const error = await made.catch((thrown: unknown) => thrown);
    const [alive] = world.fake.alive();
    expect(error).toMatchObject({ code: 'UnknownOutcome', members: { QrCodeId: alive?.qrCodeId } });
    await world.leasesRunOut();
    await settleAbandoned(world.ports, 10);
    const codeId = String((error as Failure).members['CodeId']);
    expect(await world.record(codeId)).toMatchObject({
      possibleOrphans: 1,
      code: { state: 'OutcomeUnknown' },
    });
  });

  it('says why it failed even when that cannot be written down', async () => {
    const register = { ...world.register, transaction: onlyFirst(world.register.transaction) };
    world.fake.faults.push({ refuse: 'ResourceNotFound.Template' });
    const command = { request: createRequest(), actor: 'key:test' };
    const made = createCode({ ...world.ports, register }, command, world.clock.ms + 9000);
    await expect(made).rejects.toMatchObject({ code: 'ResourceNotFound.Template' });
  });

  it('is not sent when it was planned for too long', async () => {
    const upstream = {
      call: async (...args: Parameters<typeof world.fake.upstream.call>) => {
        await world.leasesRunOut();
        return world.fake.upstream.call(...args);
      },
    } as typeof world.fake.upstream; // the generic signature is that of what it wraps
    const command = { request: createRequest(), actor: 'key:test' };
    const made = createCode({ ...world.ports, upstream }, command, world.clock.ms + 9000);
    await expect(made).rejects.toMatchObject({ code: 'DeadlineExceeded' });
    expect(world.fake.qrCodes.size).toBe(0);
  });

  it('takes an answer that was committed and not acknowledged for written', async () => {
    let acknowledged = false;
    const register = {
      ...world.register,
      transaction: async (work: Parameters<typeof world.register.transaction>[0]) => {
        const result = await world.register.transaction(work);
        if (world.fake.qrCodes.size > 0 && !acknowledged) {
          acknowledged = true;
          throw new Failure('DatabaseUnavailable');
        }
        return result;
      },
    } as typeof world.register; // as above
    const command = { request: createRequest(), actor: 'key:test' };
    const { code } = await createCode({ ...world.ports, register }, command, world.clock.ms + 9000);
    expect((await world.record(code.codeId)).generations).toHaveLength(1);
    expect(await world.events()).toEqual(['code.created']);
  });
});

describe('a create whose process died', () => {
  async function dieIn(step: 'before-sending' | 'after-sending' | 'after-the-effect') {
    const upstream = {
      call: async (...[action, request, call]: Parameters<typeof world.fake.upstream.call>) => {
        if (step === 'before-sending') throw new Killed();
        if (step === 'after-sending') {
          await call.onSend?.();
          throw new Killed();
        }
        await world.fake.upstream.call(action, request, call);
        throw new Killed();
      },
    } as typeof world.fake.upstream; // the generic signature is that of what it wraps
    const register = { ...world.register, transaction: onlyFirst(world.register.transaction) };
    const command = { request: createRequest(), actor: 'key:test' };
    await createCode({ ...world.ports, upstream, register }, command, world.clock.ms + 9000).catch(
      () => undefined,
    );
  }

  it('is left alone while its lease lasts', async () => {
    await dieIn('after-sending');
    expect(await settleAbandoned(world.ports, 10)).toBe(0);
    expect(await world.journal()).toMatchObject([{ state: 'sent' }]);
  });

  it('is left alone while its lease lasts, even by who takes it for abandoned', async () => {
    await dieIn('after-sending');
    const [attempt] = await world.journal();
    const open = { attemptId: attempt?.attemptId ?? '', codeId: attempt?.codeId ?? '' };
    const register = { ...world.register, interruptedCreates: async () => [open] };
    expect(await settleAbandoned({ ...world.ports, register }, 10)).toBe(0);
    expect(await world.journal()).toEqual([attempt]);
  });

  it('before sending leaves no code', async () => {
    await dieIn('before-sending');
    await world.leasesRunOut();
    expect(await settleAbandoned(world.ports, 10)).toBe(1);
    expect(await countCodes()).toBe(0);
    expect(await world.journal()).toMatchObject([{ state: 'refused', errorCode: 'Interrupted' }]);
  });

  it.each(['after-sending', 'after-the-effect'] as const)('%s leaves a possible orphan', async (step) => {
    await dieIn(step);
    await world.leasesRunOut();
    expect(await settleAbandoned(world.ports, 10)).toBe(1);
    expect(await world.journal()).toMatchObject([{ state: 'unknown', possibleOrphan: true }]);
    const [attempt] = await world.journal();
    expect((await world.record(attempt?.codeId ?? '')).code.state).toBe('OutcomeUnknown');
  });

  it('and wakes up late, hands its QR code over to be cancelled', async () => {
    world.fake.hooks.beforeAnswer = async () => {
      delete world.fake.hooks.beforeAnswer;
      await world.leasesRunOut();
      await settleAbandoned(world.ports, 10);
    };
    await expect(world.create()).rejects.toMatchObject({ code: 'UnknownOutcome' });
    expect(await world.journal()).toMatchObject([
      { kind: 'create', state: 'succeeded', possibleOrphan: true },
      { kind: 'cancel', state: 'planned', open: true },
    ]);
    expect(world.fake.alive()).toHaveLength(1);
    await world.tick();
    expect(world.fake.alive()).toHaveLength(0);
    expect((await world.journal()).map(({ possibleOrphan }) => possibleOrphan)).toEqual([false, false]);
  });
});
