import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { createSigner } from '../../shared/tc3/sign.ts';
import * as stages from '../../shared/tc3/stages.ts';
import type { ApiAction, CloudService } from './cloud-service.ts';
import { credentials } from './credentials.ts';
import { createFaults } from './faults.ts';
import { createGateway } from './gateway.ts';
import type { GatewayCode } from './gateway-code.ts';
import { createJournal } from './journal/journal.ts';
import { refusing } from './outcome.ts';
import { createRateLimit } from './rate-limit.ts';
import type { ApiCall } from './read-call.ts';
import { createSeededRandom } from './seeded-random.ts';
import { v1Signature, v1StringToSign } from './signatures/v1-signature.ts';

const words = { zh: '错误', en: 'wrong' };
const codes: Record<GatewayCode | 'UnknownParameter', typeof words> = {
  'AuthFailure.InvalidAuthorization': words,
  'AuthFailure.SecretIdNotFound': words,
  'AuthFailure.SignatureExpire': words,
  'AuthFailure.SignatureFailure': words,
  'AuthFailure.TokenFailure': words,
  InternalError: words,
  InvalidAction: words,
  InvalidParameter: words,
  MissingParameter: words,
  NoSuchVersion: words,
  RequestLimitExceeded: words,
  RequestSizeLimitExceeded: words,
  UnknownParameter: words,
  UnsupportedProtocol: words,
};
const refuse = refusing(codes);
const buy: ApiAction = {
  name: 'Buy',
  request: z.strictObject({ Count: z.int(), Notes: z.optional(z.array(z.string())) }),
  requestsPerSecond: 20,
};
/** A shop, which is no service of Tencent Cloud: the gateway is to know nothing of any. */
const shop: CloudService<ApiAction> = {
  name: 'shop',
  version: '2026-01-01',
  upstreamActions: ['Buy', 'Sell'],
  action: (name) => (name === 'Buy' ? buy : undefined),
  maxBodyBytes: 10 * 2 ** 20,
  codes,
  refuse,
  refuseMember: (_action, { kind }, reason) =>
    refuse(kind === 'unknown' ? 'UnknownParameter' : 'InvalidParameter', reason),
  mask: (request) => request,
};

const nowS = 1_800_000_000;
const host = 'shop.test:9300';
const [{ secretId, secretKey }] = credentials;
let bought: unknown[] = [];
let defects: unknown[] = [];
const journal = createJournal();
const gateway = createGateway({
  service: shop,
  act: (_action, request) => {
    bought.push(request);
    return { ok: true, response: { Bought: request } };
  },
  credentials,
  faults: createFaults(createSeededRandom(1)),
  rateLimit: createRateLimit(),
  journal,
  requestsPerSecond: Number.POSITIVE_INFINITY,
  newRequestId: () => 'id',
  nowMs: () => nowS * 1000,
  signatureNowS: () => nowS,
  sleep: async () => {},
  onJournal: () => {},
  onDefect: (error) => defects.push(error),
});
beforeEach(() => {
  bought = [];
  defects = [];
  journal.clear();
});

interface Answer {
  Bought?: unknown;
  Error?: { Code: string; Message: string };
}
async function answerTo(call: Partial<ApiCall>): Promise<Answer> {
  const reply = await gateway({ method: 'POST', query: '', headers: {}, body: Buffer.alloc(0), ...call });
  expect(defects).toEqual([]);
  if (reply === 'drop') throw new Error('no answer');
  return (JSON.parse(reply.body.toString()) as { Response: Answer }).Response; // the shape of every answer
}
const resultOf = async (call: Partial<ApiCall>) => (await answerTo(call)).Error?.Code ?? 'ok';

const form = (parameters: Readonly<Record<string, string>>) => new URLSearchParams(parameters).toString();
const listed = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value]]));
const formType = 'application/x-www-form-urlencoded';

/** A call that is signed with version 1. */
function v1(method: 'GET' | 'POST', changes: Readonly<Record<string, string>> = {}): ApiCall {
  const parameters = {
    Action: 'Buy',
    Version: '2026-01-01',
    Timestamp: `${nowS}`,
    Nonce: '5',
    SecretId: secretId,
    Count: '2',
    ...changes,
  };
  const request = { httpMethod: method, host, parameters: new Map(Object.entries(parameters)) };
  const Signature = v1Signature('HmacSHA1', secretKey, v1StringToSign(request));
  const text = form({ ...parameters, Signature });
  const headers = listed(method === 'POST' ? { Host: host, 'Content-Type': formType } : { Host: host });
  return {
    method,
    query: method === 'GET' ? text : '',
    headers,
    body: Buffer.from(method === 'POST' ? text : ''),
  };
}

