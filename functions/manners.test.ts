/** The manners of HTTP, as a caller meets them: conditions, versions, limits. */
import { describe, expect, it } from 'vitest';
import { as, good, makeCode, platformSuite } from './testing/platform-suite.ts';

const modify = 'ModifyMultiFlowSignQRCode';
const platform = platformSuite();

const limitsOf = (headers: Headers) => [headers.get('ratelimit-policy'), headers.get('ratelimit')];

describe('an ETag', () => {
  it('is the version of the code, whoever answers', async () => {
    const { CodeId } = await makeCode(platform);
    const changed = await platform.call(modify, { CodeId, Version: 2, Note: 'n' });
    expect(changed.headers.get('etag')).toBe('"3"');
    const read = await platform.call('DescribeMultiFlowSignQRCodes', { CodeId });
    expect(read.headers.get('etag')).toBe('"3"');
    const more = await platform.call('DescribeMultiFlowSignQRCodes', {});
    expect(more.headers.get('etag')).toBe((more.body['Codes'] as unknown[]).length === 1 ? '"3"' : null);
  });

  it('comes with a create and its repetition', async () => {
    const create = () => platform.call('ChannelCreateMultiFlowSignQRCode', good, { 'Idempotency-Key': 'e' });
    const [first, again] = [await create(), await create()];
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    for (const { headers, body: answer } of [first, again])
      expect(headers.get('etag')).toBe(`"${String(answer['Version'])}"`);
  });
});

describe('If-Match', () => {
  it('stands for the Version of a code, a subscription and an organisation', async () => {
    const { CodeId } = await makeCode(platform);
    const changed = await platform.call(modify, { CodeId, Note: 'n' }, { 'If-Match': '"2"' });
    expect([changed.status, changed.body['Version']]).toEqual([200, 3]);
    const both = await platform.call(modify, { CodeId, Note: 'm', Version: 3 }, { 'If-Match': '"3"' });
    expect(both.status).toBe(200);

    const made = await platform.call('CreateEventSubscription', {
      Kind: 'standard-webhooks',
      Url: 'http://127.0.0.1:1/hook',
      AllOrganizations: true,
    });
    const { SubscriptionId } = made.body;
    const off = { SubscriptionId, Enabled: false };
    const subscription = await platform.call('ModifyEventSubscription', off, {
      'If-Match': String(made.headers.get('etag')),
    });
    expect(subscription.status).toBe(200);

    const owner = { ProxyOrganizationOpenId: 'proxy-org-openid', DisplayName: '甲' };
    const organization = await platform.call('ModifyOrganization', owner, { 'If-Match': '"0"' });
    expect([organization.status, organization.headers.get('etag')]).toEqual([200, '"1"']);
  });

  it('is 412 where another version is there, which the problem names', async () => {
    const { CodeId } = await makeCode(platform);
    const late = await platform.call(modify, { CodeId, Note: 'n' }, { 'If-Match': '"1"' });
    expect([late.status, late.body]).toEqual([
      412,
      expect.objectContaining({
        code: 'PreconditionFailed',
        Version: 2,
        detail: expect.stringContaining('2'),
      }),
    ]);
    const byMember = await platform.call(modify, { CodeId, Note: 'n', Version: 1 });
    expect([byMember.status, byMember.body['code']]).toEqual([409, 'VersionConflict']);
    expect((await platform.call('DescribeMultiFlowSignQRCodes', { CodeId })).headers.get('etag')).toBe('"2"');
  });

  it.each([
    ['*', undefined],
    ['2', undefined],
    ['W/"2"', undefined],
    ['"2", "3"', undefined],
    ['"two"', undefined],
    ['"3"', 2],
  ])('%s with the member Version %s is refused', async (match, Version) => {
    const { CodeId } = await makeCode(platform);
    const { status, body } = await platform.call(
      modify,
      { CodeId, Version, Note: 'n' },
      { 'If-Match': match },
    );
    expect([status, body['errors']]).toEqual([400, [expect.objectContaining({ path: 'If-Match' })]]);
  });

  it('is refused where nothing has a version, before anything is done', async () => {
    const { CodeId } = await makeCode(platform);
    const cancel = 'ChannelCancelMultiFlowSignQRCode';
    const { status, body } = await platform.call(cancel, { CodeId }, { 'If-Match': '"2"' });
    expect([status, body['code']]).toEqual([400, 'InvalidRequest']);
    const { body: after } = await platform.call('DescribeMultiFlowSignQRCodes', { CodeId });
    expect(after['Codes']).toEqual([expect.objectContaining({ State: 'Active' })]);
  });
});

describe('the limits', () => {
  it('of a key and of upstream are told with every answer that they are about', async () => {
    const made = await platform.keys('create', '--name', 'limited', '--role', 'admin');
    const headers = as(/qm_\S+/.exec(made)?.[0] ?? '');
    const read = await platform.call('GetCallerIdentity', {}, headers);
    expect(limitsOf(read.headers)).toEqual([
      '"key";q=3000;w=60',
      expect.stringMatching(/^"key";r=2999;t=\d+$/),
    ]);
    const templates = await platform.call('DescribeTemplates', { Agent: good.Agent }, headers);
    expect(limitsOf(templates.headers)).toEqual([
      '"key";q=3000;w=60, "upstream";q=19;w=1',
      expect.stringMatching(/^"key";r=\d+;t=\d+, "upstream";r=\d+;t=1$/),
    ]);
    const wrong = await platform.call('GetCallerIdentity', { More: 1 }, headers);
    expect([wrong.status, limitsOf(wrong.headers)[0]]).toEqual([400, '"key";q=3000;w=60']);
  });

  it('are not told to a stranger', async () => {
    const { status, headers } = await platform.call('GetCallerIdentity', {}, { Authorization: '' });
    expect([status, ...limitsOf(headers)]).toEqual([401, null, null]);
  });
});
