import { describe, expect, it } from 'vitest';
import { Failure, TransportError, UpstreamError } from '../../errors.ts';
import { createIdempotencyRecords } from '../../store/access/idempotency-records.ts';
import type { Register } from '../../store/testing/register.ts';
import { untranslated } from '../../text.ts';
import { codeSuite } from '../testing/code-suite.ts';
import { createRequest, dayS, startMs, startS } from '../testing/world.ts';
import { settleAbandoned } from './abandoned-create.ts';
import { createCode } from './create-code.ts';

const { test, world } = codeSuite();

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

  it('is sent only after the journal says so, and shown as being created', async () => {
    const seen: unknown[] = [];
    world.fake.hooks.beforeAnswer = async () => {
      const [{ codeId, state } = { codeId: '', state: '' }] = await world.journal();
      seen.push(state, (await world.record(codeId ?? '')).code.reason);
    };
    const { code } = await world.create();
    expect(seen).toEqual(['sent', { code: 'Creating' }]);
    expect(code.labels).toEqual([]);
    const CallbackUrl = `${world.ports.callbackBaseUrl}/${code.callbackToken}.1`;
    expect(world.fake.calls).toMatchObject([{ request: { CallbackUrl } }]);
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
        throw new Failure('Misconfigured', { detail: untranslated('no key') });
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
    expect(await world.journal()).toEqual([]);
  });

  it.each(['lost-request', 'lost-answer'] as const)('shows an unknown outcome after a %s', async (fault) => {
    world.fake.faults.push(fault);
    const error = await world.create().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'UnknownOutcome' });
    expect((error as Failure).members).toEqual({ CodeId: expect.any(String) });
    const { code, possibleOrphans } = await world.record(String((error as Failure).members['CodeId']));
    expect(code).toMatchObject({
      ...{ state: 'OutcomeUnknown', generationsMade: 0, dueAtS: null },
      ...{ renewRequested: false, held: false },
    });
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

  describe('while the database is away', () => {
    /** The register that cannot write down an answer as long as `isAway` says so. */
    function away(isAway: () => boolean) {
      const tries: number[] = [];
      const unless = <T>(work: () => Promise<T>): Promise<T> => {
        if (world.fake.qrCodes.size === 0) return work();
        tries.push(world.clock.ms - startMs);
        return isAway() ? Promise.reject(new Failure('DatabaseUnavailable')) : work();
      };
      const register: Register = {
        ...world.register,
        transaction: (work) => unless(() => world.register.transaction(work)),
        transactionIf: (presumed, work) => unless(() => world.register.transactionIf(presumed, work)),
      };
      return { tries, register };
    }
    const command = { request: createRequest(), actor: 'key:test' };

    it('writes the answer down as soon as it is back, with pauses that grow', async () => {
      const { tries, register } = away(() => world.clock.ms < startMs + 6_000);
      const { code } = await createCode({ ...world.ports, register }, command, startMs + 9_000);
      expect(tries).toEqual([0, 100, 300, 700, 1_400, 2_100, 2_800, 3_500, 4_200, 4_900, 5_600, 6_300]);
      expect((await world.record(code.codeId)).code.state).toBe('Active');
      expect((await world.journal()).map(({ state }) => state)).toEqual(['succeeded']);
    });

    it('says that the outcome is unknown when the time is over, and the journal keeps that it was sent', async () => {
      const { tries, register } = away(() => true);
      const made = createCode({ ...world.ports, register }, command, startMs + 9_000);
      const error = await made.catch((thrown: unknown) => thrown);
      const [alive] = world.fake.alive();
      expect(error).toMatchObject({
        ...{ code: 'UnknownOutcome', upstreamRequestId: 'request-1' },
        members: { QrCodeId: alive?.qrCodeId, CodeId: (await world.journal())[0]?.codeId },
        detail: { en: expect.stringContaining('the database is away') },
      });
      expect(String((error as Failure).cause)).toContain(alive?.qrCodeId);
      expect(tries.at(-1)).toBeLessThan(9_000);
      await world.leasesRunOut();
      await settleAbandoned(world.ports, 10);
      const codeId = String((error as Failure).members['CodeId']);
      expect(await world.record(codeId)).toMatchObject({
        possibleOrphans: 1,
        code: { state: 'OutcomeUnknown' },
      });
    });
  });

  it('says why it failed even when that cannot be written down', async () => {
    const transaction = () => Promise.reject(new Failure('DatabaseUnavailable'));
    world.fake.faults.push({ refuse: 'ResourceNotFound.Template' });
    const command = { request: createRequest(), actor: 'key:test' };
    const ports = { ...world.ports, register: { ...world.register, transaction } };
    await expect(createCode(ports, command, world.clock.ms + 9000)).rejects.toMatchObject({
      code: 'ResourceNotFound.Template',
    });
  });

  it('leaves the code of another alone that has its name', async () => {
    const { code } = await world.create(createRequest(), { codeId: 'the-same' });
    await expect(world.create(createRequest(), { codeId: 'the-same' })).rejects.toMatchObject({
      code: 'InternalFailure',
    });
    expect((await world.record('the-same')).code).toEqual(code);
    expect(world.fake.alive()).toHaveLength(1);
  });

  it('says in the journal that nothing was sent, where that is known after it was noted', async () => {
    const upstream = {
      call: async (...[action, , call]: Parameters<typeof world.fake.upstream.call>) => {
        await call.onSend?.({ action: action.name, intervalUs: 1, horizonUs: 1_000_000 });
        throw new Failure('DeadlineExceeded');
      },
    } as typeof world.fake.upstream; // the generic signature is that of what it wraps
    const command = { request: createRequest(), actor: 'key:test' };
    const made = createCode({ ...world.ports, upstream }, command, world.clock.ms + 9000);
    await expect(made).rejects.toMatchObject({ code: 'DeadlineExceeded' });
    expect(await countCodes()).toBe(0);
    expect(await world.journal()).toMatchObject([{ state: 'refused', possibleOrphan: false }]);
  });

  it('has an unknown outcome after a mistake of ours, too', async () => {
    const upstream = {
      call: async (...args: Parameters<typeof world.fake.upstream.call>) => {
        await world.fake.upstream.call(...args);
        throw new TypeError('undefined is not a function');
      },
    } as typeof world.fake.upstream; // as above
    const command = { request: createRequest(), actor: 'key:test' };
    const made = createCode({ ...world.ports, upstream }, command, world.clock.ms + 9000);
    await expect(made).rejects.toMatchObject({ code: 'UnknownOutcome', cause: expect.any(TypeError) });
  });

  it('takes an answer that was committed and not acknowledged for written', async () => {
    let acknowledged = false;
    const register: Register = {
      ...world.register,
      async transactionIf(presumed, work) {
        const result = await world.register.transactionIf(presumed, work);
        if (acknowledged) return result;
        acknowledged = true;
        throw new Failure('DatabaseUnavailable');
      },
    };
    const command = { request: createRequest(), actor: 'key:test' };
    const { code } = await createCode({ ...world.ports, register }, command, world.clock.ms + 9000);
    expect((await world.record(code.codeId)).generations).toHaveLength(1);
    expect(await world.events()).toEqual(['code.created']);
  });

  it('stores the answer to an Idempotency-Key with what it tells', async () => {
    const records = createIdempotencyRecords(world.db);
    const request = { keyId: 'k', idempotencyKey: 'i', functionName: 'f', payloadHash: 'h' };
    const claim = await records.claim(request, 60);
    if (claim.outcome !== 'claimed') return expect.unreachable();
    await world.create(createRequest(), {
      rememberedAs: ({ codeId }, { QrCode }) => ({
        token: claim.token,
        text: records.textOf({ status: 200, body: `${codeId} ${QrCode.QrCodeId}` }),
      }),
    });
    const [journaled] = await world.journal();
    expect(await records.claim(request, 60)).toEqual({
      outcome: 'replay',
      answer: { status: 200, body: `${journaled?.codeId} ${journaled?.qrCodeId}` },
    });
  });

  it('has two and a half seconds for writing down what was answered', async () => {
    const deadlines: number[] = [];
    const upstream = {
      call: (...[action, request, call]: Parameters<typeof world.fake.upstream.call>) => {
        deadlines.push(call.deadlineMs);
        return world.fake.upstream.call(action, request, call);
      },
    } as typeof world.fake.upstream; // the generic signature is that of what it wraps
    const command = { request: createRequest(), actor: 'key:test' };
    await createCode({ ...world.ports, upstream }, command, startMs + 9_000);
    expect(deadlines).toEqual([startMs + 6_500]);
  });

  it('notes who acts, and until when what it makes may live', async () => {
    await world.create(createRequest({ QrCodeExpiredOn: startS + 5 * dayS }));
    const [{ attemptId } = { attemptId: '' }] = await world.journal();
    expect(await world.register.transaction((tx) => tx.lockAttempt(attemptId))).toMatchObject({
      ...{ appId: 'app', organization: 'org-a', operator: 'operator-a', generation: 1 },
      ...{ plannedAtS: startS, expiresAtS: startS + 5 * dayS },
    });
  });

  it('registers words on the poster where there are any', async () => {
    const named = await world.create(createRequest({ QrCodeName: '三号门' }));
    const nameless = await world.create(createRequest({ QrCodeName: '' }));
    expect([named.code.qrCodeName, nameless.code.qrCodeName]).toEqual(['三号门', null]);
  });
});
