import { describe, expect, it } from 'vitest';
import { TransportError, UpstreamError } from '../../errors.ts';
import { errorCodeFacts } from '../../essbasic/error-kinds.ts';
import { codeSuite } from '../testing/code-suite.ts';
import { createRequest } from '../testing/world.ts';
import { settleAbandoned } from './abandoned-create.ts';
import { cancelCode } from './cancel-code.ts';
import { createCode } from './create-code.ts';
import { modifyCode } from './modify-code.ts';

const { test, world } = codeSuite();

/** The process dies inside the transaction or call that `point` names, with or without its effect. */
class Killed extends Error {}

async function countCodes(): Promise<number> {
  const { rows } = await test.db.query<{ count: number }>('select count(*)::int as count from codes');
  return rows[0]?.count ?? -1;
}

describe('a create whose process died', () => {
  async function dieIn(step: 'before-sending' | 'after-sending' | 'after-the-effect') {
    const upstream = {
      call: async (...[action, request, call]: Parameters<typeof world.fake.upstream.call>) => {
        if (step === 'before-sending') throw new Killed();
        if (step === 'after-sending') {
          await call.onSend?.({ action: action.name, intervalUs: 1, horizonUs: 1_000_000 });
          throw new Killed();
        }
        await world.fake.upstream.call(action, request, call);
        throw new Killed();
      },
    } as typeof world.fake.upstream; // the generic signature is that of what it wraps
    const transaction = () => Promise.reject(new Killed());
    const ports = { ...world.ports, upstream, register: { ...world.register, transaction } };
    const command = { request: createRequest(), actor: 'key:test' };
    await createCode(ports, command, world.clock.ms + 9000).catch(() => undefined);
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

  it('before it was noted leaves nothing', async () => {
    await dieIn('before-sending');
    await world.leasesRunOut();
    expect(await settleAbandoned(world.ports, 10)).toBe(0);
    expect([await countCodes(), await world.journal()]).toEqual([0, []]);
  });

  it.each(['after-sending', 'after-the-effect'] as const)('%s leaves a possible orphan', async (step) => {
    await dieIn(step);
    await world.leasesRunOut();
    expect(await settleAbandoned(world.ports, 10)).toBe(1);
    expect(await world.journal()).toMatchObject([{ state: 'unknown', possibleOrphan: true }]);
    const [attempt] = await world.journal();
    expect((await world.record(attempt?.codeId ?? '')).code.state).toBe('OutcomeUnknown');
  });

  /** The others take it for dead, and more happens, before the answer comes. */
  function wakesUpLate(meanwhile: (codeId: string) => Promise<unknown> = async () => undefined) {
    world.fake.hooks.beforeAnswer = async () => {
      delete world.fake.hooks.beforeAnswer;
      await world.leasesRunOut();
      await settleAbandoned(world.ports, 10);
      await meanwhile((await world.journal())[0]?.codeId ?? '');
    };
    return world.create();
  }
  const ofCode = (value: string) =>
    ({ key: { by: 'CodeId', value }, scope: null, actor: 'key:test' }) as const;

  it('and wakes up late, is as welcome as ever where nobody has done its work', async () => {
    const { code } = await wakesUpLate();
    expect(code).toMatchObject({ state: 'Active', reason: { code: 'Created' }, generationsMade: 1 });
    expect(await world.journal()).toMatchObject([
      { kind: 'create', state: 'succeeded', possibleOrphan: false },
    ]);
    await world.tick();
    expect(world.fake.alive()).toHaveLength(1);
    expect((await world.events()).sort()).toEqual(['code.created', 'code.outcome_unknown']);
  });

  it.each<[string, (codeId: string) => Promise<unknown>, number]>([
    [
      'a person has cancelled it',
      (codeId) => cancelCode(world.ports, ofCode(codeId), world.clock.ms + 9000),
      0,
    ],
    ['its work was done', (codeId) => renewNow(codeId).then(() => world.tick()), 1],
    [
      'another is just doing its work',
      (codeId) => renewNow(codeId).then(() => world.register.claimDue(world.clock.ms / 1000, 1, 60_000)),
      1,
    ],
  ])('and wakes up late, hands its QR code over to be cancelled when %s', async (_, happens, left) => {
    const error = await wakesUpLate(happens).catch((thrown: unknown) => thrown);
    const [first] = world.fake.qrCodes.keys();
    expect(error).toMatchObject({
      ...{ code: 'UnknownOutcome', upstreamRequestId: expect.stringMatching(/^request-/) },
      detail: { en: expect.stringContaining('is being cancelled') },
      members: { CodeId: (await world.journal())[0]?.codeId, QrCodeId: first },
    });
    const [own] = (await world.journal()).filter(({ qrCodeId }) => qrCodeId === first);
    expect(own).toMatchObject({ kind: 'create', state: 'succeeded', possibleOrphan: true });
    await world.leasesRunOut();
    await world.tick();
    expect(world.fake.alive()).toHaveLength(left);
    expect(world.fake.alive().map(({ qrCodeId }) => qrCodeId)).not.toContain(first);
    expect((await world.journal()).some(({ possibleOrphan }) => possibleOrphan)).toBe(false);
  });

  /** The others take it for dead before it fails. */
  async function failsLate(
    failure: Error,
    meanwhile = async (_codeId: string): Promise<unknown> => undefined,
  ) {
    let codeId = '';
    const upstream = {
      call: async (...[action, , call]: Parameters<typeof world.fake.upstream.call>) => {
        await call.onSend?.({ action: action.name, intervalUs: 1, horizonUs: 1_000_000 });
        await world.leasesRunOut();
        await settleAbandoned(world.ports, 10);
        codeId = (await world.journal())[0]?.codeId ?? '';
        await meanwhile(codeId);
        throw failure;
      },
    } as typeof world.fake.upstream; // the generic signature is that of what it wraps
    const command = { request: createRequest(), actor: 'key:test' };
    const created = createCode({ ...world.ports, upstream }, command, world.clock.ms + 9000);
    const thrown = await created.catch((error: unknown) => error);
    return { thrown, ...(await world.record(codeId)) };
  }
  const refused = 'FailedOperation.QrCodeTemplateId';
  const refusal = new UpstreamError(refused, errorCodeFacts(refused), {
    ...{ detail: 'refused', upstreamRequestId: 'refused-1' },
  });

  it('and is refused late, has made nothing, and says so where it was said to be unknown', async () => {
    const { code, possibleOrphans, thrown } = await failsLate(refusal);
    expect(thrown).toBe(refusal);
    expect(code).toMatchObject({
      ...{ state: 'Failed', reason: { code: 'RefusedForGoodAndDead', facts: { error: refused } } },
      ...{ dueAtS: null, version: 3 },
    });
    expect(possibleOrphans).toBe(0);
    expect(await world.journal()).toMatchObject([{ state: 'refused', errorCode: refused }]);
    // A person can still bring it to life.
    await renewNow(code.codeId);
    expect(await world.tick()).toMatchObject({ renewed: 1 });
  });

  it('and is never answered, leaves what others have written as it is', async () => {
    const { code, thrown } = await failsLate(new TransportError('UnknownOutcome', 'after-send'));
    expect(thrown).toMatchObject({ code: 'UnknownOutcome', members: { CodeId: code.codeId } });
    expect(code).toMatchObject({ state: 'OutcomeUnknown', version: 2 });
    expect(await world.events()).toEqual(['code.outcome_unknown']);
  });

  it('and is refused late, leaves a code alone that a person has cancelled since', async () => {
    const { code } = await failsLate(refusal, (codeId) =>
      cancelCode(world.ports, ofCode(codeId), world.clock.ms + 9000),
    );
    expect(code).toMatchObject({ state: 'Cancelled', reason: { code: 'Cancelled' } });
  });

  async function renewNow(codeId: string): Promise<void> {
    const { version } = (await world.record(codeId)).code;
    await modifyCode(world.ports, { ...ofCode(codeId), version, operation: 'RenewNow' });
  }
});
