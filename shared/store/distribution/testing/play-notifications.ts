import { createWorld, startMs } from '../../../codes/testing/world.ts';
import { upstreamId } from '../../../notifications/testing/messages.ts';
import { contractLists } from '../../notifications/contract-lists.ts';
import { contractForgetting } from '../../notifications/forget-contracts.ts';
import { notificationArrivals } from '../../notifications/notification-arrivals.ts';
import { notificationReads } from '../../notifications/notification-reads.ts';
import { notificationRetries } from '../../notifications/notification-retries.ts';
import type { Database } from '../../postgres/database.ts';

const nowS = startMs / 1000;
const scope = { appId: 'app', organizations: ['org-a', 'org-b'] };

/** What notifications do, and who looks at them. */
export async function playNotifications(db: Database): Promise<void> {
  const world = createWorld(db);
  await world.forgetEverything();
  const { code } = await world.create();
  const qrCodeId = code.current?.qrCodeId ?? '';
  const route = { kind: 'code' as const, token: code.callbackToken, generation: 1 };
  const { notify, retry, replay } = world.receiver;
  const FlowId = upstreamId('yDFl');
  const { notificationId } = await notify('MultiFlowSignQrCodeCost', { QrCodeId: qrCodeId });
  await notify('MultiFlowSignQrCodeCost', { QrCodeId: qrCodeId }, { msgId: 'm' });
  await notify('MultiFlowSignQrCodeCost', { QrCodeId: qrCodeId }, { msgId: 'm' });
  await notify('MultiFlowSignQrCodeCost', {}, { route });
  await notify('FlowStatusChange', { FlowId, FlowStatus: 'PART' });
  await notify('MultiFlowSignQrCodeCost', { QrCodeId: qrCodeId, FlowId });
  await notify('FlowStatusChange', { FlowId, FlowStatus: 'ALL' });
  await notify('FlowStatusChange', {
    FlowId: upstreamId('yDFl'),
    FlowStatus: 'INIT',
    TemplateId: 'template-a',
    FlowName: '入职合同',
  });
  await notify('CreateFlowByQrCode', { QrCodeId: qrCodeId, OccurTime: nowS });
  await notify('TemplateDelete', { TemplateId: 'template-a' });
  await notify('MultiFlowSignQrCodeCost', {}, { route: { ...route, generation: 2 } });
  await retry();
  await replay(notificationId);
  await takeUp(db, qrCodeId, FlowId);
  await lookAt(db, code.codeId, FlowId);
  const forgotten = { flowId: FlowId, scope: null, actor: 'test' };
  await contractForgetting(db).forget(forgotten, nowS);
  await notify('FlowStatusChange', { FlowId, FlowStatus: 'ALL' });
}

/** What a run does with notifications that are not settled. */
async function takeUp(db: Database, qrCodeId: string, flowId: string): Promise<void> {
  const retries = notificationRetries(db);
  await retries.body('nobody');
  await retries.reviveLinked(nowS, nowS - 3600, 10);
  await retries.provenOrganizations(10);
  await retries.transaction(async (tx) => {
    await tx.lockGeneration(qrCodeId);
    await tx.knownOrganizations(['org-a']);
    await tx.lastProofS('app', 'org-a');
    await tx.forgetContent('nobody');
    for (const route of [{ kind: 'application' }, { kind: 'code', token: 'token', generation: 1 }] as const) {
      const locator = { route, qrCodeIds: [qrCodeId], flowId };
      await tx.reconsider('nobody', locator, ['pending']);
    }
    const contract = { templateId: 'template-a', flowNames: ['入职合同'], startedAtS: nowS };
    await tx.candidates({ ...contract, organizations: [] });
  });
  const arrivals = notificationArrivals(db);
  const about = { route: { kind: 'application' }, sourceIp: '192.0.2.1', receivedAtMs: startMs } as const;
  await arrivals.reject({ ...about, verdict: 'stale', bytes: 1, count: 1 });
  await arrivals.countCopy('nobody');
}

async function lookAt(db: Database, codeId: string, flowId: string): Promise<void> {
  const reads = notificationReads(db, () => startMs);
  await reads.find({ by: 'MsgId', value: 'm' }, null);
  await reads.find({ by: 'NotificationId', value: 'n' }, scope);
  await reads.rejections(0, 20);
  const contracts = contractLists(db);
  for (const after of [undefined, { atMs: startMs, id: 'x' }])
    for (const seen of [null, scope]) {
      const page = { scope: seen, after, limit: 20 };
      await reads.list({}, page);
      await reads.list({ codeId, generation: 1, msgType: 'FlowStatusChange', outcome: 'kept' }, page);
      await reads.list({ organization: 'org-a', sinceS: 1, untilS: nowS }, page);
      await contracts.list({}, page);
      await contracts.list({ flowId, codeId, generation: 1, state: 'ALL' }, page);
      await contracts.list({ qrCodeId: 'q', organization: 'org-a', unfinished: true, sinceS: 1 }, page);
    }
}
