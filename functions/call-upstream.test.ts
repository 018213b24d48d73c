/** Upstream called as somebody has written it, as an administrator meets it. */
import { describe, expect, it } from 'vitest';
import { upstreamExamples } from '../docs/openapi/upstream-examples.ts';
import { credentials } from '../local/cloud-api/credentials.ts';
import { as, platformSuite } from './testing/platform-suite.ts';

const name = 'CallUpstream';
const create = 'ChannelCreateMultiFlowSignQRCode';
const cancel = 'ChannelCancelMultiFlowSignQRCode';
const made = { Action: create, Request: upstreamExamples[create] };

interface Answer {
  Problems: { Path: string; Message: string }[];
  Received: { Status: number; Headers: Record<string, string>; Body: string } | null;
}

describe('CallUpstream', () => {
  const platform = platformSuite();
  const call = async (body: object, headers = {}) => {
    const { status, body: answer, headers: own } = await platform.call(name, body, headers);
    return { status, ...(answer as unknown as Answer), replayed: own.get('idempotent-replayed') }; // held against the contract
  };
  const responseOf = ({ Received }: Answer) => JSON.parse(Received?.Body ?? '{}').Response;

  it('carries out the examples, and what it makes is in no register', async () => {
    const before = platform.emulator.codes.list().length;
    const first = await call(made);
    const { QrCode } = responseOf(first);
    expect(platform.emulator.codes.list().length).toBe(before + 1);
    const { body } = await platform.call('DescribeMultiFlowSignQRCodes', {});
    expect(body['Codes']).toEqual([]);
    const cancelled = await call({
      Action: cancel,
      Request: { ...upstreamExamples[cancel], QrCodeId: QrCode.QrCodeId },
    });
    expect(responseOf(cancelled)).toEqual({ RequestId: expect.any(String) });
    const templates = await call({
      Action: 'DescribeTemplates',
      Request: upstreamExamples['DescribeTemplates'],
    });
    expect(responseOf(templates).TotalCount).toBeGreaterThan(0);
    const { body: trail } = await platform.call('DescribeAuditLog', { Subject: QrCode.QrCodeId });
    expect(trail['Entries']).toMatchObject([{ Action: 'upstream.answer' }]);
  });

  it("hands upstream's refusal on as it came, and says in the caller's language what is wrong", async () => {
    const refused = await call({ Action: create, Request: {} }, { 'Accept-Language': 'zh' });
    expect([refused.status, refused.Received?.Status]).toEqual([200, 200]);
    expect(responseOf(refused).Error.Code).toBe('MissingParameter');
    expect(refused.Problems).toContainEqual({ Path: 'FlowName', Message: expect.stringMatching(/[一-龥]/) });
  });

  it.each([
    ['an action of the register', { Action: 'RevokeApiKey', Request: {} }],
    ['an action of upstream that the contract does not know', { Action: 'DescribeUsage', Request: {} }],
    ['a name that every object has', { Action: 'constructor', Request: {} }],
    ['another endpoint', { ...made, Endpoint: 'https://evil.example' }],
    ['a body that is no object', { Action: create, Request: '{}' }],
  ])('refuses %s', async (_, body) => {
    const before = platform.emulator.journal.list().length;
    expect((await call(body)).status).toBe(400);
    expect(platform.emulator.journal.list().length).toBe(before);
  });

  it('is for administrators of all organisations, and for nobody else', async () => {
    const before = platform.emulator.journal.list().length;
    const keys = [
      await platform.keys('create', '--name', 'v', '--role', 'viewer'),
      await platform.keys('create', '--name', 'o', '--role', 'operator'),
      await platform.keys('create', '--name', 'a', '--role', 'admin', '--organization', 'proxy-org-openid'),
    ];
    for (const key of keys)
      for (const DryRun of [false, true]) expect((await call({ ...made, DryRun }, as(key))).status).toBe(403);
    expect(platform.emulator.journal.list().length).toBe(before);
  });

  it('makes one code for one Idempotency-Key, and remembers no dry run', async () => {
    const headers = { 'Idempotency-Key': 'one' };
    const before = platform.emulator.codes.list().length;
    expect((await call({ ...made, DryRun: true }, headers)).Received).toBeNull();
    const first = await call(made, headers);
    const again = await call(made, headers);
    expect([first.replayed, again.replayed]).toEqual([null, 'true']);
    expect(again.Received).toEqual(first.Received);
    expect(platform.emulator.codes.list().length).toBe(before + 1);
  });

  it('says nothing secret, in its answer or in its log', async () => {
    const answers = [await call({ ...made, DryRun: true }), await call(made)];
    const all = JSON.stringify(answers) + platform.lines.join('\n');
    for (const { secretId, secretKey } of credentials)
      for (const secret of [secretId, secretKey]) expect(all.includes(secret)).toBe(false);
    expect(all).not.toMatch(/Signature=[0-9a-f]/);
  });
});

describe('CallUpstream without REGISTER_KEYS', () => {
  const platform = platformSuite({ REGISTER_KEYS: '' });

  it('sends nothing whose answer would have to be remembered in clear', async () => {
    const { status, body } = await platform.call(name, made, { 'Idempotency-Key': 'x' });
    expect([status, body['code']]).toEqual([503, 'Misconfigured']);
    expect(platform.emulator.codes.list().filter(({ FlowName }) => FlowName === '劳务合同')).toEqual([]);
    expect((await platform.call(name, made)).status).toBe(200);
  });
});

describe('CallUpstream at a real endpoint', () => {
  const platform = platformSuite({ ESS_ENDPOINT: 'https://essbasic.invalid' });

  it('sends nothing and names the variable that would allow it', async () => {
    const { status, body } = await platform.call(name, { Action: 'DescribeTemplates', Request: {} });
    expect([status, body['code']]).toEqual([403, 'Forbidden']);
    expect(body['detail']).toContain('EXPLORER_REAL_CALLS');
    const dry = await platform.call(name, { Action: 'DescribeTemplates', Request: {}, DryRun: true });
    expect(dry).toMatchObject({ status: 200, body: { IsReal: true, MayCall: false } });
  });
});
