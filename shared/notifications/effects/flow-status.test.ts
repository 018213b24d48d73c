import { describe, expect, it } from 'vitest';
import { callbackUrl } from '../../codes/life/callback-url.ts';
import { codeSuite } from '../../codes/testing/code-suite.ts';
import { createRequest, requestOf } from '../../codes/testing/world.ts';
import { upstreamId } from '../testing/messages.ts';
import { codeOf, contractsIn, eventsIn } from '../testing/seen.ts';

const suite = codeSuite();
const type = 'FlowStatusChange';
const flowId = upstreamId('yDFl');

const status = (FlowCallbackStatus: number, more: object = {}) => ({
  FlowId: flowId,
  FlowCallbackStatus,
  TemplateId: 'template-a',
  FlowName: '入职合同',
  CreateOn: suite.world.clock.ms / 1000,
  OccurTime: suite.world.clock.ms / 1000,
  ...more,
});
const charge = (qrCodeId: string) =>
  suite.world.receiver.notify('MultiFlowSignQrCodeCost', { QrCodeId: qrCodeId, FlowId: flowId });

describe('the state of a contract', () => {
  it('is followed for certain where the message came to the address of a code', async () => {
    const { codeId, route } = await codeOf(suite.world);
    await suite.world.receiver.notify(type, status(1), { route });
    await suite.world.receiver.notify(type, status(4), { route });
    expect(await contractsIn(suite.world)).toMatchObject([{ flowId, codeId, link: 'certain', state: 'ALL' }]);
    expect((await suite.world.record(codeId)).code.current).toMatchObject({
      used: 1,
      costMessages: 0,
      certainContracts: 1,
    });
    expect(await eventsIn(suite.world, 'contract.')).toEqual([
      `contract.completed ${flowId} ALL`,
      `contract.started ${flowId} INIT`,
    ]);
  });

  it('is followed for certain where the message repeats the address of a code', async () => {
    const { codeId, route } = await codeOf(suite.world);
    const CallbackUrl = callbackUrl('https://example.com/callback-handler', route);
    await suite.world.receiver.notify(type, status(1, { CallbackUrl, TemplateId: 'unheard of' }));
    expect(await contractsIn(suite.world)).toMatchObject([{ codeId, link: 'certain' }]);
  });

  it('is followed for certain where the contract was charged for before', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    await charge(qrCodeId);
    const receipt = await suite.world.receiver.notify(type, status(3, { TemplateId: 'unheard of' }));
    expect(receipt).toMatchObject({ outcome: 'applied', reason: { code: 'ContractFollowed' } });
    expect(await contractsIn(suite.world)).toMatchObject([
      { codeId, link: 'certain', state: 'REJECT', charged: true },
    ]);
    expect((await suite.world.record(codeId)).code.current).toMatchObject({ used: 1, certainContracts: 1 });
    expect(await eventsIn(suite.world, 'contract.ended')).toEqual([`contract.ended ${flowId} REJECT`]);
  });

  it('that was heard of before the contract was known is made up for', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    const unknown = { TemplateId: 'unheard of' };
    expect(await suite.world.receiver.notify(type, status(2, unknown))).toMatchObject({
      outcome: 'kept',
      reason: { code: 'ContractNotOurs' },
    });
    await suite.world.receiver.notify(type, status(4, unknown));
    await charge(qrCodeId);
    expect(await contractsIn(suite.world)).toMatchObject([{ codeId, state: 'ALL', charged: true }]);
    expect(await eventsIn(suite.world, 'contract.')).toHaveLength(2);
    const heard = await suite.world.receiver.reads.list(
      { msgType: type },
      { scope: null, after: undefined, limit: 9 },
    );
    expect(heard.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
  });

  it('is all that a retry makes up for: what has no effect is left alone', async () => {
    const { qrCodeId } = await codeOf(suite.world);
    await suite.world.receiver.notify('BillingUse', { FlowId: flowId });
    await suite.world.receiver.notify(type, { FlowId: flowId });
    await charge(qrCodeId);
    expect(await suite.world.receiver.retry()).toEqual({ applied: 0, failed: 0 });
  });

  it('never goes back', async () => {
    const { route } = await codeOf(suite.world);
    for (const state of [4, 1, 2, 6, 21, 4])
      await suite.world.receiver.notify(type, status(state), { route });
    expect(await contractsIn(suite.world)).toMatchObject([{ state: 'RELIEVED' }]);
    expect(await eventsIn(suite.world, 'contract.')).toEqual([
      `contract.completed ${flowId} ALL`,
      `contract.ended ${flowId} RELIEVED`,
      `contract.started ${flowId} ALL`,
    ]);
  });

  it('is inferred to belong to the one code that fits, and counted apart', async () => {
    const { codeId } = await codeOf(suite.world);
    await codeOf(suite.world, createRequest({ FlowName: 'another' }));
    const receipt = await suite.world.receiver.notify(type, status(1));
    expect(receipt).toMatchObject({ outcome: 'applied', reason: { code: 'ContractInferred' } });
    expect(await contractsIn(suite.world)).toMatchObject([{ codeId, link: 'inferred' }]);
    const { code, contracts } = await suite.world.record(codeId);
    expect(code.current).toMatchObject({ used: 0, certainContracts: 0 });
    expect(contracts).toEqual([{ codeId, generation: 1, link: 'inferred', state: 'INIT', count: 1 }]);
  });

  it('becomes certain when the message about its cost says whence it came', async () => {
    const { codeId, qrCodeId } = await codeOf(suite.world);
    await suite.world.receiver.notify(type, status(1));
    await charge(qrCodeId);
    expect(await contractsIn(suite.world)).toMatchObject([{ codeId, link: 'certain', charged: true }]);
    expect((await suite.world.record(codeId)).code.current).toMatchObject({
      used: 1,
      costMessages: 1,
      certainContracts: 1,
    });
    expect(await eventsIn(suite.world, 'contract.')).toEqual([`contract.started ${flowId} INIT`]);
  });

  it('is inferred from the name before that of the person, where the code has it appended', async () => {
    const { codeId } = await codeOf(suite.world, createRequest({ FlowNameAppendScannerInfo: true }));
    await suite.world.receiver.notify(type, status(1, { FlowName: '入职合同-张三-0000' }));
    expect(await contractsIn(suite.world)).toMatchObject([{ codeId }]);
    const { rows } = await suite.world.db.query(
      "select notification_id from messages where (messages.*)::text like '%张三%' and body is null",
    );
    expect(rows).toEqual([]);
    const { rows: named } = await suite.world.db.query(
      "select flow_id from contracts where (contracts.*)::text like '%张三%'",
    );
    expect(named).toEqual([]);
  });

  it.each<[string, () => Promise<unknown>, object]>([
    ['two codes fit', async () => [await codeOf(suite.world), await codeOf(suite.world)], {}],
    ['the name is another', () => codeOf(suite.world), { FlowName: 'something else' }],
    ['the template is another', () => codeOf(suite.world), { TemplateId: 'template-b' }],
    [
      'a name was appended that the code does not append',
      () => codeOf(suite.world),
      { FlowName: '入职合同-张三-0000' },
    ],
    [
      'it was made before the code',
      () => codeOf(suite.world),
      { CreateOn: 1_767_000_000, OccurTime: 1_767_000_000 },
    ],
  ])('is kept and nothing else where %s', async (_, make, more) => {
    await make();
    expect(await suite.world.receiver.notify(type, status(1, more))).toMatchObject({ outcome: 'kept' });
    expect(await contractsIn(suite.world)).toEqual([]);
    expect(await eventsIn(suite.world, 'contract.')).toEqual([]);
  });

  it('is told apart by the organisation that the message names', async () => {
    await codeOf(suite.world, requestOf('org-a'));
    const { codeId } = await codeOf(suite.world, requestOf('org-b'));
    await suite.world.receiver.notify(type, status(1, { ProxyOrganizationOpenId: 'org-b' }));
    expect(await contractsIn(suite.world)).toMatchObject([{ codeId, organization: 'org-b' }]);
  });

  it('is kept where the message lacks it', async () => {
    const { route } = await codeOf(suite.world);
    expect(await suite.world.receiver.notify(type, { FlowId: flowId }, { route })).toMatchObject({
      outcome: 'kept',
      reason: { code: 'MembersMissing', facts: { names: 'FlowCallbackStatus' } },
    });
  });
});
