import { describe, expect, it } from 'vitest';
import { describeCode } from '../../codes/reading/describe-codes.ts';
import { codeSuite } from '../../codes/testing/code-suite.ts';
import { requestOf } from '../../codes/testing/world.ts';
import { codeOf, eventsIn } from '../testing/seen.ts';

const suite = codeSuite();
const type = 'CreateFlowByQrCode';

const described = (codeId: string) =>
  describeCode(
    {
      register: suite.world.register,
      surroundings: suite.world.ports.surroundings,
      publicBaseUrl: 'https://q.example',
    },
    { by: 'CodeId', value: codeId },
    null,
  );

describe('a scan that failed for lack of quota', () => {
  it('blocks the organisation, says why in the words of the message, and is told once', async () => {
    const poor = await codeOf(suite.world, requestOf('poor'));
    const other = await codeOf(suite.world, requestOf('poor'));
    const rich = await codeOf(suite.world, requestOf('rich'));
    for (const { qrCodeId } of [poor, other, poor, poor]) {
      const receipt = await suite.world.receiver.notify(type, {
        QrCodeId: qrCodeId,
        Reason: '额度不足，请联系13800000000',
      });
      expect(receipt).toMatchObject({
        outcome: 'applied',
        reason: { code: 'QuotaLackSaid', facts: { said: '额度不足，请联系***' } },
      });
    }
    for (const { codeId } of [poor, other]) {
      expect(await described(codeId)).toMatchObject({
        State: 'QuotaBlocked',
        Reason: { Code: 'QuotaBlockedByScan', Zh: expect.stringContaining('额度不足，请联系***') },
      });
    }
    expect(await described(rich.codeId)).toMatchObject({ State: 'Active' });
    expect(await eventsIn(suite.world, 'quota.')).toEqual(['quota.exhausted']);
  });

  it('holds renewals until a probe is answered', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    suite.world.passS(6 * 86_400);
    await suite.world.receiver.notify(type, { QrCodeId: qrCodeId });
    expect(await suite.world.tick()).toMatchObject({ renewed: 0, held: 1 });
    suite.world.passS(61);
    expect(await suite.world.tick()).toMatchObject({ renewed: 1 });
    expect(await described(codeId)).toMatchObject({ State: 'Active' });
    expect(await eventsIn(suite.world, 'quota.')).toEqual(['quota.exhausted', 'quota.restored']);
  });

  it('before quota was seen to be back does not block again', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    const failedAtS = suite.world.clock.ms / 1000;
    await suite.world.receiver.notify(type, { QrCodeId: qrCodeId, OccurTime: failedAtS });
    suite.world.passS(6 * 86_400);
    await suite.world.tick();
    const late = await suite.world.receiver.notify(type, { QrCodeId: qrCodeId, OccurTime: failedAtS + 1 });
    expect(late).toMatchObject({ outcome: 'kept', reason: { code: 'QuotaLackOutdated' } });
    expect(await described(codeId)).toMatchObject({ State: 'Active' });
  });

  it('before a create that succeeded blocks nobody', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    const beginS = suite.world.clock.ms / 1000;
    suite.world.passS(100);
    await codeOf(suite.world);
    suite.world.passS(1);
    const late = await suite.world.receiver.notify(type, { QrCodeId: qrCodeId, OccurTime: beginS + 50 });
    expect(late).toMatchObject({ outcome: 'kept', reason: { code: 'QuotaLackOutdated' } });
    expect(await described(codeId)).toMatchObject({ State: 'Active' });
    expect(await eventsIn(suite.world, 'quota.')).toEqual([]);
    const news = await suite.world.receiver.notify(type, { QrCodeId: qrCodeId, OccurTime: beginS + 101 });
    expect(news).toMatchObject({ outcome: 'applied' });
  });

  it('lifts when a create turns out to have succeeded later', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    const failedAtS = suite.world.clock.ms / 1000 + 1;
    await suite.world.receiver.notify(type, { QrCodeId: qrCodeId, OccurTime: failedAtS });
    await suite.world.db.query('update attempts set sent_at = to_timestamp($1)', [failedAtS + 1]);
    await suite.world.receiver.retry();
    expect(await described(codeId)).toMatchObject({ State: 'Active' });
  });

  it('is known by the organisation alone where it names no code', async () => {
    const { codeId } = await codeOf(suite.world, requestOf('poor'));
    await suite.world.receiver.notify(type, { ProxyOrganizationOpenId: 'poor' });
    expect(await described(codeId)).toMatchObject({
      State: 'QuotaBlocked',
      Reason: { Code: 'QuotaBlockedByScanSilently' },
    });
  });

  it('is kept where it names nobody', async () => {
    await codeOf(suite.world);
    const receipt = await suite.world.receiver.notify(type, { ProxyOrganizationOpenId: 'somebody' });
    expect(receipt).toMatchObject({ outcome: 'kept', reason: { code: 'OrganizationUnknown' } });
    expect(await eventsIn(suite.world, 'quota.')).toEqual([]);
  });

  it('blocks once when many report it at the same moment', async () => {
    const { qrCodeId } = await codeOf(suite.world);
    const connections = await Promise.all(Array.from({ length: 4 }, () => suite.test.connect()));
    const { createWorld } = await import('../../codes/testing/world.ts');
    await Promise.all(connections.map((db) => createWorld(db).receiver.notify(type, { QrCodeId: qrCodeId })));
    expect(await eventsIn(suite.world, 'quota.')).toEqual(['quota.exhausted']);
  });
});
