import { describe, expect, it } from 'vitest';
import type { Register } from '../../store/testing/register.ts';
import type { Scope } from '../../world.ts';
import type { CodeKey } from '../ports.ts';
import { codeSuite } from '../testing/code-suite.ts';
import { scopeOf } from '../testing/sample-code.ts';
import { createRequest, dayS, requestOf } from '../testing/world.ts';
import { cancelCode } from './cancel-code.ts';

const { world } = codeSuite();

const acting = { appId: 'app', organization: 'org-a', operator: 'operator-a' };

function cancel(key: CodeKey, scope: Scope = null) {
  return cancelCode(world.ports, { key, scope, acting, actor: 'key:test' }, world.clock.ms + 9000);
}

const byCodeId = (value: string): CodeKey => ({ by: 'CodeId', value });

describe('cancelCode', () => {
  it.each(['CodeId', 'Slug', 'QrCodeId'] as const)('ends a code found by its %s', async (by) => {
    const { code } = await world.create();
    const value = { CodeId: code.codeId, Slug: code.slug, QrCodeId: code.current?.qrCodeId ?? '' }[by];
    const result = await cancel({ by, value });
    expect(result).toMatchObject({ alreadyInvalid: false, cancelledQrCodeIds: [code.current?.qrCodeId] });
    expect(result.code).toMatchObject({ state: 'Cancelled', reason: { code: 'Cancelled' }, dueAtS: null });
    expect(world.fake.alive()).toEqual([]);
    expect((await world.record(code.codeId)).generations[0]?.state).toBe('cancelled');
    expect((await world.events()).sort()).toEqual(['code.cancelled', 'code.created']);
  });

  it('keeps what names signers for successors, and no longer', async () => {
    const { code } = await world.create(createRequest({ Restrictions: [{ Name: '张三' }] }));
    expect((await world.record(code.codeId)).code.sealed).toEqual(code.sealed);
    await cancel(byCodeId(code.codeId));
    expect((await world.record(code.codeId)).code.sealed).toBeNull();
  });

  it('ends every living generation, by the id of an old one too', async () => {
    const { code } = await world.create();
    world.passS(6 * dayS);
    await world.tick();
    const result = await cancel({ by: 'QrCodeId', value: code.current?.qrCodeId ?? '' });
    expect(result.cancelledQrCodeIds).toHaveLength(2);
    expect(world.fake.alive()).toEqual([]);
    world.passS(30 * dayS);
    expect(await world.tick()).toMatchObject({ renewed: 0 });
  });

  it('is fulfilled when upstream says that the code is dead already', async () => {
    const { code } = await world.create();
    for (const alive of world.fake.alive()) alive.cancelled = true;
    expect(await cancel(byCodeId(code.codeId))).toMatchObject({
      alreadyInvalid: true,
      cancelledQrCodeIds: [],
    });
    expect((await world.record(code.codeId)).generations[0]?.state).toBe('cancelled');
  });

  it('can be repeated', async () => {
    const { code } = await world.create();
    await cancel(byCodeId(code.codeId));
    expect(await cancel(byCodeId(code.codeId))).toMatchObject({ alreadyInvalid: true });
    expect(world.fake.calls).toHaveLength(2);
  });

  it('throws what upstream does not confirm, and the timer goes on trying', async () => {
    const { code } = await world.create();
    world.fake.faults.push('lost-request');
    await expect(cancel(byCodeId(code.codeId))).rejects.toMatchObject({ code: 'UnknownOutcome' });
    expect((await world.record(code.codeId)).code.state).toBe('Cancelled');
    expect(await world.tick()).toMatchObject({ cancelled: 0 });
    world.passS(60);
    expect(await world.tick()).toMatchObject({ cancelled: 1 });
    expect(world.fake.alive()).toEqual([]);
    expect((await world.journal()).map(({ state, open }) => [state, open])).toEqual([
      ['succeeded', false],
      ['succeeded', false],
    ]);
  });

  it('survives its process: the timer finishes what was begun', async () => {
    const { code } = await world.create();
    const upstream = { call: () => Promise.reject(new Error('killed')) };
    const settleCancel = () => Promise.reject(new Error('killed'));
    const register = { ...world.register, settleCancel };
    const command = { key: byCodeId(code.codeId), scope: null, actor: 'key:test' };
    const died = cancelCode({ ...world.ports, upstream, register }, command, world.clock.ms + 9000);
    await expect(died).rejects.toThrow('killed');
    expect(world.fake.alive()).toHaveLength(1);
    await world.leasesRunOut();
    expect(await world.tick()).toMatchObject({ cancelled: 1 });
    expect(world.fake.alive()).toEqual([]);
  });

  it('is not undone by an answer that comes after another has finished it', async () => {
    const { code } = await world.create();
    world.fake.faults.push('lost-answer');
    world.fake.hooks.beforeAnswer = async () => {
      delete world.fake.hooks.beforeAnswer;
      await world.leasesRunOut();
      expect(await world.tick()).toMatchObject({ cancelled: 1 });
    };
    expect((await cancel(byCodeId(code.codeId))).code?.state).toBe('Cancelled');
    expect(await world.journal()).toMatchObject([{ kind: 'create' }, { state: 'succeeded', open: false }]);
  });

  it('stops trying what upstream refuses for good, and keeps saying that it lives', async () => {
    const { code } = await world.create();
    world.fake.faults.push({ refuse: 'OperationDenied.Forbid' });
    await expect(cancel(byCodeId(code.codeId))).rejects.toMatchObject({ code: 'OperationDenied.Forbid' });
    world.passS(3600);
    expect(await world.tick()).toMatchObject({ cancelled: 0, cancelsFailed: 0 });
    expect((await world.record(code.codeId)).generations[0]?.state).toBe('live');
    // A person may try again.
    expect(await cancel(byCodeId(code.codeId))).toMatchObject({ alreadyInvalid: false });
    expect(world.fake.alive()).toEqual([]);
  });

  it('outruns a renewal that is on its way', async () => {
    const { code } = await world.create();
    world.passS(6 * dayS);
    world.fake.hooks.beforeAnswer = async () => {
      delete world.fake.hooks.beforeAnswer;
      await cancel(byCodeId(code.codeId));
    };
    expect(await world.tick()).toMatchObject({ orphaned: 1, renewed: 0 });
    await world.tick();
    expect(world.fake.alive()).toEqual([]);
    expect((await world.record(code.codeId)).code.state).toBe('Cancelled');
  });

  it('ends a code whose first create was never answered', async () => {
    world.fake.faults.push('lost-answer');
    const error = await world.create().catch((thrown: unknown) => thrown);
    const codeId = (error as { members: { CodeId: string } }).members.CodeId; // what the create promises
    expect(await cancel(byCodeId(codeId))).toMatchObject({ alreadyInvalid: false, cancelledQrCodeIds: [] });
    expect(await world.record(codeId)).toMatchObject({ possibleOrphans: 1, code: { state: 'Cancelled' } });
  });

  it('waits for a create that is still running', async () => {
    let refused: unknown;
    world.fake.hooks.beforeAnswer = async () => {
      const codeId = (await world.journal())[0]?.codeId ?? '';
      refused = await cancel(byCodeId(codeId)).catch((error: unknown) => error);
    };
    await world.create();
    expect(refused).toMatchObject({ code: 'StateConflict' });
  });

  it('answers for what belongs to somebody else as for what does not exist', async () => {
    const { code } = await world.create(requestOf('org-b'));
    const unknown = await cancel(byCodeId('nothing'), scopeOf('org-a')).catch((error: unknown) => error);
    const keys: CodeKey[] = [
      byCodeId(code.codeId),
      { by: 'Slug', value: code.slug },
      { by: 'QrCodeId', value: code.current?.qrCodeId ?? '' },
      { by: 'QrCodeId', value: 'yDNobodyKnowsThisOne' },
    ];
    for (const key of keys) {
      const error = await cancel(key, scopeOf('org-a')).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'NotFound', message: (unknown as Error).message });
    }
    expect(world.fake.alive()).toHaveLength(1);
  });

  it('passes a QR code from before the register on to upstream', async () => {
    await world.create(createRequest());
    const qrCodeId = world.fake.alive()[0]?.qrCodeId ?? '';
    await world.forgetEverything();
    expect(await cancel({ by: 'QrCodeId', value: qrCodeId })).toMatchObject({
      code: null,
      alreadyInvalid: false,
      cancelledQrCodeIds: [qrCodeId],
    });
    expect(await cancel({ by: 'QrCodeId', value: qrCodeId })).toMatchObject({ alreadyInvalid: true });
    expect(await world.journal()).toMatchObject([
      { kind: 'cancel', state: 'succeeded', codeId: null },
      { kind: 'cancel', state: 'succeeded', codeId: null },
    ]);
  });

  it('does not act for an organisation that the caller does not see', async () => {
    await expect(cancel({ by: 'QrCodeId', value: 'yDUnknown' }, scopeOf('org-b'))).rejects.toMatchObject({
      code: 'InvalidRequest',
      problems: [{ path: 'Agent' }],
    });
    expect(world.fake.calls).toEqual([]);
  });
});

