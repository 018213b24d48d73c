/** What people see of the notifications that came, and of the contracts that they are about. */
import { describe, expect, it } from 'vitest';
import { callbackSecrets, notifying } from './testing/notifying.ts';
import { as, platformSuite } from './testing/platform-suite.ts';

const describeNotifications = 'DescribeNotifications';
const replay = 'ReplayNotification';

const platform = platformSuite(callbackSecrets);
const { listed, makeCode, notify, one, usedOf } = notifying(platform);

const keys = async (...args: string[]) => as(await platform.keys(...args));

describe('DescribeNotifications', () => {
  it('filters, pages from new to old, and refuses what does not go together', async () => {
    const { CodeId, QrCodeId } = await makeCode();
    const ids = [];
    for (let number = 0; number < 5; number += 1) {
      ids.unshift(await notify('MultiFlowSignQrCodeCost', { QrCodeId }));
    }
    const msgIds = (rows: Record<string, unknown>[]) => rows.map(({ MsgId }) => MsgId);
    expect(msgIds(await listed({ CodeId }))).toEqual(ids);
    expect(
      msgIds(await listed({ QrCodeId, MsgType: 'MultiFlowSignQrCodeCost', Outcome: 'Applied' })),
    ).toEqual(ids);
    expect(await listed({ QrCodeId, MsgType: 'Other' })).toEqual([]);
    expect(await listed({ CodeId, Outcome: 'Failed' })).toEqual([]);
    expect(await listed({ QrCodeId: 'none-such' })).toEqual([]);
    expect(await listed({ CodeId, ReceivedBefore: 1_700_000_000 })).toEqual([]);
    expect(msgIds(await listed({ CodeId, ReceivedAfter: 1_700_000_000 }))).toEqual(ids);

    const first = await platform.call(describeNotifications, { CodeId, Limit: 2 });
    const second = await platform.call(describeNotifications, {
      CodeId,
      Limit: 3,
      Cursor: first.body['NextCursor'],
    });
    const paged = [first, second].flatMap(({ body }) => body['Notifications'] as Record<string, unknown>[]);
    expect(msgIds(paged)).toEqual(ids);
    expect(second.body['NextCursor']).toBeNull();
    const foreign = await platform.call(describeNotifications, {
      Limit: 2,
      Cursor: first.body['NextCursor'],
    });
    expect(foreign.status).toBe(400);
    for (const asked of [
      { MsgId: 'a', CodeId },
      { MsgId: 'a', NotificationId: 'b' },
      { Rejections: true, CodeId },
    ]) {
      expect((await platform.call(describeNotifications, asked)).status).toBe(400);
    }
    expect((await platform.call(describeNotifications, { NotificationId: 'none' })).status).toBe(404);
  });

  it('shows a key that is bound to organisations what is about them alone', async () => {
    const { QrCodeId } = await makeCode();
    const ours = await notify('MultiFlowSignQrCodeCost', { QrCodeId });
    const nobodys = await notify('BrandNewType', {});
    const bound = (organization: string) =>
      keys('create', '--name', organization, '--role', 'viewer', '--organization', organization);
    const own = await bound('proxy-org-openid');
    const other = await bound('test');
    expect((await listed({}, own)).map(({ MsgId }) => MsgId)).toContain(ours);
    expect((await listed({}, own)).map(({ MsgId }) => MsgId)).not.toContain(nobodys);
    expect(await listed({}, other)).toEqual([]);
    expect((await platform.call(describeNotifications, { MsgId: ours }, other)).status).toBe(404);
    expect((await platform.call(describeNotifications, { MsgId: nobodys }, own)).status).toBe(404);
    expect(await listed({ ProxyOrganizationOpenId: 'proxy-org-openid' }, other)).toEqual([]);
  });

  it('shows nothing of what a message says of persons', async () => {
    const { QrCodeId } = await makeCode();
    const person = {
      ApproverName: '欧阳测试',
      ApproverMobile: '13912345678',
      ApproverIdCardNumber: '110101199001011237',
    };
    await notify('FlowStatusChange', { QrCodeId, FlowName: '劳务合同-欧阳测试', Approvers: [person] });
    await notify('CreateFlowByQrCode', { QrCodeId, Reason: '额度不足', Approver: person });
    const told = JSON.stringify(await listed({ Limit: 100 }));
    expect(told).toContain('CreateFlowByQrCode');
    expect(told).not.toMatch(/欧阳测试|13912345678|110101199001011237/);
    expect(platform.lines.join('\n')).not.toMatch(/欧阳测试|13912345678|110101199001011237/);
  });
});

