/** What Tencent posts to the built functions, and what people see of it. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Platform, startPlatform } from '../local/start/testing/platform.ts';
import { composeNotification } from '../shared/callback/compose-notification.ts';
import { contentSignature } from '../shared/callback/content-signature.ts';
import { opensslEncrypt, opensslMissing, opensslSignature } from '../shared/callback/testing/openssl.ts';
import vectors from '../shared/callback/vectors/callback.json' with { type: 'json' };

const { key, token } = vectors;
const olderKey = 'OLDER0KEY0OLDER0KEY0OLDER0KEY000';
const create = 'ChannelCreateMultiFlowSignQRCode';
const describeCodes = 'DescribeMultiFlowSignQRCodes';
const describeNotifications = 'DescribeNotifications';
const replay = 'ReplayNotification';
const good = {
  Agent: { ProxyOrganizationOpenId: 'proxy-org-openid', ProxyOperator: { OpenId: 'proxy-operator-openid' } },
  TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV',
  FlowName: '劳务合同',
};

let platform: Platform;
let db: pg.Client;
let made = 0;

beforeAll(async () => {
  platform = await startPlatform({
    ESS_CALLBACK_KEYS: `${key},${olderKey}`,
    ESS_CALLBACK_TOKENS: `${token},older-token`,
  });
  db = new pg.Client(platform.databaseUrl);
  // The database is gone before its clients in one of the tests.
  db.on('error', () => undefined);
  await db.connect();
});
afterAll(async () => {
  await db.end();
  await platform.close();
});

interface Posted {
  body: Uint8Array | string;
  headers?: Record<string, string>;
  path?: string;
  method?: string;
}

async function post({ body, headers = {}, path = '', method = 'POST' }: Posted) {
  const bodyless = method === 'GET' || method === 'HEAD';
  const response = await fetch(`${platform.url}/callback-handler${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    ...(!bodyless && { body: body.toString() }),
  });
  return { status: response.status, text: await response.text() };
}

/** As Tencent sends it. @returns the message's own id */
async function notify(
  MsgType: string,
  MsgData: unknown,
  { MsgId = `test-${made++}`, path = '', secrets = { key, token } } = {},
): Promise<string> {
  const message = { MsgId, MsgType, MsgVersion: 'ThirdPartyApp', MsgData };
  const answer = await post({ ...composeNotification(message, secrets), path });
  expect(answer).toEqual({ status: 200, text: '{"code":0,"message":"success"}' });
  return MsgId;
}

async function keys(...args: string[]): Promise<Record<string, string>> {
  const env = { PATH: process.env['PATH'] ?? '', DATABASE_URL: platform.databaseUrl };
  const { stdout } = await promisify(execFile)(process.execPath, ['dist/commands/keys.mjs', ...args], {
    env,
  });
  return { Authorization: `Bearer ${stdout.trim()}` };
}

async function listed(asked: object, headers?: Record<string, string>): Promise<Record<string, unknown>[]> {
  const { status, body } = await platform.call(describeNotifications, asked, headers);
  expect(status).toBe(200);
  return body['Notifications'] as Record<string, unknown>[]; // as describe-notifications.ts writes it
}

const one = async (MsgId: string) => (await listed({ MsgId }))[0];

async function makeCode(members: object = {}) {
  const { status, body } = await platform.call(create, { ...good, ...members });
  expect(status).toBe(200);
  const { QrCodeId } = body['QrCode'] as { QrCodeId: string }; // upstream's own member
  return { CodeId: String(body['CodeId']), QrCodeId };
}

async function usedOf(CodeId: string): Promise<unknown> {
  const { body } = await platform.call(describeCodes, { CodeId });
  return (body['Codes'] as { Used: number }[])[0]?.Used; // one code by its id
}