describe('two who cancel the same at once', () => {
  /** Neither is answered before the other has asked and looks how the first one fares. */
  function meeting() {
    let looks = () => {};
    let arrives = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrives = resolve;
    });
    const looked = new Promise<void>((resolve) => {
      looks = resolve;
    });
    world.fake.hooks.beforeAnswer = async () => {
      delete world.fake.hooks.beforeAnswer;
      arrives();
      await looked;
    };
    const findCancel: Register['findCancel'] = async (attemptId) => {
      const found = await world.register.findCancel(attemptId);
      looks();
      return found;
    };
    const command = { scope: null, acting, actor: 'key:test' };
    const ports = { ...world.ports, register: { ...world.register, findCancel } };
    const cancelAtOnce = (key: CodeKey, more = {}) =>
      cancelCode(ports, { ...command, key, ...more }, world.clock.ms + 60_000);
    return { cancelAtOnce, arrived };
  }

  it('are both told that it is cancelled, and upstream is asked once', async () => {
    const { code } = await world.create();
    const { cancelAtOnce } = meeting();
    const results = await Promise.all([
      cancelAtOnce(byCodeId(code.codeId)),
      cancelAtOnce(byCodeId(code.codeId)),
    ]);
    const qrCodeIds = [code.current?.qrCodeId];
    for (const result of results) {
      expect(result).toMatchObject({ alreadyInvalid: false, cancelledQrCodeIds: qrCodeIds });
    }
    expect(world.fake.calls).toHaveLength(2);
  });

  it('are told so of a QR code that the register does not know, if they are of one organisation', async () => {
    await world.create();
    const qrCodeId = world.fake.alive()[0]?.qrCodeId ?? '';
    await world.forgetEverything();
    const { cancelAtOnce } = meeting();
    const key = { by: 'QrCodeId', value: qrCodeId } as const;
    const first = cancelAtOnce(key);
    const stranger = cancelAtOnce(key, { acting: { ...acting, organization: 'org-b' } });
    await expect(stranger).rejects.toMatchObject({ code: 'StateConflict', retryAfterS: 5 });
    const results = await Promise.all([first, cancelAtOnce(key)]);
    for (const result of results) expect(result.cancelledQrCodeIds).toEqual([qrCodeId]);
  });

  it('are told so when the timer is one of them', async () => {
    const { code } = await world.create();
    world.fake.faults.push('unreachable');
    const command = { key: byCodeId(code.codeId), scope: null, actor: 'key:test' };
    await expect(cancelCode(world.ports, command, world.clock.ms + 9000)).rejects.toMatchObject({
      code: 'UpstreamUnreachable',
    });
    world.passS(3600);
    const { cancelAtOnce, arrived } = meeting();
    const timer = world.tick();
    await arrived;
    expect(await cancelAtOnce(byCodeId(code.codeId))).toMatchObject({
      alreadyInvalid: false,
      cancelledQrCodeIds: [code.current?.qrCodeId],
    });
    expect(await timer).toMatchObject({ cancelled: 1 });
  });

  it('do not wait for each other beyond their time', async () => {
    const { code } = await world.create();
    let second: unknown;
    world.fake.hooks.beforeAnswer = async () => {
      delete world.fake.hooks.beforeAnswer;
      second = await cancel(byCodeId(code.codeId)).catch((error: unknown) => error);
    };
    expect(await cancel(byCodeId(code.codeId))).toMatchObject({ alreadyInvalid: false });
    expect(second).toMatchObject({ code: 'StateConflict', retryAfterS: 5 });
  });

  it('go on with what the other has let go of', async () => {
    const { code } = await world.create();
    world.fake.hooks.beforeAnswer = async () => {
      delete world.fake.hooks.beforeAnswer;
      await world.leasesRunOut();
      expect(await cancel(byCodeId(code.codeId))).toMatchObject({ alreadyInvalid: true });
    };
    expect(await cancel(byCodeId(code.codeId))).toMatchObject({ alreadyInvalid: false });
  });
});
