import { describe, expect, it } from 'vitest';
import { codeSuite } from '../codes/testing/code-suite.ts';
import { notificationRetries } from '../store/notifications/notification-retries.ts';
import { insertContract } from '../store/testing/insert-contract.ts';
import { retryPending } from './retry-pending.ts';
import { upstreamId } from './testing/messages.ts';
import { codeOf } from './testing/seen.ts';

const suite = codeSuite();
const type = 'MultiFlowSignQrCodeCost';
const usedOf = async (codeId: string) => (await suite.world.record(codeId)).code.current?.used;
const all = () => suite.world.receiver.reads.list({}, { scope: null, after: undefined, limit: 100 });
/** Of a retry. */
const unhurried = { limit: 9, deadlineMs: Number.POSITIVE_INFINITY };

describe('an effect that fails again and again', () => {
  it('is tried at growing pauses, given up visibly, and taken up by a replay', async () => {
    const { codeId, route } = await codeOf(suite.world);
    const early = { ...route, generation: 2 };
    const { notificationId } = await suite.world.receiver.notify(type, {}, { route: early });
    const pauses: number[] = [];
    for (let tried = 0; tried < 12; tried++) {
      const [waiting] = await all();
      const nowS = suite.world.clock.ms / 1000;
      pauses.push((waiting?.dueAtS ?? 0) - nowS);
      suite.world.passS(pauses.at(-1) ?? 0);
      expect(await suite.world.receiver.retry()).toEqual({ applied: 0, failed: 1 });
    }
    expect(pauses.slice(0, 4)).toEqual([60, 120, 240, 480]);
    expect(Math.max(...pauses)).toBe(6 * 3600);
    expect(await all()).toMatchObject([
      { outcome: 'failed', reason: { code: 'EffectGivenUp' }, dueAtS: null, failures: 12 },
    ]);
    expect(await suite.world.receiver.replay(notificationId)).toMatchObject({ outcome: 'failed' });
    suite.world.passS(6 * 86_400);
    await suite.world.tick();
    expect(await suite.world.receiver.replay(notificationId)).toMatchObject({ outcome: 'applied' });
    expect(await suite.world.receiver.replay(notificationId)).toMatchObject({ outcome: 'applied' });
    expect(await usedOf(codeId)).toBe(1);
  });
});

describe('a replay', () => {
  it('changes nothing twice, and is written into the audit trail', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    const { notificationId } = await suite.world.receiver.notify(type, { QrCodeId: qrCodeId });
    await suite.world.receiver.replay(notificationId);
    expect(await usedOf(codeId)).toBe(1);
    const { rows } = await suite.world.db.query(
      "select subject from audit where action = 'notification.replayed'",
    );
    expect(rows).toEqual([{ subject: notificationId }]);
  });

  it('of what was kept applies what is known by now', async () => {
    const early = 'yDQr0000000000000000000000000001';
    const { notificationId } = await suite.world.receiver.notify(type, { QrCodeId: early });
    const { codeId, qrCodeId } = await codeOf(suite.world);
    expect(qrCodeId).toBe(early);
    expect(await suite.world.receiver.replay(notificationId)).toMatchObject({ outcome: 'applied' });
    expect(await usedOf(codeId)).toBe(1);
  });

  it('without content or key says so', async () => {
    const { route } = await codeOf(suite.world);
    const { notificationId } = await suite.world.receiver.notify(
      type,
      {},
      { route: { ...route, generation: 9 } },
    );
    const { ports } = suite.world.receiver;
    suite.world.passS(60);
    await retryPending({ ...ports, reopen: () => undefined }, unhurried);
    expect(await all()).toMatchObject([
      { outcome: 'pending', reason: { code: 'BodyUnreadable' }, failures: 1 },
    ]);
    await suite.world.db.query('update messages set body = null; delete from message_bodies');
    expect(await suite.world.receiver.replay(notificationId)).toMatchObject({ reason: { code: 'BodyGone' } });
    expect(await suite.world.receiver.replay('nobody')).toBeUndefined();
  });

  it('stays kept without content, and says so', async () => {
    const { notificationId } = await suite.world.receiver.notify('Unheard', {});
    await suite.world.db.query('update messages set body = null; delete from message_bodies');
    expect(await suite.world.receiver.replay(notificationId)).toMatchObject({
      outcome: 'kept',
      reason: { code: 'BodyGone' },
    });
    expect(await all()).toMatchObject([{ outcome: 'kept', reason: { code: 'TypeWithoutEffect' } }]);
  });
});

describe('what waits', () => {
  /** As retention does after a month. */
  const dropBodies = () => suite.world.db.query('delete from message_bodies');

  it('has its content with it, for as long as it takes', async () => {
    const { codeId, route } = await codeOf(suite.world);
    const early = { ...route, generation: 2 };
    expect(await suite.world.receiver.notify(type, {}, { route: early })).toMatchObject({
      outcome: 'pending',
    });
    await dropBodies();
    suite.world.passS(6 * 86_400);
    await suite.world.tick();
    expect(await suite.world.receiver.retry()).toEqual({ applied: 1, failed: 0 });
    expect((await suite.world.record(codeId)).code.current).toMatchObject({ number: 2, used: 1 });
  });

  it('and is taken up again takes it along', async () => {
    const FlowId = upstreamId('yDFl');
    const { notificationId } = await suite.world.receiver.notify(type, { FlowId });
    const { codeId } = await codeOf(suite.world);
    await insertContract(suite.world.db, { flowId: FlowId, codeId });
    const retries = notificationRetries(suite.world.db);
    const nowS = suite.world.clock.ms / 1000;
    expect(await retries.reviveLinked(nowS, nowS - 60, 10)).toBe(1);
    await dropBodies();
    expect(await retries.body(notificationId)).toMatchObject({ sealed: false });
  });
});
