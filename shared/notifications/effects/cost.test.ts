import { describe, expect, it } from 'vitest';
import { codeSuite } from '../../codes/testing/code-suite.ts';
import { createRequest, requestOf } from '../../codes/testing/world.ts';
import { upstreamId } from '../testing/messages.ts';
import { codeOf, contractsIn, eventsIn } from '../testing/seen.ts';

const suite = codeSuite();
const type = 'MultiFlowSignQrCodeCost';

/** As they are counted by the day. */
async function usesOf(codeId: string): Promise<number | undefined> {
  const { rows } = await suite.test.db.query<{ uses: number }>(
    'select sum(uses)::int as uses from daily_uses where code_id = $1',
    [codeId],
  );
  return rows[0]?.uses;
}

const generation = async (codeId: string) => (await suite.world.record(codeId)).generations.at(-1);

describe('a message that a contract was charged for', () => {
  it.each<[string, (qrCodeId: string) => unknown]>([
    ['as a member', (id) => ({ QrCodeId: id })],
    ['deep inside, under another name', (id) => ({ Detail: { items: [{ code: id }] } })],
    ['in a link', (id) => ({ Link: `https://example.com/s?c=${id}` })],
    ['as a text of JSON', (id) => JSON.stringify({ id })],
  ])('is counted where it names the QR code %s', async (_, dataOf) => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    const receipt = await suite.world.receiver.notify(type, dataOf(qrCodeId));
    expect(receipt).toMatchObject({ outcome: 'applied', reason: { code: 'CostCounted' } });
    expect(await generation(codeId)).toMatchObject({ used: 1, costMessages: 1, certainContracts: 0 });
  });

  it('is counted by the address that it came to, whatever it says', async () => {
    const { codeId, route } = await codeOf(suite.world);
    expect(await suite.world.receiver.notify(type, { Unheard: 'of' }, { route })).toMatchObject({
      outcome: 'applied',
    });
    expect(await generation(codeId)).toMatchObject({ used: 1 });
  });

  it('is counted once for each message, and once for each contract that it names', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    const { notify } = suite.world.receiver;
    const FlowId = upstreamId('yDFl');
    await notify(type, { QrCodeId: qrCodeId, FlowId }, { msgId: 'm1' });
    expect(await notify(type, { QrCodeId: qrCodeId, FlowId }, { msgId: 'm1' })).toMatchObject({
      outcome: 'duplicate',
    });
    expect(await notify(type, { QrCodeId: qrCodeId, FlowId }, { msgId: 'm2' })).toMatchObject({
      outcome: 'kept',
      reason: { code: 'CostCountedBefore' },
    });
    await notify(type, { QrCodeId: qrCodeId }, { msgId: 'm3' });
    expect(await generation(codeId)).toMatchObject({ used: 2, costMessages: 2, certainContracts: 1 });
    expect(await usesOf(codeId)).toBe(2);
    expect(await contractsIn(suite.world)).toMatchObject([
      { flowId: FlowId, link: 'certain', state: 'INIT', charged: true },
    ]);
    expect(await eventsIn(suite.world, 'contract.')).toEqual([`contract.started ${FlowId} INIT`]);
  });

  it('that names a contract alone is counted when it is known whose that is, certain or not', async () => {
    const { codeId } = await codeOf(suite.world);
    const FlowId = upstreamId('yDFl');
    expect(await suite.world.receiver.notify(type, { FlowId })).toMatchObject({ outcome: 'kept' });
    const status = { FlowId, FlowStatus: 'INIT', TemplateId: 'template-a', FlowName: '入职合同' };
    await suite.world.receiver.notify('FlowStatusChange', status);
    expect(await suite.world.receiver.retry()).toEqual({ applied: 1, failed: 0 });
    expect(await suite.world.receiver.retry()).toEqual({ applied: 0, failed: 0 });
    expect(await generation(codeId)).toMatchObject({ used: 1, costMessages: 1, certainContracts: 0 });
    expect(await contractsIn(suite.world)).toMatchObject([{ link: 'inferred', charged: true }]);
  });

  it('of a code that nobody knows is kept', async () => {
    const receipt = await suite.world.receiver.notify(type, { QrCodeId: upstreamId('yDQr') });
    expect(receipt).toMatchObject({ outcome: 'kept', reason: { code: 'CodeUnknown' } });
  });

  it('tells 50, 80 and 100 percent once each', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    const seen: string[][] = [];
    for (const more of [4, 1, 2, 1, 2, 3]) {
      await suite.world.receiver.charge(qrCodeId, more);
      seen.push(await eventsIn(suite.world, 'code.usage'));
    }
    const told = (...percents: number[]) => percents.map((percent) => `code.usage_threshold 1 ${percent}`);
    expect(seen).toEqual([told(), told(50), told(50), told(50, 80), told(100, 50, 80), told(100, 50, 80)]);
    expect(await generation(codeId)).toMatchObject({ used: 13, state: 'exhausted' });
    expect(await usesOf(codeId)).toBe(13);
    expect((await suite.world.events()).filter((event) => event === 'code.exhausted')).toHaveLength(1);
  });

  it('tells each threshold of a code that has one contract', async () => {
    const { qrCodeId } = await codeOf(suite.world, createRequest({ MaxFlowNum: 1 }));
    await suite.world.receiver.charge(qrCodeId);
    expect(await eventsIn(suite.world, 'code.usage')).toHaveLength(3);
  });

  it('that uses the code up hands it to renewal at once', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    await suite.world.receiver.charge(qrCodeId, 10);
    expect((await suite.world.record(codeId)).code).toMatchObject({
      state: 'Exhausted',
      dueAtS: suite.world.clock.ms / 1000,
    });
    expect(await suite.world.tick()).toMatchObject({ renewed: 1 });
    expect((await suite.world.record(codeId)).code.state).toBe('Active');
  });

  it('says that its code is due where it passes the threshold of renewal or uses the code up, and not else', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    const due: boolean[] = [];
    for (let used = 1; used <= 11; used += 1) {
      const { madeDue } = await suite.world.receiver.notify(type, { QrCodeId: qrCodeId });
      due.push(madeDue === codeId);
    }
    expect(due.flatMap((isDue, index) => (isDue ? [index + 1] : []))).toEqual([9, 10]);
  });

  it('does not say so of a code that is not renewed, nor of one whose pause after a failure lasts', async () => {
    const off = await suite.world.create(createRequest(), { policy: { Enabled: false } });
    const failing = await codeOf(suite.world);
    const uses = async (qrCodeId: string, times: number) => {
      const receipts = [];
      for (let used = 0; used < times; used += 1)
        receipts.push(await suite.world.receiver.notify(type, { QrCodeId: qrCodeId }));
      return receipts.map(({ madeDue }) => madeDue);
    };
    expect((await uses(off.code.current?.qrCodeId ?? '', 10)).filter((made) => made !== undefined)).toEqual(
      [],
    );
    await uses(failing.qrCodeId, 9);
    suite.world.fake.faults.push('unreachable');
    expect(await suite.world.tick()).toMatchObject({ retrying: 1 });
    expect(await uses(failing.qrCodeId, 1)).toEqual([undefined]);
  });

  it('is counted for the generation that it is about, also when it is no longer the newest', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    await suite.world.receiver.charge(qrCodeId, 9);
    await suite.world.tick();
    await suite.world.receiver.charge(qrCodeId, 1);
    const { code, generations } = await suite.world.record(codeId);
    expect(generations).toMatchObject([
      { number: 2, used: 0, state: 'live' },
      { number: 1, used: 10, state: 'exhausted' },
    ]);
    expect(code.state).toBe('Active');
  });

  it('is not undone by a renewal that had read the generation before', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    const stale = await generation(codeId);
    await suite.world.receiver.charge(qrCodeId, 3);
    if (stale === undefined) throw new Error('no generation');
    await suite.world.register.transaction((tx) => tx.saveGeneration({ ...stale, state: 'superseded' }));
    expect(await generation(codeId)).toMatchObject({ used: 3, state: 'superseded' });
  });

  it('that comes before the generation is written down waits for it', async () => {
    const { codeId, route } = await codeOf(suite.world);
    const early = { ...route, generation: 2 };
    expect(await suite.world.receiver.notify(type, {}, { route: early })).toMatchObject({
      outcome: 'pending',
      reason: { code: 'GenerationAwaited' },
    });
    expect(await suite.world.receiver.retry()).toEqual({ applied: 0, failed: 0 });
    suite.world.passS(6 * 86_400);
    await suite.world.tick();
    expect(await suite.world.receiver.retry()).toEqual({ applied: 1, failed: 0 });
    expect((await suite.world.record(codeId)).code.current).toMatchObject({ number: 2, used: 1 });
  });
});

