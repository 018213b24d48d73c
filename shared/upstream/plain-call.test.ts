import { describe, expect, it } from 'vitest';
import { api } from '../essbasic/api.ts';
import { secretDate, secretService, secretSigning } from '../tc3/stages.ts';
import { verify } from '../tc3/verify.ts';
import type { Limiter } from '../world.ts';
import { createPlainUpstream, type PlainUpstreamOptions } from './plain-call.ts';
import { cancel, create, deadEndpoint, hangUp, refused, say, serve } from './testing/loopback.ts';
import { credentials as pair } from './testing/requests.ts';

const credentials = { ...pair, token: 'temporary/token"of a kind' };
const nowMs = 1_551_113_065_900;
const free: Limiter = { acquire: async () => {} };
const body = '{"TemplateId": 1, "Unknown":["甲"]}';

function plain(endpoint: string, options: Partial<PlainUpstreamOptions> = {}) {
  const upstream = createPlainUpstream({
    credentials,
    endpoint,
    limiter: free,
    now: () => nowMs,
    ...options,
  });
  const call = { action: create, body, language: 'zh-CN' } as const;
  return {
    show: () => upstream.show(call),
    send: (more: object = {}) => upstream.send({ ...call, ...more }, { deadlineMs: nowMs + 5000 }),
  };
}

describe('a call as somebody has written it', () => {
  it('is sent to the letter, signed so that a strict verifier accepts it, and its answer comes as it is', async () => {
    const answer = refused('InvalidParameter', '参数错误');
    const { endpoint, received } = await serve([say(answer)]);
    const { sent, received: came } = await plain(endpoint).send();
    const [one] = received;
    if (one === undefined) return expect.unreachable();
    expect(one.body.toString()).toBe(body);
    const request = { method: one.method ?? '', path: one.url ?? '', headers: one.headers, body: one.body };
    expect(
      verify(request, { secretKeyOf: () => credentials.secretKey, nowS: Math.floor(nowMs / 1000) }),
    ).toMatchObject({ ok: true, service: api.service });
    expect(came).toMatchObject({
      status: 200,
      body: JSON.stringify(answer),
      headers: { 'content-type': 'application/json' },
      durationMs: 0,
    });
    expect(sent.body).toBe(body);
    const open = Object.entries(sent.headers).filter(([, value]) => !value.includes('<'));
    expect(open.length).toBe(8);
    for (const [name, value] of open) expect([name, one.headers[name.toLowerCase()]]).toEqual([name, value]);
  });

  it('is shown as it would go out, and the steps lead to the signature that is sent', async () => {
    const { endpoint, received } = await serve([say(refused('InvalidParameter'))]);
    const { signature } = plain(endpoint).show();
    expect(received).toHaveLength(0);
    const { host } = new URL(endpoint);
    expect(signature.canonicalRequest).toMatch(
      new RegExp(
        `^POST\n/\n\ncontent-type:application/json\nhost:${host}\nx-tc-action:channelcreatemultiflowsignqrcode\n\ncontent-type;host;x-tc-action\n[0-9a-f]{64}$`,
      ),
    );
    expect(signature.stringToSign).toBe(
      `TC3-HMAC-SHA256\n1551113065\n2019-02-25/essbasic/tc3_request\n${signature.hashedCanonicalRequest}`,
    );
    expect(signature.authorization).toBe(
      'TC3-HMAC-SHA256 Credential=<SecretId>/2019-02-25/essbasic/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=<Signature>',
    );
    const { sent } = await plain(endpoint).send();
    expect(sent).toEqual(plain(endpoint).show());
  });

  it('is sent once: not again after a refusal by rate limit, nor where the connection breaks', async () => {
    const limited = await serve([say(refused('RequestLimitExceeded'))]);
    expect((await plain(limited.endpoint).send()).received.status).toBe(200);
    expect(limited.received).toHaveLength(1);
    const broken = await serve([hangUp]);
    await expect(plain(broken.endpoint).send()).rejects.toMatchObject({ code: 'UnknownOutcome' });
    await expect(plain(broken.endpoint).send({ action: cancel })).rejects.toMatchObject({
      code: 'UpstreamTimeout',
    });
    expect(broken.received).toHaveLength(2);
  });

  it('has its turn under the limit of its action, and is not sent without', async () => {
    const { endpoint, received } = await serve([say(refused('X'))]);
    const asked: [string, number][] = [];
    const limiter: Limiter = {
      async acquire(action, deadlineMs) {
        asked.push([action, deadlineMs]);
        throw new Error('no turn');
      },
    };
    await expect(plain(endpoint, { limiter }).send()).rejects.toThrow('no turn');
    expect(asked).toEqual([[create.name, nowMs + 4500]]);
    expect(received).toHaveLength(0);
  });

  it('is not sent where nobody listens, or with too little time left', async () => {
    await expect(plain(await deadEndpoint()).send()).rejects.toMatchObject({ code: 'UpstreamUnreachable' });
    const { endpoint, received } = await serve([say(refused('X'))]);
    let calls = 0;
    const now = () => nowMs + (calls++ === 0 ? 0 : 4600);
    await expect(plain(endpoint, { now }).send()).rejects.toMatchObject({ code: 'DeadlineExceeded' });
    expect(received).toHaveLength(0);
  });

  it('shows no secret, whatever a gateway quotes of the request in its answer', async () => {
    const { endpoint, received } = await serve([
      (response, { headers, body: sent }) => {
        const quoted = { headers, secret: credentials, body: sent.toString() };
        response.writeHead(502, { 'x-echo': headers.authorization, 'x-key': credentials.secretKey });
        response.end(`${JSON.stringify(quoted)}\n${credentials.token}`);
      },
    ]);
    const came = await plain(endpoint).send();
    const shown = JSON.stringify(came) + came.received.body;
    const authorization = received[0]?.headers.authorization ?? '';
    const date = secretDate(credentials.secretKey, '2019-02-25');
    const service = secretService(date, 'essbasic');
    const derived = [date, service, secretSigning(service)];
    for (const secret of [
      credentials.secretKey,
      credentials.secretId,
      credentials.token,
      JSON.stringify(credentials.token).slice(1, -1),
      /Signature=([0-9a-f]{64})/.exec(authorization)?.[1] ?? 'no signature',
      ...derived.flatMap((key) => [key.toString('hex'), key.toString('base64')]),
    ]) {
      expect(shown.includes(secret), secret).toBe(false);
    }
    expect(shown).toContain('<Signature>');
    expect(shown).toContain('<Token>');
  });
});
