import { describe, expect, it } from 'vitest';
import { codeSuite } from '../codes/testing/code-suite.ts';
import { Failure } from '../errors.ts';
import { createSeal } from '../runtime/seal.ts';
import type { NotificationArrivals, NotificationRetries, NotificationTransaction } from './ports.ts';
import { receiveNotification, recordRejection } from './receive-notification.ts';
import { retryPending } from './retry-pending.ts';
import { received } from './testing/messages.ts';
import { codeOf } from './testing/seen.ts';

const suite = codeSuite();

const type = 'MultiFlowSignQrCodeCost';

const usedOf = async (codeId: string) => (await suite.world.record(codeId)).code.current?.used;

const all = () => suite.world.receiver.reads.list({}, { scope: null, after: undefined, limit: 100 });

/** A store whose transactions fail at a step: every statement, and the commit, is one. */
function dyingAt<Store extends NotificationArrivals & NotificationRetries>(
  fatal: number,
  store: Store,
): Store {
  let steps = 0;
  const step = () => {
    steps += 1;
    if (steps === fatal) throw new Error('killed');
  };
  return {
    ...store,
    // One statement has no steps in which to die: it happens or it does not.
    storeQuietUse: async () => false,
    transaction: (work) =>
      store.transaction(async (tx) => {
        const entries = Object.entries(tx).map(([name, method]) => [
          name,
          async (...args: unknown[]) => {
            step();
            return Reflect.apply(method, tx, args);
          },
        ]);
        const result = await work(Object.fromEntries(entries) as NotificationTransaction); // the same methods under the same names
        step();
        return result;
      }),
  };
}

/** Of a retry. */
const unhurried = { limit: 9, deadlineMs: Number.POSITIVE_INFINITY };

describe('a notification', () => {
  it('is stored with what it is about, where it came from, and what became of it', async () => {
    const { codeId, qrCodeId, route } = await codeOf(suite.world);
    const occurredAtS = suite.world.clock.ms / 1000 - 3;
    const sent = { msgId: 'm1', route };
    const { notificationId } = await suite.world.receiver.notify(
      type,
      { QrCodeId: qrCodeId, OccurTime: occurredAtS },
      sent,
    );
    const stored = await suite.world.receiver.reads.find({ by: 'MsgId', value: 'm1' }, null);
    expect(stored).toMatchObject({
      notificationId,
      msgId: 'm1',
      msgType: type,
      msgVersion: 'ThirdPartyApp',
      route,
      sourceIp: '192.0.2.1',
      keyIndex: 0,
      tokenIndex: 0,
      receivedAtS: suite.world.clock.ms / 1000,
      occurredAtS,
      occurredFrom: 'OccurTime',
      outcome: 'applied',
      reason: { code: 'CostCounted' },
      appId: 'app',
      organization: 'org-a',
      codeId,
      generation: 1,
      copies: 1,
      failures: 0,
      dueAtS: null,
      bodyKept: true,
    });
    const body = await suite.world.receiver.ports.notifications.body(notificationId);
    expect(JSON.parse(body?.body ?? '')).toMatchObject({ msgId: 'm1' });
  });

  it('that comes again is recognised, counted as a copy, and does nothing', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    const notify = () => suite.world.receiver.notify(type, { QrCodeId: qrCodeId }, { msgId: 'm1' });
    const { notificationId } = await notify();
    expect(await notify()).toEqual({ notificationId, outcome: 'duplicate', reason: { code: 'AlreadyHere' } });
    expect(await usedOf(codeId)).toBe(1);
    expect(await all()).toMatchObject([{ copies: 2 }]);
  });

  it('that comes many times at once is counted once', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    const connections = await Promise.all(Array.from({ length: 5 }, () => suite.test.connect()));
    const { createWorld } = await import('../codes/testing/world.ts');
    const receipts = await Promise.all(
      connections.map((db) => createWorld(db).receiver.notify(type, { QrCodeId: qrCodeId }, { msgId: 'm1' })),
    );
    expect(receipts.map(({ outcome }) => outcome).sort()).toEqual(['applied', ...Array(4).fill('duplicate')]);
    expect(await usedOf(codeId)).toBe(1);
  });

  it.each(['Unheard', 'TemplateAdd', 'constructor', ''])('of the type %j is kept', async (msgType) => {
    const { qrCodeId } = await codeOf(suite.world);
    expect(await suite.world.receiver.notify(msgType, { QrCodeId: qrCodeId })).toMatchObject({
      outcome: 'kept',
      reason: { code: 'TypeWithoutEffect' },
    });
  });

  it.each([null, 'text', 5, [], [[]], { a: { b: null } }])('of any content is kept (%j)', async (data) => {
    for (const msgType of [
      type,
      'CreateFlowByQrCode',
      'FlowStatusChange',
      'TemplateDelete',
      'CloseOrganization',
    ]) {
      expect(await suite.world.receiver.notify(msgType, data)).toMatchObject({ outcome: 'kept' });
    }
  });

  it('in clear is kept sealed, or without its content where there is no key', async () => {
    const message = received('Unheard', { Name: '张三' }, { receivedAtMs: suite.world.clock.ms });
    const inClear = { ...message, keyIndex: null };
    const { ports } = suite.world.receiver;
    const { notificationId } = await receiveNotification(ports, inClear);
    const { rows } = await suite.world.db.query('select body, body_sealed as sealed from messages');
    expect(rows).toEqual([{ body: expect.not.stringContaining('张三'), sealed: true }]);
    expect(await suite.world.receiver.replay(notificationId)).toMatchObject({ outcome: 'kept' });
    const other = { ...inClear, message: { ...inClear.message, msgId: 'm2' } };
    await receiveNotification({ ...ports, seal: createSeal(undefined) }, other);
    expect(await suite.world.receiver.reads.find({ by: 'MsgId', value: 'm2' }, null)).toMatchObject({
      bodyKept: false,
    });
  });
});