/** A call by GET that is signed with TC3. */
function tc3Get(query: string, service = 'shop', contentType = formType): ApiCall {
  const headers = { 'content-type': contentType, host };
  const date = stages.credentialDate(nowS);
  const scope = stages.credentialScope(date, service);
  const canonical = stages.canonicalRequest({
    httpRequestMethod: 'GET',
    canonicalUri: '/',
    canonicalQueryString: query,
    canonicalHeaders: stages.canonicalHeaders(headers),
    signedHeaders: stages.signedHeaders(headers),
    hashedRequestPayload: stages.hashedRequestPayload(Buffer.alloc(0)),
  });
  const key = stages.secretSigning(stages.secretService(stages.secretDate(secretKey, date), service));
  const toSign = stages.stringToSign(nowS, scope, stages.hashedCanonicalRequest(canonical));
  const authorization = stages.authorization({
    secretId,
    scope,
    signedHeaders: stages.signedHeaders(headers),
    signature: stages.signature(key, toSign),
  });
  return {
    method: 'GET',
    query,
    headers: listed({ ...headers, ...tc3Headers(authorization) }),
    body: Buffer.alloc(0),
  };
}

const tc3Headers = (Authorization: string) => ({
  Authorization,
  'X-TC-Action': 'Buy',
  'X-TC-Version': '2026-01-01',
  'X-TC-Timestamp': `${nowS}`,
});

/** A call by POST that is signed with TC3. */
function tc3Post(
  body: Buffer,
  { service = 'shop', contentType = 'application/json', host: name = host } = {},
): ApiCall {
  const sign = createSigner({ secretId, secretKey }, service);
  const authorization = sign({ host: name, contentType, body, timestampS: nowS });
  const headers = listed({ Host: name, 'Content-Type': contentType, ...tc3Headers(authorization) });
  return { method: 'POST', query: '', headers, body };
}

const json = (value: unknown) => Buffer.from(JSON.stringify(value));

describe('the same request', () => {
  it.each([
    ['POST and TC3', tc3Post(json({ Count: 2, Notes: ['a', 'b'] }))],
    ['GET and TC3', tc3Get('Count=2&Notes.0=a&Notes.1=b')],
    ['POST and version 1', v1('POST', { 'Notes.0': 'a', 'Notes.1': 'b' })],
    ['GET and version 1', v1('GET', { 'Notes.0': 'a', 'Notes.1': 'b' })],
  ])('comes to the same by %s', async (_, call) => {
    expect(await answerTo(call)).toMatchObject({ Bought: { Count: 2, Notes: ['a', 'b'] } });
    expect(bought).toEqual([{ Count: 2, Notes: ['a', 'b'] }]);
    expect(journal.list()).toMatchObject([
      { method: call.method, action: 'Buy', secretId, result: 'ok', request: { Notes: ['a', 'b'] } },
    ]);
  });
});