describe('a cost after a block', () => {
  const failed = (qrCodeId: string, OccurTime: number) =>
    suite.world.receiver.notify('CreateFlowByQrCode', { QrCodeId: qrCodeId, OccurTime });
  const charged = (qrCodeId: string, OccurTime: number) =>
    suite.world.receiver.notify(type, { QrCodeId: qrCodeId, OccurTime });
  const quotaOf = async (codeId: string) => (await suite.world.record(codeId)).organization?.quotaState;

  it('proves that quota is back: renewals go on, and that is told once', async () => {
    const poor = await codeOf(suite.world, requestOf('poor'));
    const nowS = () => suite.world.clock.ms / 1000;
    suite.world.passS(6 * 86_400);
    await failed(poor.qrCodeId, nowS() - 20);
    expect(await suite.world.tick()).toMatchObject({ renewed: 0 });
    await charged(poor.qrCodeId, nowS() - 30);
    expect(await quotaOf(poor.codeId)).toBe('blocked');
    const outcomes = [await charged(poor.qrCodeId, nowS() - 10), await charged(poor.qrCodeId, nowS() - 5)];
    expect(outcomes.map(({ reason }) => reason.code)).toEqual(['CostRestoredQuota', 'CostCounted']);
    expect(await quotaOf(poor.codeId)).toBe('ok');
    expect(await eventsIn(suite.world, 'quota.')).toEqual(['quota.exhausted', 'quota.restored']);
    expect(await suite.world.tick()).toMatchObject({ renewed: 1 });
  });

  it('that was heard of first keeps an older failure from blocking', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    // The create itself proves quota.
    suite.world.passS(100);
    const nowS = suite.world.clock.ms / 1000;
    await charged(qrCodeId, nowS - 10);
    expect(await failed(qrCodeId, nowS - 11)).toMatchObject({
      outcome: 'kept',
      reason: { code: 'QuotaLackOutdated' },
    });
    expect(await quotaOf(codeId)).toBe('ok');
    expect(await eventsIn(suite.world, 'quota.')).toEqual([]);
  });

  it('that does not say when it was proves it only a day after the last failure', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    await suite.world.receiver.notify('CreateFlowByQrCode', { QrCodeId: qrCodeId });
    suite.world.passS(86_400);
    await suite.world.receiver.notify(type, { QrCodeId: qrCodeId });
    await suite.world.receiver.retry();
    expect(await quotaOf(codeId)).toBe('blocked');
    suite.world.passS(1);
    await suite.world.receiver.notify(type, { QrCodeId: qrCodeId });
    expect(await quotaOf(codeId)).toBe('ok');
  });

  it('that does not say when it was, and was long under way, ends no block: it is told once', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    const scanInVain = () => suite.world.receiver.notify('CreateFlowByQrCode', { QrCodeId: qrCodeId });
    await scanInVain();
    // Charged for before that, and held back by an outage.
    suite.world.passS(2 * 3600);
    await suite.world.receiver.notify(type, { QrCodeId: qrCodeId });
    expect(await quotaOf(codeId)).toBe('blocked');
    await scanInVain();
    expect(await eventsIn(suite.world, 'quota.')).toEqual(['quota.exhausted']);
  });

  it('that does not say when it was has upstream asked at once, ten minutes after the last failure', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world, requestOf('poor'));
    suite.world.fake.withoutQuota.add('poor');
    suite.world.passS(6 * 86_400);
    await suite.world.receiver.notify('CreateFlowByQrCode', { QrCodeId: qrCodeId });
    for (let probes = 0; probes < 6; probes += 1) {
      const { organization } = await suite.world.record(codeId);
      suite.world.passS((organization?.probeAtS ?? 0) - suite.world.clock.ms / 1000);
      await suite.world.tick();
    }
    suite.world.fake.withoutQuota.clear();
    const charged = () => suite.world.receiver.notify(type, { QrCodeId: qrCodeId });
    suite.world.passS(600);
    await charged();
    expect(await suite.world.tick()).toMatchObject({ renewed: 0 });
    suite.world.passS(1);
    await charged();
    expect(await suite.world.tick()).toMatchObject({ renewed: 1 });
    expect(await quotaOf(codeId)).toBe('ok');
  });

  it('of the same moment, of which neither message knew, is set right by the timer', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    // The create itself proves quota.
    suite.world.passS(100);
    const nowS = suite.world.clock.ms / 1000;
    await failed(qrCodeId, nowS - 10);
    await charged(qrCodeId, nowS - 5);
    // As it is when both were at work at once, and neither saw what the other wrote.
    await suite.world.db.query("update organizations set quota_state = 'blocked', proven_at = null");
    await suite.world.receiver.retry();
    expect(await quotaOf(codeId)).toBe('ok');
  });
});
