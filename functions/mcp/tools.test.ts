/** What agents do with the tools, through the official clients of both generations of the protocol. */
import { describe, expect, it } from 'vitest';
import { zooTemplateId } from '../../local/essbasic/seeds/templates.ts';
import { as } from '../testing/platform-suite.ts';
import { allTools } from './all-tools.ts';
import { acting, agentSuite, codeOf, done, wanted } from './testing/agent-suite.ts';

const { platform, connect } = agentSuite();

const refused = (code: string) => ({ isError: true, members: expect.objectContaining({ code }) });

describe.each([
  ['2026', '2026-07-28'],
  ['2025', '2025-11-25'],
] as const)('a client of %s', (generation, protocol) => {
  const agentOf = () => connect(as(platform.apiKey), generation);

  it('lists the tools with their texts, arguments and annotations', async () => {
    const agent = await agentOf();
    expect(agent.protocol()).toBe(protocol);
    expect(agent.instructions()).toContain('The role of this key is admin');
    const listed = await agent.tools();
    expect(listed.map(({ name }) => name)).toEqual(allTools.map(({ name }) => name));
    expect(listed).toHaveLength(8);
    for (const { name, title, description, inputSchema, annotations } of listed) {
      expect([name, title, description]).toEqual([name, expect.any(String), expect.any(String)]);
      const { properties = {} } = inputSchema;
      for (const [member, schema] of Object.entries(properties))
        expect([name, member, schema]).toEqual([
          name,
          member,
          expect.objectContaining({ description: expect.stringMatching(/\w/) }),
        ]);
      expect(annotations).toMatchObject({
        readOnlyHint: !['create_code', 'change_code', 'cancel_code'].includes(name),
        destructiveHint: name === 'cancel_code',
        idempotentHint: true,
      });
    }
  });

  it('takes a code from the check of its template to its end', async () => {
    const agent = await agentOf();
    const template = { TemplateId: wanted.TemplateId };
    expect(await done(agent.call('preflight_template', { ...template, ...acting }))).toEqual({
      ...template,
      Fitness: 'Fit',
      Reasons: [],
    });
    const ExternalId = `life-${generation}`;
    const made = await done(agent.call('create_code', { ExternalId, QrCodeName: '东门', ...wanted }));
    expect(made).toMatchObject({
      Created: true,
      Code: { ExternalId, State: 'Active', QrCodeName: '东门', StableUrl: expect.stringContaining('/s/') },
    });
    const { CodeId, Version } = made['Code'] as { CodeId: string; Version: number }; // just looked at
    const { Codes } = await done(agent.call('find_codes', { Text: '东门', ExternalId }));
    expect(Codes).toEqual([made['Code']]);

    const changed = (Operation: string, seen: number) =>
      codeOf(agent.call('change_code', { CodeId, Operation, Version: seen }));
    const paused = await changed('Pause', Version);
    expect(paused).toMatchObject({ State: 'Paused', Version: Version + 1 });
    const resumed = await changed('Resume', Version + 1);
    expect(resumed).toMatchObject({ State: 'Active', Version: Version + 2 });
    expect(await changed('RenewNow', Version + 2)).toMatchObject({
      Reason: { Code: 'RenewalRequested' },
      Renewal: { NextOn: expect.any(Number) },
    });
    expect(await done(agent.call('explain', { Id: ExternalId }))).toMatchObject({
      Sentences: expect.arrayContaining([expect.stringContaining(`Code 东门 ${CodeId} is Active`)]),
    });
    expect(await done(agent.call('cancel_code', { ExternalId }))).toEqual({
      CodeId,
      AlreadyInvalid: false,
      CancelledQrCodeIds: [expect.any(String)],
    });
    expect(await done(agent.call('cancel_code', { CodeId }))).toEqual({
      CodeId,
      AlreadyInvalid: true,
      CancelledQrCodeIds: [],
    });
  });
});