describe('a use from which nothing follows', () => {
  it('takes the longer way where the shorter one fails, and is counted once', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    const { ports } = suite.world.receiver;
    const failing = {
      ...ports.notifications,
      storeQuietUse: () =>
        Promise.reject(new Failure('InternalFailure', { detail: 'no such prepared statement' })),
    };
    const message = received(type, { QrCodeId: qrCodeId }, { receivedAtMs: suite.world.clock.ms });
    const taken = await receiveNotification({ ...ports, notifications: failing }, message);
    expect(taken).toMatchObject({ outcome: 'applied', reason: { code: 'CostCounted' } });
    expect(await receiveNotification(ports, message)).toMatchObject({ outcome: 'duplicate' });
    expect(await usedOf(codeId)).toBe(1);
  });

  it('is not stored where the database is away: it may have been stored, and is to come again', async () => {
    const { ports } = suite.world.receiver;
    const away = {
      ...ports.notifications,
      storeQuietUse: () => Promise.reject(new Failure('DatabaseUnavailable')),
    };
    const message = received(type, {}, { receivedAtMs: suite.world.clock.ms });
    await expect(receiveNotification({ ...ports, notifications: away }, message)).rejects.toThrow(
      'DatabaseUnavailable',
    );
  });
});

describe('a process that dies while it receives', () => {
  it('leaves nothing, or everything: sent again or retried, each message counts once', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    const { ports } = suite.world.receiver;
    let sent = 0;
    for (let fatal = 1; fatal < 12; fatal++) {
      const message = received(type, { QrCodeId: qrCodeId }, { receivedAtMs: suite.world.clock.ms });
      sent += 1;
      const dying = { ...ports, notifications: dyingAt(fatal, ports.notifications) };
      await receiveNotification(dying, message).catch(() => receiveNotification(ports, message));
    }
    suite.world.passS(61);
    await suite.world.receiver.retry();
    expect(await usedOf(codeId)).toBe(sent);
    const outcomes = new Set((await all()).map(({ outcome }) => outcome));
    expect(outcomes).toEqual(new Set(['applied']));
  });

  it('in the effect alone has stored the message, which is retried', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    const { ports } = suite.world.receiver;
    const dying = { ...ports, notifications: dyingAt(2, ports.notifications) };
    const message = received(type, { QrCodeId: qrCodeId }, { receivedAtMs: suite.world.clock.ms });
    expect(await receiveNotification(dying, message)).toMatchObject({
      outcome: 'pending',
      reason: { code: 'EffectFailed', facts: { error: 'InternalFailure' } },
    });
    expect(await usedOf(codeId)).toBe(0);
    expect(await suite.world.receiver.retry()).toEqual({ applied: 0, failed: 0 });
    suite.world.passS(60);
    expect(await suite.world.receiver.retry()).toEqual({ applied: 1, failed: 0 });
    expect(await suite.world.receiver.retry()).toEqual({ applied: 0, failed: 0 });
    expect(await usedOf(codeId)).toBe(1);
    expect(await all()).toMatchObject([{ outcome: 'applied', codeId, dueAtS: null }]);
  });

  it('in a retry leaves it to the next', async () => {
    const { codeId, route } = await codeOf(suite.world);
    const { ports } = suite.world.receiver;
    await suite.world.receiver.notify(type, {}, { route: { ...route, generation: 2 } });
    suite.world.passS(6 * 86_400);
    await suite.world.tick();
    for (let fatal = 1; fatal < 8; fatal++) {
      await retryPending({ ...ports, notifications: dyingAt(fatal, ports.notifications) }, unhurried).catch(
        () => undefined,
      );
      await suite.world.db.query('update messages set lease_until = null');
      suite.world.passS(6 * 3600);
    }
    await suite.world.receiver.retry();
    expect(await usedOf(codeId)).toBe(1);
  });
});

