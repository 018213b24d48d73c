/** What Tencent posts to the built functions, and what becomes of it. */
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { composeNotification } from '../shared/callback/compose-notification.ts';
import { contentSignature } from '../shared/callback/content-signature.ts';
import { opensslEncrypt, opensslMissing, opensslSignature } from '../shared/callback/testing/openssl.ts';
import vectors from '../shared/callback/vectors/callback.json' with { type: 'json' };
import { callbackSecrets, key, notifying, older, token } from './testing/notifying.ts';
import { as, platformSuite } from './testing/platform-suite.ts';

const describeNotifications = 'DescribeNotifications';

const platform = platformSuite(callbackSecrets);
const { listed, makeCode, notify, one, post, usedOf } = notifying(platform);

async function callbackTokenOf(codeId: string): Promise<unknown> {
  const db = new pg.Client(platform.databaseUrl);
  await db.connect();
  try {
    const { rows } = await db.query('select callback_token as token from codes where code_id = $1', [codeId]);
    return rows[0]?.token;
  } finally {
    await db.end();
  }
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
    await notify('MultiFlowSignQrCodeCost', { QrCodeId }, { MsgId, secrets: older });
    expect(await usedOf(CodeId)).toBe(1);
    expect(await one(MsgId)).toMatchObject({ Copies: 3, Outcome: 'Applied' });
  });

  it('at the address that our create gave finds its code, whatever it says', async () => {
    const { CodeId } = await makeCode();
    const path = `/${await callbackTokenOf(CodeId)}.1`;
    const MsgId = await notify('MultiFlowSignQrCodeCost', { Nothing: 'that is known' }, { path });
    expect(await usedOf(CodeId)).toBe(1);
    expect(await one(MsgId)).toMatchObject({ CodeId, Route: 'Code', RouteGeneration: 1 });
  });

  it('under an older key and token is taken while they are configured, and told as such', async () => {
    const MsgId = await notify('Rotation', {}, { secrets: older });
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
    const bound = ['--organization', 'proxy-org-openid'];
    const scoped = as(await platform.keys('create', '--name', 's', '--role', 'viewer', ...bound));
    expect(await platform.call(describeNotifications, { Rejections: true }, scoped)).toMatchObject({
      status: 403,
    });
  });

  it.each(['GET', 'HEAD'])('%s is answered 405', async (method) => {
    expect(await post({ ...composed, method })).toMatchObject({ status: 405 });
  });
});

describe('a database that is gone', () => {
  it('is answered 5xx, so that the message comes again, and a probe is answered still', async () => {
    await platform.stopDatabase();
    const composed = composeNotification({ MsgId: 'lost', MsgType: 'x' }, { key, token });
    // Refused, or not reached before its time was over: a busy machine decides.
    expect([503, 504]).toContain((await post(composed)).status);
    expect(await post({ body: composed.body })).toMatchObject({ status: 401 });
    expect(await post({ body: '{}' })).toMatchObject({ status: 200 });
  });
});