describe('a message of Tencent', () => {
  it('as it was published is taken, kept, and told', async () => {
    const [published] = vectors.cases;
    const { MsgId } = JSON.parse(published?.plaintext ?? '');
    const headers = { 'Content-Signature': published?.signature ?? '' };
    expect(await post({ body: published?.body ?? '', headers })).toMatchObject({ status: 200 });
    expect(await one(MsgId)).toMatchObject({
      MsgType: 'TemplateAdd',
      MsgVersion: 'CustomApp',
      Outcome: 'Kept',
      Route: 'Application',
      KeyIndex: 0,
      TokenIndex: 0,
      SourceIp: '127.0.0.1',
      Copies: 1,
      BodyKept: true,
    });
  });

  it.skipIf(opensslMissing)(
    'that the OpenSSL command line has encrypted and signed counts a use',
    async () => {
      const { CodeId, QrCodeId } = await makeCode();
      const plaintext = JSON.stringify({
        MsgId: 'from-openssl',
        MsgType: 'MultiFlowSignQrCodeCost',
        MsgVersion: 'ThirdPartyApp',
        MsgData: { QrCodeId, FlowName: '测试合同' },
      });
      const body = Buffer.from(JSON.stringify({ encrypt: opensslEncrypt(key, plaintext) }));
      const answer = await post({ body, headers: { 'Content-Signature': opensslSignature(token, body) } });
      expect(answer.status).toBe(200);
      expect(await usedOf(CodeId)).toBe(1);
      expect(await one('from-openssl')).toMatchObject({ CodeId, Generation: 1, Outcome: 'Applied' });
    },
  );

  it('that comes again changes nothing and is counted as a copy', async () => {
    const { CodeId, QrCodeId } = await makeCode();
    const MsgId = await notify('MultiFlowSignQrCodeCost', { QrCodeId });
    await notify('MultiFlowSignQrCodeCost', { QrCodeId }, { MsgId });
    await notify(
      'MultiFlowSignQrCodeCost',
      { QrCodeId },
      { MsgId, secrets: { key: olderKey, token: 'older-token' } },
    );
    expect(await usedOf(CodeId)).toBe(1);
    expect(await one(MsgId)).toMatchObject({ Copies: 3, Outcome: 'Applied' });
  });

  it('at the address that our create gave finds its code, whatever it says', async () => {
    const { CodeId } = await makeCode();
    const { rows } = await db.query('select callback_token as token from codes where code_id = $1', [CodeId]);
    const path = `/${rows[0]?.token}.1`;
    const MsgId = await notify('MultiFlowSignQrCodeCost', { Nothing: 'that is known' }, { path });
    expect(await usedOf(CodeId)).toBe(1);
    expect(await one(MsgId)).toMatchObject({ CodeId, Route: 'Code', RouteGeneration: 1 });
  });

  it('under an older key and token is taken while they are configured, and told as such', async () => {
    const MsgId = await notify('Rotation', {}, { secrets: { key: olderKey, token: 'older-token' } });
    expect(await one(MsgId)).toMatchObject({ KeyIndex: 1, TokenIndex: 1 });
  });

  it('of a type that nobody has heard of is kept', async () => {
    expect(await one(await notify('BrandNewType', { deep: { er: [1] } }))).toMatchObject({ Outcome: 'Kept' });
  });

  it.each(['{}', '{"encrypt":"62KE4r5Wz0yHzEpMOwVRbM1KV0"}'])(
    'that is the probe %s leaves no trace',
    async (body) => {
      const before = await listed({ Limit: 1 });
      expect(await post({ body })).toMatchObject({ status: 200 });
      const headers = { 'Content-Signature': contentSignature(token, Buffer.from(body)) };
      expect(await post({ body, headers })).toMatchObject({ status: 200 });
      expect(await listed({ Limit: 1 })).toEqual(before);
    },
  );
});

describe('what is no message of Tencent', () => {
  const composed = composeNotification({ MsgId: 'x', MsgType: 'y' }, { key, token });

  it('is turned away and counted by its reason, for those who see everything', async () => {
    const rewritten = JSON.stringify(JSON.parse(composed.body.toString()), null, 2);
    const wrongKey = composeNotification({ MsgId: 'x', MsgType: 'y' }, { key: 'S'.repeat(32), token });
    const plain = composeNotification({ MsgId: 'x', MsgType: 'y' }, { token });
    const statuses = [];
    for (const posted of [
      { body: composed.body },
      { body: composed.body, headers: { 'Content-Signature': contentSignature('stranger', composed.body) } },
      { body: rewritten, headers: composed.headers },
      { body: composed.body.subarray(0, -10), headers: composed.headers },
      wrongKey,
      plain,
      { body: 'x'.repeat(1_048_577) },
    ]) {
      statuses.push((await post(posted)).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 400, 400, 413]);
    expect((await listed({ MsgId: 'x' }).catch(() => 'none')) satisfies unknown).toBe('none');
    const { body } = await platform.call(describeNotifications, { Rejections: true });
    const rejected = body['Rejections'] as { Verdict: string; Why: { En: string } }[]; // as listRejections writes it
    expect(rejected.map(({ Verdict }) => Verdict).sort()).toEqual([
      'IncompleteBody',
      'NoSignature',
      'PlaintextRefused',
      'ReencodedBody',
      'TooLarge',
      'WrongKey',
      'WrongToken',
    ]);
    expect(rejected.every(({ Why }) => Why.En.length > 20)).toBe(true);
    const scoped = await keys(
      'create',
      '--name',
      's',
      '--role',
      'viewer',
      '--organization',
      'proxy-org-openid',
    );
    expect(await platform.call(describeNotifications, { Rejections: true }, scoped)).toMatchObject({
      status: 403,
    });
  });

  it.each(['GET', 'HEAD'])('%s is answered 405', async (method) => {
    expect(await post({ ...composed, method })).toMatchObject({ status: 405 });
  });
});

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

describe('a database that is gone', () => {
  it('is answered 5xx, so that the message comes again, and a probe is answered still', async () => {
    await platform.stopDatabase();
    const composed = composeNotification({ MsgId: 'lost', MsgType: 'x' }, { key, token });
    expect(await post(composed)).toMatchObject({ status: 503 });
    expect(await post({ body: composed.body })).toMatchObject({ status: 401 });
    expect(await post({ body: '{}' })).toMatchObject({ status: 200 });
  });
});
