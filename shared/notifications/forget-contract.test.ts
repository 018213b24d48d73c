import { describe, expect, it } from 'vitest';
import { codeSuite } from '../codes/testing/code-suite.ts';
import { scopeOf } from '../codes/testing/sample-code.ts';
import { contractLists } from '../store/notifications/contract-lists.ts';
import { contractForgetting } from '../store/notifications/forget-contracts.ts';
import { forgetContract } from './forget-contract.ts';
import { upstreamId } from './testing/messages.ts';
import { codeOf, contractsIn, eventsIn } from './testing/seen.ts';

const suite = codeSuite();

function forget(flowId: string, scope = scopeOf('org-a') as ReturnType<typeof scopeOf> | null) {
  const ports = {
    contracts: contractForgetting(suite.test.db),
    surroundings: suite.world.ports.surroundings,
  };
  return forgetContract(ports, { flowId, scope, actor: 'key:admin' });
}

const kept = async () =>
  (
    await suite.test.db.query<{ body: string | null; flowId: string | null; outcome: string }>(
      `select b.body, flow_id as "flowId", coalesce(outcome, 'applied') as outcome from messages left join message_bodies b
         using (received_at, notification_id) order by received_at, notification_id`,
    )
  ).rows;
const listed = async (flowId: string) =>
  contractLists(suite.test.db).list({ flowId }, { scope: null, after: undefined, limit: 10 });

/** A contract that was started, and of which two messages tell. */
async function started() {
  const { codeId, qrCodeId } = await codeOf(suite.world);
  const FlowId = upstreamId('yDFl');
  const { notify } = suite.world.receiver;
  await notify('MultiFlowSignQrCodeCost', { QrCodeId: qrCodeId, FlowId, Name: '张三' });
  await notify('FlowStatusChange', {
    QrCodeId: qrCodeId,
    FlowId,
    FlowCallbackStatus: 2,
    Phone: '13800000000',
  });
  return { codeId, qrCodeId, FlowId };
}

describe('a contract that is forgotten', () => {
  it('leaves no content and no link to it, and is in no list', async () => {
    const { FlowId } = await started();
    expect((await kept()).every(({ body, flowId }) => body !== null && flowId === FlowId)).toBe(true);
    const nowS = suite.world.clock.ms / 1000;
    expect(await forget(FlowId)).toEqual({ FlowId, ForgottenOn: nowS, Notifications: 2 });
    expect((await kept()).map(({ body, flowId }) => [body, flowId])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(await listed(FlowId)).toEqual([]);
    expect((await eventsIn(suite.world, 'contract.')).join()).not.toContain(FlowId);
    const { rows } = await suite.test.db.query(
      "select actor, action, reason from audit where subject = $1 and action = 'contract.forgotten'",
      [FlowId],
    );
    expect(rows).toEqual([{ actor: 'key:admin', action: 'contract.forgotten', reason: '2 notifications' }]);
  });

  it('still counts, and a message that comes late counts once and is not kept', async () => {
    const { codeId, qrCodeId, FlowId } = await started();
    const before = (await suite.world.record(codeId)).contracts;
    await forget(FlowId);
    expect((await suite.world.record(codeId)).contracts).toEqual(before);
    const { notify } = suite.world.receiver;
    await notify('MultiFlowSignQrCodeCost', { QrCodeId: qrCodeId, FlowId, Name: '张三' });
    await notify('FlowStatusChange', { FlowId, FlowCallbackStatus: 4, Name: '张三' });
    const { code, contracts } = await suite.world.record(codeId);
    expect(code.current).toMatchObject({ used: 1, costMessages: 1, certainContracts: 1 });
    expect(contracts).toMatchObject([{ state: 'ALL', count: 1 }]);
    expect((await kept()).map(({ body, flowId }) => [body, flowId])).toEqual(
      Array.from({ length: 4 }, () => [null, null]),
    );
    expect(await listed(FlowId)).toEqual([]);
    expect(await contractsIn(suite.world)).toHaveLength(1);
    expect((await eventsIn(suite.world, 'contract.completed')).join()).not.toContain(FlowId);
  });

  it('is forgotten once', async () => {
    const { FlowId } = await started();
    const first = await forget(FlowId);
    suite.world.passS(100);
    expect(await forget(FlowId)).toEqual({ ...first, Notifications: 0 });
    expect(await suite.world.audits('contract.forgotten')).toHaveLength(1);
  });

  it('is one of the caller, and of nobody else', async () => {
    const { FlowId } = await started();
    await expect(forget(FlowId, scopeOf('org-b'))).rejects.toMatchObject({ code: 'NotFound' });
    await expect(forget(upstreamId('yDFl'))).rejects.toMatchObject({ code: 'NotFound' });
    expect(await listed(FlowId)).toHaveLength(1);
  });

  it('is not brought back by a message whose effect was still to come', async () => {
    const { FlowId } = await started();
    await suite.test.db.query(
      "update messages set outcome = 'pending', due_at = now(), settled_at = null where msg_type = 'F'",
    );
    await forget(FlowId);
    expect(await suite.world.receiver.retry()).toEqual({ applied: 0, failed: 0 });
    expect((await kept()).map(({ outcome }) => outcome).sort()).toEqual(['applied', 'kept']);
  });
});
