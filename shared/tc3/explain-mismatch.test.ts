import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainMismatch, firstDifference } from './explain-mismatch.ts';
import * as stages from './stages.ts';
import {
  goodRequest,
  type OwnWay,
  requestSigned,
  secretId,
  secretKey,
  secretKeyOf,
  timestampS,
} from './testing/signed-request.ts';
import { verify } from './verify.ts';

const body = goodRequest().body.toString();
const value = JSON.parse(body);
const headers = (changes: { type?: string; host?: string; action?: string }) =>
  `content-type:${changes.type ?? 'application/json'}\nhost:${changes.host ?? '127.0.0.1:9300'}\nx-tc-action:${changes.action ?? 'describetemplates'}\n`;

/** Each mistake as a client really makes it, and the name that the explanation must find for it. */
const mistakes: readonly [string, string, OwnWay][] = [
  ['body-reserialised', 'an empty body', { body: '' }],
  ['body-reserialised', 'a line feed', { body: `${body}\n` }],
  ['body-reserialised', 'indented', { body: JSON.stringify(value, null, 2) }],
  ['body-reserialised', 'indented', { body: JSON.stringify(value, null, 4) }],
  [
    'body-reserialised',
    'blanks after commas',
    { body: '{"Agent": {"AppId": "a/b"}, "FlowName": "测试 <合同>"}' },
  ],
  [
    'body-reserialised',
    'Python',
    { body: '{"Agent": {"AppId": "a/b"}, "FlowName": "\\u6d4b\\u8bd5 <\\u5408\\u540c>"}' },
  ],
  [
    'body-reserialised',
    'PHP',
    { body: '{"Agent":{"AppId":"a\\/b"},"FlowName":"\\u6d4b\\u8bd5 <\\u5408\\u540c>"}' },
  ],
  ['body-reserialised', 'Go', { body: '{"Agent":{"AppId":"a/b"},"FlowName":"测试 \\u003c合同\\u003e"}' }],
  [
    'body-reserialised',
    'without blanks and with \\u escapes',
    { body: '{"Agent":{"AppId":"a/b"},"FlowName":"\\u6d4b\\u8bd5 <\\u5408\\u540c>"}' },
  ],
  ['body-reserialised', 'JSON string', { body: JSON.stringify(body) }],
  ...[
    'application/json; charset=utf-8',
    'application/json;charset=utf-8',
    'application/x-www-form-urlencoded',
    'text/plain;charset=utf-8',
  ].map((type): [string, string, OwnWay] => [
    'content-type',
    'charset',
    { canonicalHeaders: headers({ type }) },
  ]),
  ['local-date', 'UTC', { scopeDate: '2019-02-26', keyDate: '2019-02-26' }],
  ['local-date', 'UTC', { keyDate: '2019-02-26' }],
  ['local-date', 'UTC', { keyDate: '2019-02-24' }],
  ['local-date', 'UTC', { scopeDate: '2019-02-24', keyDate: '2019-02-24' }],
  ['host', 'Another host', { canonicalHeaders: headers({ host: '127.0.0.1:443' }) }],
  ['host', 'Another host', { canonicalHeaders: headers({ host: '127.0.0.1:80' }) }],
  ['host', 'Another host', { canonicalHeaders: headers({ host: 'https://127.0.0.1:9300' }) }],
  ['host', 'Another host', { canonicalHeaders: headers({ host: 'essbasic.tencentcloudapi.com' }) }],
  ['header-case', 'lower case', { canonicalHeaders: headers({ action: 'DescribeTemplates' }) }],
  ['secret-key-blanks', 'blank', { secretKey: `${secretKey} ` }],
  ['secret-key-blanks', 'blank', { secretKey: ` ${secretKey}` }],
  ...[` ${secretKey} `, `${secretKey}\n`, `${secretKey}\r\n`, `${secretKey}\r`, `${secretKey}\t`].map(
    (key): [string, string, OwnWay] => ['secret-key-blanks', 'line break', { secretKey: key }],
  ),
  [
    'secret-key-without-prefix',
    'TC3',
    { dateKey: createHmac('sha256', secretKey).update('2019-02-25').digest() },
  ],
  ['blank-line', 'blank line', { canonicalHeaders: headers({}).trimEnd() }],
  [
    'hash-case',
    'lower case',
    { hashedRequestPayload: stages.hashedRequestPayload(Buffer.from(body)).toUpperCase() },
  ],
  [
    'unsigned-payload',
    'X-TC-Content-SHA256',
    { hashedRequestPayload: stages.hashedRequestPayload(Buffer.from(''), true) },
  ],
];