describe('a tool', () => {
  it('refuses arguments that it does not take, every problem at once, and repeats no value of theirs', async () => {
    const agent = await connect();
    const { isError, members } = await agent.call('create_code', {
      ExternalId: 7,
      MaxFlowNum: 0,
      ApproverRestrictions: { Name: '欧阳测试' },
    });
    expect([isError, members]).toMatchObject([true, { code: 'InvalidRequest', status: 400 }]);
    const paths = (members['errors'] as { path: string }[]).map(({ path }) => path);
    expect(paths.sort()).toEqual(
      ['ApproverRestrictions', 'ExternalId', 'FlowName', 'MaxFlowNum', 'TemplateId'].sort(),
    );
    expect(JSON.stringify(members)).not.toContain('欧阳测试');
  });

  it.each([
    ['find_codes', { Limit: 51 }],
    ['explain', {}],
    ['recent_failures', { Hours: 0 }],
    ['forecast', { CodeId: 'a', Days: 3 }],
    ['preflight_template', { TemplateId: '' }],
    ['create_code', { ExternalId: 'no-agent', TemplateId: wanted.TemplateId, FlowName: 'x' }],
    ['change_code', { CodeId: 'a', Slug: 'b', Operation: 'Pause', Version: 1 }],
    ['cancel_code', {}],
  ])('%s refuses %j', async (name, given) => {
    expect(await (await connect()).call(name, given)).toEqual(refused('InvalidRequest'));
  });

  it('says why a template cannot carry a code, and that there is none', async () => {
    const agent = await connect();
    const preflight = (TemplateId: string) => agent.call('preflight_template', { TemplateId, ...acting });
    const unfit = zooTemplateId('EnterpriseFirst');
    expect(await done(preflight(unfit))).toEqual({
      TemplateId: unfit,
      Fitness: 'Unfit',
      Reasons: [{ En: expect.any(String), Zh: expect.any(String) }],
    });
    expect(await preflight('none-such')).toMatchObject({ isError: true, members: { status: 404 } });
  });

  it('says who must be named where the key has no organisation of its own', async () => {
    const { members } = await (await connect()).call('preflight_template', { TemplateId: 'a' });
    const paths = (members['errors'] as { path: string }[]).map(({ path }) => path);
    expect(paths).toEqual(['ProxyOrganizationOpenId', 'ProxyOperatorOpenId']);
  });

  it('says what a refusal of upstream means, and not what upstream says of it', async () => {
    platform.emulator.faults.add({
      action: 'ChannelCreateMultiFlowSignQRCode',
      code: 'OperationDenied.NoQuota',
      count: 1,
    });
    const agent = await connect();
    const { isError, members } = await agent.call('create_code', { ExternalId: 'no-quota', ...wanted });
    expect([isError, members]).toMatchObject([
      true,
      { code: 'OperationDenied.NoQuota', title: expect.any(String), upstreamRequestId: expect.any(String) },
    ]);
    expect(members).not.toHaveProperty('detail');
    const { Sentences } = await done(agent.call('explain', { Id: 'OperationDenied.NoQuota' }));
    expect(Sentences).toHaveLength(3);
  });

  it('explains no id that it does not know, and says where the id of a request is found', async () => {
    const agent = await connect();
    expect(await agent.call('explain', { Id: 'nothing' })).toEqual(refused('NotFound'));
    const RequestId = '2c595ebb-5a10-4b43-9f36-cdb0a6b723a1';
    expect(await agent.call('explain', { Id: RequestId })).toMatchObject({
      isError: true,
      members: { detail: expect.stringContaining(`requestId:"${RequestId}"`) },
    });
  });

  it('answers in the language of the caller', async () => {
    const agent = await connect({ ...as(platform.apiKey), 'Accept-Language': 'zh-CN' });
    const [find] = await agent.tools();
    expect(find).toMatchObject({
      title: '查找签署码',
      description: expect.stringContaining('不改变任何数据'),
    });
    expect(find?.inputSchema.properties).toMatchObject({ State: { description: '状态' } });
    expect(agent.instructions()).toContain('此密钥的角色为 admin');
    expect(await agent.call('cancel_code', { CodeId: 'none' })).toMatchObject({
      members: { title: '资源不存在', detail: '没有这个签署码' },
    });
  });
});
