/** Who may call what, see what and hand out keys, as a user and an operator meet it. */
import { describe, expect, it } from 'vitest';
import { as, good, makeCode, platformSuite } from './testing/platform-suite.ts';

const create = 'ChannelCreateMultiFlowSignQRCode';
const describeCodes = 'DescribeMultiFlowSignQRCodes';
const modify = 'ModifyMultiFlowSignQRCode';

const platform = platformSuite();

describe('an API key', () => {
  it('of an operator fills in the Agent, and acts and sees for its organisation alone', async () => {
    const ours = await makeCode(platform, { ExternalId: 'ours' });
    const own = await platform.keys(
      'create',
      '--name',
      'own',
      '--role',
      'operator',
      '--organization',
      'proxy-org-openid',
      '--operator',
      'proxy-operator-openid',
    );
    const { Agent: _, ...withoutAgent } = good;
    expect((await platform.call(create, withoutAgent, as(own))).status).toBe(200);

    const other = await platform.keys(
      'create',
      '--name',
      'other',
      '--role',
      'operator',
      '--organization',
      'another-org',
    );
    expect((await platform.call(create, good, as(other))).status).toBe(403);
    expect(await platform.call(describeCodes, { CodeId: ours['CodeId'] }, as(other))).toMatchObject({
      status: 404,
    });
    expect((await platform.call(describeCodes, {}, as(other))).body['Codes']).toEqual([]);
    const change = { CodeId: ours['CodeId'], Version: 2, Note: 'x' };
    expect((await platform.call(modify, change, as(other))).status).toBe(404);
  });

  it('of a viewer looks and creates nothing; a revoked one is refused', async () => {
    const viewer = await platform.keys('create', '--name', 'viewer', '--role', 'viewer');
    expect((await platform.call(describeCodes, {}, as(viewer))).status).toBe(200);
    const before = platform.emulator.codes.list().length;
    expect(await platform.call(create, good, as(viewer))).toMatchObject({
      status: 403,
      body: { code: 'Forbidden' },
    });
    expect(platform.emulator.codes.list().length).toBe(before);
    await platform.keys('revoke', viewer.split('_')[1] ?? '');
    expect((await platform.call(describeCodes, {}, as(viewer))).status).toBe(401);
  });
});

describe('API keys', () => {
  it('are made, replaced and revoked by an administrator of all organisations, and shown once', async () => {
    const made = await platform.call('CreateApiKey', { Name: '门店', Role: 'viewer', ExpiresInDays: 1 });
    const key = String(made.body['ApiKey']);
    expect((await platform.call(describeCodes, {}, as(key))).status).toBe(200);
    const rotated = await platform.call('RotateApiKey', { KeyId: made.body['KeyId'], GraceHours: 1 });
    const next = String(rotated.body['ApiKey']);
    expect((await platform.call(describeCodes, {}, as(key))).status).toBe(200);
    expect((await platform.call(describeCodes, {}, as(next))).status).toBe(200);
    const { body } = await platform.call('DescribeApiKeys', {});
    expect(JSON.stringify(body)).not.toContain(next);
    expect(body['ApiKeys']).toContainEqual(
      expect.objectContaining({
        KeyId: rotated.body['KeyId'],
        Name: '门店',
        Role: 'viewer',
        State: 'Active',
      }),
    );
    expect((await platform.call('RevokeApiKey', { KeyId: rotated.body['KeyId'] })).status).toBe(200);
    expect((await platform.call(describeCodes, {}, as(next))).status).toBe(401);
    expect((await platform.call('RevokeApiKey', { KeyId: 'nobody' })).status).toBe(404);
    const log = await platform.call('DescribeAuditLog', { Subject: rotated.body['KeyId'] });
    expect(log.body['Entries']).toMatchObject([{ Action: 'api-key.revoke' }]);
  });

  it('are nothing for an administrator of some organisations, who could make one for all', async () => {
    const bound = await platform.keys(
      'create',
      '--name',
      'ba',
      '--role',
      'admin',
      '--organization',
      'proxy-org-openid',
    );
    const calls = {
      CreateApiKey: { Name: 'n', Role: 'admin' },
      RotateApiKey: { KeyId: 'x' },
      RevokeApiKey: { KeyId: 'x' },
    };
    for (const [name, body] of Object.entries({ ...calls, DescribeApiKeys: {} })) {
      expect((await platform.call(name, body, as(bound))).status).toBe(403);
    }
    const wrong = { Name: 'n', Role: 'viewer', Organizations: ['a', 'b'], ProxyOperatorOpenId: 'p' };
    expect((await platform.call('CreateApiKey', wrong)).status).toBe(400);
    expect((await platform.call('CreateApiKey', { Name: 'a\nb', Role: 'viewer' })).status).toBe(400);
  });
});

