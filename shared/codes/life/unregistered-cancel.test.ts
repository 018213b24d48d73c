import { describe, expect, it } from 'vitest';
import type { Register } from '../../store/testing/register.ts';
import type { CodeKey } from '../ports.ts';
import { codeSuite } from '../testing/code-suite.ts';
import { scopeOf } from '../testing/sample-code.ts';
import { agent, dayS, requestOf, startMs } from '../testing/world.ts';
import { type CancelCommand, cancelCode } from './cancel-code.ts';

const { world } = codeSuite();

const acting = { appId: 'app', organization: 'org-a', operator: 'operator-a' };

function cancel(key: CodeKey, more: Partial<CancelCommand> = {}) {
  const command = { key, scope: scopeOf('org-a'), acting, actor: 'key:test', ...more };
  return cancelCode(world.ports, command, world.clock.ms + 9_000);
}

/** A QR code from before there was a register. */
async function unregistered(): Promise<CodeKey> {
  await world.create();
  const value = world.fake.alive()[0]?.qrCodeId ?? '';
  await world.forgetEverything();
  return { by: 'QrCodeId', value };
}

describe('a QR code that the register does not know', () => {
  it('is cancelled in the name of who asks, and that is in the audit trail', async () => {
    const key = await unregistered();
    expect(await cancel(key)).toEqual({
      code: null,
      alreadyInvalid: false,
      cancelledQrCodeIds: [key.value],
      upstreamRequestId: 'request-2',
    });
    expect(world.fake.calls.at(-1)?.request).toEqual({ Agent: agent, QrCodeId: key.value });
    const { rows } = await world.db.query(
      "select actor, subject, reason from audit where action like 'qr-code.%'",
    );
    expect(rows).toEqual([{ actor: 'key:test', subject: key.value, reason: 'CancelRequested' }]);
    expect(await world.events()).toEqual([]);
  });

  it('that is dead was not cancelled now', async () => {
    const key = await unregistered();
    world.passS(8 * dayS);
    expect(await cancel(key)).toEqual({
      code: null,
      alreadyInvalid: true,
      cancelledQrCodeIds: [],
      upstreamRequestId: 'refused-2',
    });
  });

  it('is not found where upstream does not find it; another refusal is what upstream says', async () => {
    const key = await unregistered();
    world.fake.faults.push({ refuse: 'InvalidParameter.DataNotFound' }, { refuse: 'FailedOperation' });
    await expect(cancel(key)).rejects.toMatchObject({
      code: 'NotFound',
      cause: { code: 'InvalidParameter.DataNotFound' },
    });
    await expect(cancel(key)).rejects.toMatchObject({ code: 'FailedOperation' });
    expect(world.fake.alive()).toHaveLength(1);
  });

  it('is cancelled for nobody who does not say who acts, in an organisation of the key', async () => {
    const key = await unregistered();
    const { acting: _, ...nobody } = { key, scope: null, acting, actor: 'key:test' };
    const refused = [
      cancelCode(world.ports, nobody, world.clock.ms + 9_000),
      cancel(key, { scope: scopeOf('org-b') }),
      cancel(key, { scope: { ...scopeOf('org-a'), appId: 'another' } }),
    ];
    for (const { status, ...rest } of await Promise.allSettled(refused)) {
      expect([status, rest]).toMatchObject([
        'rejected',
        { reason: { code: 'InvalidRequest', problems: [{ path: 'Agent' }] } },
      ]);
    }
    expect(world.fake.alive()).toHaveLength(1);
  });

  it('is found by its own id alone', async () => {
    const { value } = await unregistered();
    for (const by of ['CodeId', 'Slug'] as const)
      await expect(cancel({ by, value }, { scope: null })).rejects.toMatchObject({ code: 'NotFound' });
    expect(world.fake.alive()).toHaveLength(1);
  });

  it('is not cancelled for its namesake in another application at the same time', async () => {
    const key = await unregistered();
    let stranger: unknown;
    world.fake.hooks.beforeAnswer = async () => {
      delete world.fake.hooks.beforeAnswer;
      const command = { scope: null, acting: { ...acting, appId: 'another' } };
      stranger = await cancel(key, command).catch((error: unknown) => error);
    };
    await cancel(key);
    expect(stranger).toMatchObject({ code: 'StateConflict', retryAfterS: 5 });
    // It does not wait to hear how that ends.
    expect(world.clock.ms).toBe(startMs);
  });

  it('is not cancelled by who comes just after another', async () => {
    const key = await unregistered();
    const register: Register = {
      ...world.register,
      transaction: (work) =>
        world.register.transaction((tx) => work({ ...tx, beginCancel: async () => undefined })),
    };
    const command = { key, scope: null, acting, actor: 'key:test' };
    const second = cancelCode({ ...world.ports, register }, command, world.clock.ms + 9_000);
    await expect(second).rejects.toMatchObject({ code: 'StateConflict', retryAfterS: 5 });
  });

  it('is not looked for upstream where it belongs to another organisation', async () => {
    const { code } = await world.create(requestOf('org-b'));
    const key = { by: 'QrCodeId', value: code.current?.qrCodeId ?? '' } as const;
    await expect(cancel(key)).rejects.toMatchObject({ code: 'NotFound' });
    expect(world.fake.calls).toHaveLength(1);
    expect(await world.journal()).toMatchObject([{ kind: 'create' }]);
  });

  it('whose cancel has lost its process is cancelled by the next call', async () => {
    const key = await unregistered();
    const register = { ...world.register, settleCancel: () => Promise.reject(new Error('killed')) };
    world.fake.faults.push('unreachable');
    const command = { key, scope: null, acting, actor: 'key:test' };
    const died = cancelCode({ ...world.ports, register }, command, world.clock.ms + 9_000);
    await expect(died).rejects.toThrow('killed');
    await world.leasesRunOut();
    expect(await cancel(key)).toMatchObject({ cancelledQrCodeIds: [key.value] });
    expect(await world.journal()).toMatchObject([{ kind: 'cancel', state: 'succeeded', open: false }]);
  });
});