describe('a call', () => {
  it.each<[string, Partial<ApiCall>, string]>([
    ['by another method', { ...v1('POST'), method: 'PUT' }, 'UnsupportedProtocol'],
    ['that says nothing', { method: 'GET' }, 'MissingParameter'],
    ['without an action', v1('GET', { Action: '' }), 'MissingParameter'],
    ['without a version', v1('POST', { Version: '' }), 'MissingParameter'],
    ['of another version', v1('POST', { Version: '2017-03-12' }), 'NoSuchVersion'],
    ['of no action', v1('GET', { Action: 'Steal' }), 'InvalidAction'],
    ['of an action that is not emulated', v1('GET', { Action: 'Sell' }), 'InvalidAction'],
    ['without a nonce', v1('GET', { Nonce: '' }), 'MissingParameter'],
    ['with a nonce that is none', v1('GET', { Nonce: 'x' }), 'InvalidParameter'],
    ['of nobody', v1('GET', { SecretId: 'AKIDnobody' }), 'AuthFailure.SecretIdNotFound'],
    ['from another time', v1('GET', { Timestamp: `${nowS - 400}` }), 'AuthFailure.SignatureExpire'],
    ['with a token that the key has not', v1('GET', { Token: 'x' }), 'AuthFailure.TokenFailure'],
    [
      'signed for another host',
      { ...v1('GET'), headers: { host: ['elsewhere'] } },
      'AuthFailure.SignatureFailure',
    ],
    ['whose parameters cannot be decoded', { ...v1('GET'), query: 'Action=%ff' }, 'InvalidParameter'],
    ['with a parameter twice', { ...v1('GET'), query: `${v1('GET').query}&Count=2` }, 'InvalidParameter'],
    ['with a value and a structure of one name', v1('POST', { 'Count.0': '1' }), 'InvalidParameter'],
    ['with a number that is none', v1('POST', { Count: 'two' }), 'InvalidParameter'],
    ['with a member that nobody knows', v1('POST', { Surprise: '1' }), 'UnknownParameter'],
    [
      'whose query has more than 32 KB',
      v1('GET', { 'Notes.0': 'x'.repeat(32 * 1024) }),
      'RequestSizeLimitExceeded',
    ],
    [
      'whose form has more than 1 MB',
      v1('POST', { 'Notes.0': 'x'.repeat(2 ** 20) }),
      'RequestSizeLimitExceeded',
    ],
    [
      'whose JSON is too large to be kept',
      { ...tc3Post(json({})), body: undefined },
      'RequestSizeLimitExceeded',
    ],
    ['by GET and TC3 with another type', tc3Get('Count=2', 'shop', 'application/json'), 'InvalidParameter'],
    ['by GET and TC3 for another service', tc3Get('Count=2', 'cvm'), 'AuthFailure.SignatureFailure'],
    [
      'by GET and TC3 with another query',
      { ...tc3Get('Count=2'), query: 'Count=3' },
      'AuthFailure.SignatureFailure',
    ],
    ['with a form for TC3', tc3Post(Buffer.from('Count=2'), { contentType: formType }), 'InvalidParameter'],
    [
      'of several parts',
      tc3Post(json({}), { contentType: 'multipart/form-data; boundary=x' }),
      'InvalidParameter',
    ],
    ['for another service', tc3Post(json({ Count: 2 }), { service: 'cvm' }), 'AuthFailure.SignatureFailure'],
    [
      'that skips the signature',
      {
        ...tc3Post(json({})),
        headers: listed({ ...tc3Headers('SKIP'), 'Content-Type': 'application/json' }),
      },
      'AuthFailure.InvalidAuthorization',
    ],
    ['whose body is no JSON', tc3Post(Buffer.from('{')), 'InvalidParameter'],
  ])('%s is refused', async (_, call, code) => {
    expect(await resultOf(call)).toBe(code);
    expect(bought).toEqual([]);
    expect(journal.list()).toMatchObject([{ result: code, reason: expect.stringMatching(/./) }]);
  });

  it.each([
    ['its own', 'shop', 'shop.test:9300'],
    ['the host', 'localhost:9300', 'localhost:9300'],
    ['the first label of the host', '127', '127.0.0.1:9300'],
  ])('may be scoped to %s', async (_, service, name) => {
    expect(await resultOf(tc3Post(json({ Count: 1 }), { service, host: name }))).toBe('ok');
  });

  it('is told of in its language, wherever it names that', async () => {
    const messageOf = async (call: ApiCall) => (await answerTo(call)).Error?.Message;
    expect(await messageOf(v1('GET', { Action: 'Steal' }))).toBe('错误：shop 没有此接口');
    expect(await messageOf(v1('GET', { Action: 'Steal', Language: 'en-US' }))).toBe(
      'wrong: shop has no such action',
    );
  });

  it('with a wrong signature leaves no value of its query in the journal', async () => {
    await answerTo({ ...tc3Get('Notes.0=%E5%BC%A0%E4%B8%89'), query: 'Notes.0=Zhang' });
    const [entry] = journal.list();
    expect(entry?.signature?.canonicalRequest).toContain('\nNotes.0=***\n');
    expect(JSON.stringify(entry?.signature)).not.toMatch(/Zhang|%E5/);
  });
});