describe('what was turned away', () => {
  const reject = (verdict: string, sourceIp: string | null) =>
    recordRejection(suite.world.receiver.ports, {
      verdict,
      sourceIp,
      route: { kind: 'application' },
      bytes: 7,
      count: 1,
      receivedAtMs: suite.world.clock.ms,
    });

  it('is counted by hour, verdict and address', async () => {
    for (const verdict of ['WrongToken', 'WrongToken', 'NoSignature']) await reject(verdict, '192.0.2.1');
    await reject('WrongToken', null);
    suite.world.passS(3600);
    await reject('WrongToken', '192.0.2.1');
    const counted = await suite.world.receiver.reads.rejections(0, 9);
    expect(counted.map(({ verdict, sourceIp, count }) => [verdict, sourceIp, count])).toEqual([
      ['WrongToken', '192.0.2.1', 1],
      ['NoSignature', '192.0.2.1', 1],
      ['WrongToken', '', 1],
      ['WrongToken', '192.0.2.1', 2],
    ]);
    expect(counted[0]).toMatchObject({
      lastAtS: suite.world.clock.ms / 1000,
      lastBytes: 7,
      lastRoute: 'application',
    });
  });

  it('fills no table, from however many addresses it comes', async () => {
    for (let i = 0; i < 130; i++) await reject('NoSignature', `192.0.2.${i}`);
    await reject('NoSignature', '192.0.2.7');
    const counted = await suite.world.receiver.reads.rejections(0, 1000);
    expect(counted).toHaveLength(101);
    expect(counted.reduce((sum, { count }) => sum + count, 0)).toBe(131);
    expect(counted.find(({ sourceIp }) => sourceIp === '192.0.2.7')?.count).toBe(2);
    expect(counted.find(({ sourceIp }) => sourceIp === '')?.count).toBe(30);
  });
});
