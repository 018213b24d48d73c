/** The role of the key decides what an agent may do, its organisations what there is, and no answer says who signs. */
import { beforeAll, describe, expect, it } from 'vitest';
import { notifying } from '../testing/notifying.ts';
import { as, makeCode } from '../testing/platform-suite.ts';
import { allTools } from './all-tools.ts';
import { acting, agentSuite, done, wanted } from './testing/agent-suite.ts';

const { platform, connect, connectWith, created } = agentSuite();
const { notify } = notifying(platform);

const own = ['--organization', 'proxy-org-openid'] as const;
const foreign = ['--organization', 'test'] as const;

describe('a key', () => {
  it('is needed, and must be a good one', async () => {
    for (const headers of [{}, as('qm_nobody'), as(`${platform.apiKey}x`)])
      await expect(connect(headers)).rejects.toThrow(/401|Unauthorized|authorization/);
  });

  it('of a viewer is shown the tools that change nothing, and reaches no other', async () => {
    const viewer = await connectWith('--role', 'viewer');
    const reading = allTools.filter(({ role }) => role === 'viewer').map(({ name }) => name);
    expect((await viewer.tools()).map(({ name }) => name)).toEqual(reading);
    expect(reading).toHaveLength(5);
    expect(viewer.instructions()).toContain('The role of this key is viewer');
    const before = created();
    await expect(viewer.call('create_code', { ExternalId: 'never', ...wanted })).rejects.toThrow(
      'create_code',
    );
    expect(created()).toBe(before);
    expect(await done(viewer.call('find_codes', { ExternalId: 'never' }))).toMatchObject({ Codes: [] });
  });

  it('of an operator is shown all of them', async () => {
    const operator = await connectWith('--role', 'operator');
    expect((await operator.tools()).map(({ name }) => name)).toEqual(allTools.map(({ name }) => name));
  });
});

describe('a code of another organisation', () => {
  let ours: Record<string, unknown>;
  beforeAll(async () => {
    ours = await makeCode(platform, { ExternalId: 'gate-ours', QrCodeName: 'ours' });
  });

  it('does not exist, whatever is asked about it', async () => {
    const stranger = await connectWith('--role', 'operator', ...foreign);
    const { CodeId, Slug } = ours;
    for (const [name, given] of [
      ['explain', { Id: CodeId }],
      ['explain', { Id: 'gate-ours' }],
      ['change_code', { CodeId, Operation: 'Pause', Version: 2 }],
      ['cancel_code', { Slug }],
      ['cancel_code', { ExternalId: 'gate-ours' }],
      ['forecast', { CodeId }],
    ] as const)
      expect([name, await stranger.call(name, given)]).toMatchObject([
        name,
        { isError: true, members: { code: 'NotFound' } },
      ]);
    for (const given of [{}, { ExternalId: 'gate-ours' }, { ProxyOrganizationOpenId: 'proxy-org-openid' }])
      expect(await done(stranger.call('find_codes', given))).toEqual({ Codes: [], NextCursor: null });
    for (const name of ['forecast', 'recent_failures'])
      expect(
        JSON.stringify(await done(stranger.call(name, { ProxyOrganizationOpenId: 'proxy-org-openid' }))),
      ).not.toMatch(/gate-ours|"CodeId"/);
    const { body } = await platform.call('DescribeMultiFlowSignQRCodes', { CodeId });
    expect(body['Codes']).toMatchObject([{ State: 'Active' }]);
  });

  it('is made by no key that may not act for it', async () => {
    const stranger = await connectWith('--role', 'operator', ...foreign);
    const before = created();
    for (const name of ['create_code', 'preflight_template'])
      expect(
        await stranger.call(
          name,
          name === 'create_code'
            ? { ExternalId: 'gate-ours', ...wanted }
            : { TemplateId: wanted.TemplateId, ...acting },
        ),
      ).toMatchObject({ isError: true, members: { code: 'Forbidden' } });
    expect(created()).toBe(before);
  });

  it('exists for its own', async () => {
    const agent = await connectWith('--role', 'viewer', ...own);
    expect(await done(agent.call('find_codes', { ExternalId: 'gate-ours' }))).toMatchObject({
      Codes: [{ CodeId: ours['CodeId'] }],
    });
  });
});

describe('no answer', () => {
  const person = {
    ApproverName: '欧阳测试',
    ApproverMobile: '13912345678',
    ApproverIdCardNumber: '110101199001011237',
  };

  it('says anything of those who sign, wherever it was planted', async () => {
    const { CodeId, QrCode } = await makeCode(platform, {
      ExternalId: 'gate-planted',
      Note: '联系人 欧阳测试 13912345678',
      ApproverRestrictions: { Name: person.ApproverName, Mobile: person.ApproverMobile },
    });
    const { QrCodeId } = QrCode as { QrCodeId: string }; // upstream's own member
    const FlowId = 'a'.repeat(31).concat('9');
    await notify('MultiFlowSignQrCodeCost', { QrCodeId, FlowId, FlowName: '劳务合同-欧阳测试', ...person });
    await notify('FlowStatusChange', { FlowId, FlowCallbackShowStatus: 'PART', Approvers: [person] });
    await notify('CreateFlowByQrCode', { QrCodeId, Reason: '欧阳测试 13912345678', Approver: person });
    await notify('BrandNewType', { QrCodeId, person });
    const agent = await connect();
    const answers = [
      await agent.call('find_codes', { Text: '欧阳测试' }),
      await agent.call('find_codes', {}),
      await agent.call('explain', { Id: 'gate-planted' }),
      await agent.call('explain', { Id: FlowId }),
      await agent.call('recent_failures', { Hours: 168 }),
      await agent.call('forecast', { CodeId }),
      await agent.call('forecast', {}),
      await agent.call('preflight_template', { TemplateId: wanted.TemplateId, ...acting }),
      await agent.call('change_code', { CodeId, Version: 1, Operation: 'Pause' }),
      await agent.call('cancel_code', { CodeId }),
    ];
    const told = JSON.stringify(answers);
    expect(told).toContain('gate-planted');
    expect(told).toContain(FlowId);
    expect(told).not.toMatch(/欧阳|13912345678|110101199001011237/);
    expect(platform.lines.join('\n')).not.toMatch(/欧阳|13912345678|110101199001011237/);
  });
});
