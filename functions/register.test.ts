/** What the register's functions show and change, as a user and an operator meet them. */
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { good, makeCode, platformSuite } from './testing/platform-suite.ts';

const create = 'ChannelCreateMultiFlowSignQRCode';
const describeCodes = 'DescribeMultiFlowSignQRCodes';
const cancel = 'ChannelCancelMultiFlowSignQRCode';
const modify = 'ModifyMultiFlowSignQRCode';
const tick = { Type: 'Timer', TriggerName: 'test', Time: '2026-01-01T00:00:00Z', Message: '' };

const platform = platformSuite();

const follow = (url: unknown) => fetch(String(url), { redirect: 'manual' });

async function codeOf(ids: object): Promise<unknown> {
  const { body } = await platform.call(describeCodes, ids);
  // An answer about one code has a list of one.
  return (body['Codes'] as unknown[])[0];
}

describe('a renewal', () => {
  it('that was asked for is made by the timer, and the stable link leads to the new generation', async () => {
    const made = await makeCode(platform);
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
    const made = await makeCode(platform);
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
    await makeCode(platform);
    expect((await follow(made['StableUrl'])).status).toBe(302);
    expect(await codeOf({ CodeId: made['CodeId'] })).toMatchObject({ State: 'Active' });
  });
});

describe('a change', () => {
  it('pauses a code and its link, and resumes both', async () => {
    const made = await makeCode(platform);
    const paused = await platform.call(modify, { Slug: made['Slug'], Version: 2, Operation: 'Pause' });
    expect(paused.body).toMatchObject({ State: 'Paused', Version: 3 });
    expect((await follow(made['StableUrl'])).status).toBe(503);
    await platform.call(modify, { Slug: made['Slug'], Version: 3, Operation: 'Resume' });
    expect((await follow(made['StableUrl'])).status).toBe(302);
  });

  it('of what somebody else has changed meanwhile is refused with the current version', async () => {
    const made = await makeCode(platform);
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

describe('a list', () => {
  it('is filtered, and goes on where the cursor says', async () => {
    const names = ['a', 'b', 'c'];
    for (const name of names) await makeCode(platform, { Labels: ['gate'], ExternalId: `list-${name}` });
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
  const { body: list } = await platform.call('DescribeTemplates', { Agent: good.Agent, Limit: 100 });
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
    // Where no partition was for its month, an entry goes when one would have gone at the latest.
    await db.query(
      `insert into audit (audit_id, at, actor, action, subject, reason)
       values ('past', now() - interval '398 days', 'test', 'test', 'past', ''),
              ('kept', now() - interval '396 days', 'test', 'test', 'kept', '')`,
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