describe('DescribeAuditLog', () => {
  it('tells an administrator of all organisations who changed a code, and nobody else', async () => {
    const { CodeId, Version } = await makeCode(platform);
    await platform.call(modify, { CodeId, Version, Note: 'moved' });
    const { status, body } = await platform.call('DescribeAuditLog', { Subject: CodeId });
    expect([status, body]).toMatchObject([
      200,
      {
        Entries: [
          { Action: 'code.modified', Subject: CodeId, Actor: expect.stringMatching(/^key:/), Reason: 'note' },
          { Action: 'code.created', Subject: CodeId },
        ],
        NextCursor: null,
      },
    ]);
    const bound = ['--organization', 'proxy-org-openid'];
    const admin = await platform.keys('create', '--name', 'a', '--role', 'admin', ...bound);
    expect((await platform.call('DescribeAuditLog', {}, as(admin))).status).toBe(403);
    const operator = await platform.keys('create', '--name', 'o', '--role', 'operator');
    expect((await platform.call('DescribeAuditLog', {}, as(operator))).status).toBe(403);
    const forged = Buffer.from(JSON.stringify([1, 'x', 'y'])).toString('base64url');
    expect((await platform.call('DescribeAuditLog', { Cursor: forged })).status).toBe(400);
  });
});

describe('an organisation', () => {
  it('is changed by its own administrator, seen by its own keys, and by nobody else', async () => {
    const ours = ['--organization', 'proxy-org-openid'];
    const admin = await platform.keys('create', '--name', 'oa', '--role', 'admin', ...ours);
    const operator = await platform.keys('create', '--name', 'oo', '--role', 'operator', ...ours);
    const stranger = await platform.keys(
      'create',
      '--name',
      'os',
      '--role',
      'admin',
      '--organization',
      'another',
    );
    const settings = { DisplayName: '甲公司', ContactZh: '门卫室', ContactEn: 'Gate office' };
    expect(await platform.call('ModifyOrganization', { Version: 0, ...settings }, as(admin))).toMatchObject({
      status: 200,
      body: { ProxyOrganizationOpenId: 'proxy-org-openid', DisplayName: '甲公司', Version: 1 },
    });
    expect((await platform.call('ModifyOrganization', { Version: 1 }, as(operator))).status).toBe(403);
    const other = { ProxyOrganizationOpenId: 'proxy-org-openid', Version: 1, DisplayName: '乙' };
    expect((await platform.call('ModifyOrganization', other, as(stranger))).status).toBe(403);
    expect(await platform.call('ModifyOrganization', { Version: 0 }, as(admin))).toMatchObject({
      status: 409,
      body: { code: 'VersionConflict', Version: 1 },
    });
    const seen = async (key: string) =>
      (await platform.call('DescribeOrganizations', {}, as(key))).body['Organizations'];
    expect(await seen(operator)).toMatchObject([
      { DisplayName: '甲公司', Contact: { Zh: '门卫室', En: 'Gate office' } },
    ]);
    expect(await seen(stranger)).toMatchObject([{ ProxyOrganizationOpenId: 'another', DisplayName: null }]);
  });

  it('is listed page by page', async () => {
    const first = await platform.call('DescribeOrganizations', { Limit: 1 });
    expect(first.body['Organizations']).toHaveLength(1);
    await platform.call('ModifyOrganization', {
      ProxyOrganizationOpenId: '最后',
      Version: 0,
      DisplayName: '丙',
    });
    const page = await platform.call('DescribeOrganizations', { Limit: 1 });
    const next = { Limit: 1, Cursor: page.body['NextCursor'] };
    expect((await platform.call('DescribeOrganizations', next)).body['Organizations']).toHaveLength(1);
  });
});