describe('explainMismatch', () => {
  it.each(mistakes)('proves the mistake %s (%s)', (mistake, word, way) => {
    const request = requestSigned(way);
    const verdict = verify(request, { secretKeyOf, nowS: timestampS });
    expect(verdict).toMatchObject({ ok: false, code: 'AuthFailure.SignatureFailure' });
    expect(verdict).toMatchObject({ explanation: { mistake, hint: expect.stringContaining(word) } });
  });

  it.each([
    ['nothing', 'Limit=20&FlowName=a%20b', ''],
    ['another order', 'Limit=20&FlowName=a%20b', 'FlowName=a%20b&Limit=20'],
    ['decoded text', 'Limit=20&FlowName=a%20b', 'Limit=20&FlowName=a b'],
    ['decoded text', 'Limit=20&FlowName=a+b', 'Limit=20&FlowName=a b'],
    ['another spelling of a blank', 'Limit=20&FlowName=a%20b', 'Limit=20&FlowName=a+b'],
    ['another spelling of a blank', 'Limit=20&FlowName=a+b', 'Limit=20&FlowName=a%20b'],
    ['another order of what cannot be decoded', 'Limit=20&FlowName=%zz', 'FlowName=%zz&Limit=20'],
  ])('proves that %s was signed in place of the query %s of a GET', (_, query, signedQuery) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', host: 'h' };
    const canonical = stages.canonicalRequest({
      httpRequestMethod: 'GET',
      canonicalUri: '/',
      canonicalQueryString: signedQuery,
      canonicalHeaders: stages.canonicalHeaders(headers),
      signedHeaders: stages.signedHeaders(headers),
      hashedRequestPayload: stages.hashedRequestPayload(Buffer.alloc(0)),
    });
    const date = stages.credentialDate(timestampS);
    const scope = stages.credentialScope(date, 'essbasic');
    const key = stages.secretSigning(stages.secretService(stages.secretDate(secretKey, date), 'essbasic'));
    const signature = stages.signature(
      key,
      stages.stringToSign(timestampS, scope, stages.hashedCanonicalRequest(canonical)),
    );
    const authorization = stages.authorization({
      secretId,
      scope,
      signedHeaders: stages.signedHeaders(headers),
      signature,
    });
    const request = {
      method: 'GET',
      query,
      headers: { ...headers, authorization, 'x-tc-timestamp': String(timestampS) },
      body: Buffer.alloc(0),
    };
    expect(verify(request, { secretKeyOf, nowS: timestampS })).toMatchObject({
      code: 'AuthFailure.SignatureFailure',
      explanation: { mistake: 'query-string' },
    });
    const right = { ...request, query: signedQuery };
    expect(verify(right, { secretKeyOf, nowS: timestampS })).toMatchObject({ ok: true });
  });

  it('proves an upper-case content type and a body signed for a server that sorts keys', () => {
    const request = goodRequest();
    request.headers['content-type'] = 'Application/JSON';
    const asSent = requestSigned({ canonicalHeaders: headers({ type: 'Application/JSON' }) });
    request.headers['authorization'] = asSent.headers['authorization'];
    expect(explainMismatch(request, { secretKey })).toMatchObject({ mistake: 'header-case' });
    const bothInTheirCase = headers({ type: 'Application/JSON', action: 'DescribeTemplates' });
    request.headers['authorization'] = requestSigned({ canonicalHeaders: bothInTheirCase }).headers[
      'authorization'
    ];
    expect(explainMismatch(request, { secretKey })).toMatchObject({ mistake: 'header-case' });

    const unsorted = { ...requestSigned({ body: '{"a":[1,{"c":null,"d":2}],"b":"x"}' }) };
    const arrived = { ...unsorted, body: Buffer.from('{"b":"x","a":[1,{"d":2,"c":null}]}') };
    expect(explainMismatch(arrived, { secretKey })).toMatchObject({
      mistake: 'body-reserialised',
      hint: expect.stringContaining('keys sorted'),
    });
  });

  it('shows what was expected, what was received, and the first line that differs', () => {
    const explanation = explainMismatch(
      requestSigned({ canonicalHeaders: headers({ host: '127.0.0.1:443' }) }),
      {
        secretKey,
      },
    );
    const expected = stages.canonicalRequest({
      httpRequestMethod: 'POST',
      canonicalUri: '/',
      canonicalQueryString: '',
      canonicalHeaders: headers({}),
      signedHeaders: 'content-type;host;x-tc-action',
      hashedRequestPayload: stages.hashedRequestPayload(goodRequest().body),
    });
    expect(explanation).toMatchObject({
      canonicalRequest: expected,
      stringToSign: stages.stringToSign(
        timestampS,
        '2019-02-25/essbasic/tc3_request',
        stages.hashedCanonicalRequest(expected),
      ),
      signatureExpected: String(goodRequest().headers['authorization']).slice(-64),
      canonicalRequestReceived: expected.replace('127.0.0.1:9300', '127.0.0.1:443'),
      firstDifference: { line: 5, expected: 'host:127.0.0.1:9300', received: 'host:127.0.0.1:443' },
    });
    expect(explanation?.signatureReceived).not.toBe(explanation?.signatureExpected);
  });

  it('compares with the canonical request that the client says it has signed', () => {
    const request = requestSigned({ secretKey: 'another key altogether' });
    const ours = explainMismatch(request, { secretKey });
    expect(ours).toMatchObject({ hint: expect.stringContaining('None of the usual mistakes') });
    expect(ours).not.toHaveProperty('mistake');
    expect(ours).not.toHaveProperty('firstDifference');
    expect(ours).not.toHaveProperty('canonicalRequestReceived');
    const canonicalRequestReceived = ours?.canonicalRequest.replace('POST', 'post') ?? '';
    expect(explainMismatch(request, { secretKey, canonicalRequestReceived })).toMatchObject({
      canonicalRequestReceived,
      firstDifference: { line: 1, expected: 'POST', received: 'post' },
    });
  });

  it('has nothing to say where there is no readable signature', () => {
    expect(
      explainMismatch({ method: 'POST', headers: {}, body: new Uint8Array() }, { secretKey }),
    ).toBeUndefined();
  });

  it.each([
    ['no JSON', 'no json'],
    ['deeply nested', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['large', JSON.stringify('x'.repeat(1_000_000))],
  ])('gets along with a body that is %s', (_, text) => {
    const request = { ...requestSigned({}), body: Buffer.from(text) };
    expect(explainMismatch(request, { secretKey })).toMatchObject({ hint: expect.stringContaining('None') });
  });

  it('never tells the secret key or a key derived from it', () => {
    const keys = ['2019-02-24', '2019-02-25', '2019-02-26'].flatMap((date) => {
      const dateKey = stages.secretDate(secretKey, date);
      const serviceKey = stages.secretService(dateKey, 'essbasic');
      return [dateKey, serviceKey, stages.secretSigning(serviceKey)];
    });
    const secrets = [secretKey, ...keys.flatMap((key) => [key.toString('hex'), key.toString('base64')])];
    for (const [, , way] of mistakes) {
      const told = JSON.stringify(explainMismatch(requestSigned(way), { secretKey }));
      expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
    }
  });
});

describe('firstDifference', () => {
  it('counts lines from one and names a line that is missing', () => {
    expect(firstDifference('a\nb', 'a\nc')).toEqual({ line: 2, expected: 'b', received: 'c' });
    expect(firstDifference('a', 'a\nb')).toEqual({ line: 2, expected: '', received: 'b' });
    expect(firstDifference('a\nb', 'a')).toEqual({ line: 2, expected: 'b', received: '' });
  });

  it('finds one exactly where the texts differ', async () => {
    await fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', '\n')),
        fc.array(fc.constantFrom('a', 'b', '\n')),
        (a, b) => {
          const same = a.join('') === b.join('');
          expect(firstDifference(a.join(''), b.join('')) === undefined).toBe(same);
        },
      ),
    );
  });
});
