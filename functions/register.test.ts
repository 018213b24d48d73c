/** What the register's functions show and change, as a user and an operator meet them. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Platform, startPlatform } from '../local/testing/platform.ts';

const create = 'ChannelCreateMultiFlowSignQRCode';
const describeCodes = 'DescribeMultiFlowSignQRCodes';
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
    // What lives upstream is led to all the same: quota may have been bought since.
    expect((await follow(made['StableUrl'])).status).toBe(302);
    // The next create that upstream accepts proves that quota is back.
    await makeCode();
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

it('the timer that prunes runs and says what it did', async () => {
  const { error, result } = await platform.host.invoke('prune-records', tick);
  expect([error, result]).toEqual([undefined, expect.objectContaining({ complete: true })]);
});
