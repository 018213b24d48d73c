/** What the register's functions show and change, as a user and an operator meet them. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Platform, startPlatform } from '../local/start/testing/platform.ts';

const create = 'ChannelCreateMultiFlowSignQRCode';
const describeCodes = 'DescribeMultiFlowSignQRCodes';
const cancel = 'ChannelCancelMultiFlowSignQRCode';
const modify = 'ModifyMultiFlowSignQRCode';
const Agent = {
  ProxyOrganizationOpenId: 'proxy-org-openid',
  ProxyOperator: { OpenId: 'proxy-operator-openid' },
};
const good = { Agent, TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV', FlowName: '劳务合同' };
const tick = { Type: 'Timer', TriggerName: 'test', Time: '2026-01-01T00:00:00Z', Message: '' };

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.close());

async function keys(...args: string[]): Promise<string> {
  const env = { PATH: process.env['PATH'] ?? '', DATABASE_URL: platform.databaseUrl };
  const { stdout } = await promisify(execFile)(process.execPath, ['dist/commands/keys.mjs', ...args], {
    env,
  });
  return stdout.trim();
}

const as = (key: string) => ({ Authorization: `Bearer ${key}` });
const follow = (url: unknown) => fetch(String(url), { redirect: 'manual' });

async function makeCode(members: object = {}) {
  const { status, body } = await platform.call(create, { ...good, ...members });
  expect(status).toBe(200);
  return body;
}

async function codeOf(ids: object): Promise<unknown> {
  const { body } = await platform.call(describeCodes, ids);
  // An answer about one code has a list of one.
  return (body['Codes'] as unknown[])[0];
}

describe('an API key', () => {
  it('of an operator fills in the Agent, and acts and sees for its organisation alone', async () => {
    const ours = await makeCode({ ExternalId: 'ours' });
    const own = await keys(
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

    const other = await keys(
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
    const viewer = await keys('create', '--name', 'viewer', '--role', 'viewer');
    expect((await platform.call(describeCodes, {}, as(viewer))).status).toBe(200);
    const before = platform.emulator.codes.list().length;
    expect(await platform.call(create, good, as(viewer))).toMatchObject({
      status: 403,
      body: { code: 'Forbidden' },
    });
    expect(platform.emulator.codes.list().length).toBe(before);
    await keys('revoke', viewer.split('_')[1] ?? '');
    expect((await platform.call(describeCodes, {}, as(viewer))).status).toBe(401);
  });
});

describe('a renewal', () => {
  it('that was asked for is made by the timer, and the stable link leads to the new generation', async () => {
    const made = await makeCode();
    const first = (await follow(made['StableUrl'])).headers.get('location');
    await platform.call(modify, { CodeId: made['CodeId'], Version: 2, Operation: 'RenewNow' });
    const { result, error } = await platform.host.invoke('renew-expired-codes', tick);
    expect([error, result]).toEqual([undefined, expect.objectContaining({ renewed: 1, failed: 0 })]);
    expect(await codeOf({ CodeId: made['CodeId'] })).toMatchObject({
      State: 'Active',
      GenerationsMade: 2,
      Generations: [
        { Generation: 2, State: 'Live' },
        { Generation: 1, State: 'Superseded' },
      ],
    });
    const second = (await follow(made['StableUrl'])).headers.get('location');
    expect(second).toMatch(/^http/);
    expect(second).not.toBe(first);
  });

  it('is held while the organisation has no quota', async () => {
    const made = await makeCode();
    const owner = { AppId: 'yDRscUUgyg1zr7wnUyJ8QMwwnHc4OOcQ', ProxyOrganizationOpenId: 'proxy-org-openid' };
    platform.emulator.organisations.setQuota(owner, 0);
    await platform.call(modify, { CodeId: made['CodeId'], Version: 2, Operation: 'RenewNow' });
    await platform.host.invoke('renew-expired-codes', tick);
    platform.emulator.organisations.setQuota(owner, 100_000);
    expect(await codeOf({ CodeId: made['CodeId'] })).toMatchObject({
      State: 'QuotaBlocked',
      GenerationsMade: 1,
    });
    // Nobody is led into a scan that fails.
    const told = await follow(made['StableUrl']);
    expect([told.status, told.headers.get('x-code-state')]).toEqual([503, 'QuotaBlocked']);
    // The next create that upstream accepts proves that quota is back.
    await makeCode();
    expect((await follow(made['StableUrl'])).status).toBe(302);
    expect(await codeOf({ CodeId: made['CodeId'] })).toMatchObject({ State: 'Active' });
  });
});

describe('a change', () => {
  it('pauses a code and its link, and resumes both', async () => {
    const made = await makeCode();
    const paused = await platform.call(modify, { Slug: made['Slug'], Version: 2, Operation: 'Pause' });
    expect(paused.body).toMatchObject({ State: 'Paused', Version: 3 });
    expect((await follow(made['StableUrl'])).status).toBe(503);
    await platform.call(modify, { Slug: made['Slug'], Version: 3, Operation: 'Resume' });
    expect((await follow(made['StableUrl'])).status).toBe(302);
  });

  it('of what somebody else has changed meanwhile is refused with the current version', async () => {
    const made = await makeCode();
    await platform.call(modify, { CodeId: made['CodeId'], Version: 2, Note: 'first' });
    const late = await platform.call(modify, { CodeId: made['CodeId'], Version: 2, Note: 'second' });
    expect(late).toMatchObject({ status: 409, body: { code: 'VersionConflict', Version: 3 } });
    expect(await codeOf({ CodeId: made['CodeId'] })).toMatchObject({ Note: 'first' });
  });
});

describe('an external id', () => {
  it('names a code that is paused, given a note and cancelled', async () => {
    const ExternalId = 'gate-by-name';
    const { body: made } = await platform.call(create, { ...good, ExternalId });
    const paused = await platform.call(modify, { ExternalId, Version: made['Version'], Operation: 'Pause' });
    expect(paused).toMatchObject({
      status: 200,
      body: { CodeId: made['CodeId'], State: 'Paused', ExternalId },
    });
    const cancelled = await platform.call(cancel, { ExternalId });
    expect(cancelled).toMatchObject({ status: 200, body: { CodeId: made['CodeId'] } });
    const again = await platform.call(cancel, { ExternalId });
    expect(again).toMatchObject({ status: 200, body: { AlreadyInvalid: true } });
    expect((await platform.call(cancel, { ExternalId: 'unheard of' })).status).toBe(404);
    expect((await platform.call(cancel, { ExternalId, Slug: 's' })).status).toBe(400);
    expect((await platform.call(modify, { ExternalId: null, Version: 1 })).status).toBe(400);
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
    const bound = await keys(
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
    const { CodeId, Version } = await makeCode();
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
    const admin = await keys('create', '--name', 'a', '--role', 'admin', ...bound);
    expect((await platform.call('DescribeAuditLog', {}, as(admin))).status).toBe(403);
    const operator = await keys('create', '--name', 'o', '--role', 'operator');
    expect((await platform.call('DescribeAuditLog', {}, as(operator))).status).toBe(403);
    const forged = Buffer.from(JSON.stringify([1, 'x', 'y'])).toString('base64url');
    expect((await platform.call('DescribeAuditLog', { Cursor: forged })).status).toBe(400);
  });
});

describe('an organisation', () => {
  it('is changed by its own administrator, seen by its own keys, and by nobody else', async () => {
    const ours = ['--organization', 'proxy-org-openid'];
    const admin = await keys('create', '--name', 'oa', '--role', 'admin', ...ours);
    const operator = await keys('create', '--name', 'oo', '--role', 'operator', ...ours);
    const stranger = await keys('create', '--name', 'os', '--role', 'admin', '--organization', 'another');
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

describe('a list', () => {
  it('is filtered, and goes on where the cursor says', async () => {
    const names = ['a', 'b', 'c'];
    for (const name of names) await makeCode({ Labels: ['gate'], ExternalId: `list-${name}` });
    const seen: unknown[] = [];
    let Cursor: unknown;
    do {
      const { body } = await platform.call(describeCodes, {
        Label: 'gate',
        Limit: 2,
        ...(Cursor ? { Cursor } : {}),
      });
      seen.push(...(body['Codes'] as unknown[])); // a list, as the status says
      Cursor = body['NextCursor'];
    } while (Cursor !== null);
    expect(seen).toEqual(
      ['c', 'b', 'a'].map((name) => expect.objectContaining({ ExternalId: `list-${name}` })),
    );
    const { body } = await platform.call(describeCodes, { ExternalId: 'list-b' });
    expect(body).toMatchObject({ Codes: [{ ExternalId: 'list-b', Labels: ['gate'] }], NextCursor: null });
  });

  it('that is asked for with an id and a filter is refused', async () => {
    const { status, body } = await platform.call(describeCodes, { CodeId: 'x', State: 'Active' });
    expect([status, body['code']]).toEqual([400, 'InvalidRequest']);
  });
});

it('a template that cannot carry a sign code is refused by a dry run, in Chinese where it is asked for', async () => {
  const request = { ...good, TemplateId: 'force-no-such', DryRun: true };
  expect(await platform.call(create, request)).toMatchObject({ status: 404 });
  const { body: list } = await platform.call('DescribeTemplates', { Agent, Limit: 100 });
  const templates = list['Templates'] as {
    TemplateId: string;
    SignCode: { Fitness: string; Reasons: unknown[] };
  }[]; // our own answer
  const unfit = templates.find(({ SignCode }) => SignCode.Fitness === 'Unfit');
  const told = await platform.call(
    create,
    { ...good, TemplateId: unfit?.TemplateId, DryRun: true },
    { 'Accept-Language': 'zh-CN' },
  );
  expect(told).toMatchObject({ status: 422, body: { code: 'TemplateUnfit', title: '模板不能生成签署码' } });
  expect(told.body['errors']).toHaveLength(unfit?.SignCode.Reasons.length ?? -1);
});

it('the timer that prunes deletes what is past its time, and nothing else, and says what it did', async () => {
  const db = new pg.Client(platform.databaseUrl);
  await db.connect();
  try {
    const subjects = async () =>
      (await db.query<{ subject: string }>('select subject from audit')).rows.map(({ subject }) => subject);
    const before = await subjects();
    await db.query(
      `insert into audit (audit_id, at, actor, action, subject, reason)
       values ('past', now() - interval '366 days', 'test', 'test', 'past', ''),
              ('kept', now() - interval '364 days', 'test', 'test', 'kept', '')`,
    );
    const { error, result } = await platform.host.invoke('prune-records', tick);
    expect([error, result]).toEqual([
      undefined,
      expect.objectContaining({ complete: true, deleted: expect.objectContaining({ audit: 1 }) }),
    ]);
    expect((await subjects()).sort()).toEqual([...before, 'kept'].sort());
  } finally {
    await db.end();
  }
});