describe('ReplayNotification', () => {
  it('changes nothing of what had its effect, one or many', async () => {
    const { CodeId, QrCodeId } = await makeCode();
    const ids = [];
    for (let number = 0; number < 3; number += 1)
      ids.push(await notify('MultiFlowSignQrCodeCost', { QrCodeId }));
    const stored = await listed({ CodeId });
    const single = await platform.call(replay, { NotificationId: stored[0]?.['NotificationId'] });
    expect(single.body['Replayed']).toEqual([
      expect.objectContaining({
        NotificationId: stored[0]?.['NotificationId'],
        OutcomeBefore: 'Applied',
        Outcome: 'Applied',
      }),
    ]);
    const page = await platform.call(replay, { CodeId, Limit: 2 });
    expect(page.body).toMatchObject({ TimeUp: false, NextCursor: expect.any(String) });
    expect(page.body['Replayed']).toHaveLength(2);
    const rest = await platform.call(replay, { CodeId, Limit: 2, Cursor: page.body['NextCursor'] });
    expect(rest.body).toMatchObject({ TimeUp: false, NextCursor: null });
    expect(await usedOf(CodeId)).toBe(3);
    expect(await listed({ CodeId })).toEqual(stored);
  });

  it('wants to know which, and an operator who may see them', async () => {
    const { QrCodeId } = await makeCode();
    const stored = await one(await notify('MultiFlowSignQrCodeCost', { QrCodeId }));
    const NotificationId = stored?.['NotificationId'];
    for (const asked of [{}, { Limit: 5 }, { NotificationId, CodeId: 'x' }, { NotificationId, Limit: 1 }]) {
      expect((await platform.call(replay, asked)).status).toBe(400);
    }
    const viewer = await keys('create', '--name', 'v', '--role', 'viewer');
    const stranger = await keys('create', '--name', 'o', '--role', 'operator', '--organization', 'test');
    expect((await platform.call(replay, { NotificationId }, viewer)).status).toBe(403);
    expect((await platform.call(replay, { NotificationId }, stranger)).status).toBe(404);
    expect((await platform.call(replay, { QrCodeId }, stranger)).body).toMatchObject({ Replayed: [] });
    expect((await platform.call(replay, { NotificationId: 'none' })).status).toBe(404);
  });
});

describe('DescribeContracts', () => {
  const flowId = (end: string) => end.padStart(32, 'a');

  it('tells the contracts of a code, without the names that their messages hold', async () => {
    const { CodeId, QrCodeId } = await makeCode({ ExternalId: 'gate-contracts' });
    const person = { ApproverName: '欧阳测试', ApproverMobile: '13912345678' };
    for (const [FlowId, FlowCallbackShowStatus] of [
      [flowId('1'), 'PART'],
      [flowId('2'), 'ALL'],
    ]) {
      await notify('MultiFlowSignQrCodeCost', { QrCodeId, FlowId, FlowName: '劳务合同-欧阳测试' });
      await notify('FlowStatusChange', { FlowId, FlowCallbackShowStatus, Approvers: [person] });
    }
    const { status, body } = await platform.call('DescribeContracts', { CodeId, Unfinished: true });
    expect([status, body]).toMatchObject([
      200,
      {
        Contracts: [
          {
            FlowId: flowId('1'),
            State: 'PART',
            ExternalId: 'gate-contracts',
            Generation: 1,
            Link: 'Certain',
          },
        ],
        NextCursor: null,
      },
    ]);
    const all = await platform.call('DescribeContracts', { CodeId });
    expect(all.body['Contracts']).toHaveLength(2);
    expect(JSON.stringify(all.body)).not.toMatch(/欧阳测试|13912345678/);
  });

  it('shows a key that is bound to organisations their contracts alone, and refuses what does not go together', async () => {
    const other = await keys('create', '--name', 'c', '--role', 'viewer', '--organization', 'test');
    const hidden = await platform.call('DescribeContracts', { FlowId: flowId('1') }, other);
    expect(hidden.body).toMatchObject({ Contracts: [], NextCursor: null });
    const { status, body } = await platform.call('DescribeContracts', {
      State: 'ALL',
      Unfinished: true,
      Generation: 1,
    });
    expect([status, JSON.stringify(body)]).toEqual([
      400,
      expect.stringMatching(/State and Unfinished.*Generation must be given together with CodeId/),
    ]);
  });
});
