import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { casesOf } from '../testing/cases.ts';
import { createSigningKeyCache } from './signing-key-cache.ts';
import * as stages from './stages.ts';
import { sdkSign } from './testing/sdk-sign.ts';
import {
  goodRequest,
  requestSigned,
  secretId,
  secretKey,
  secretKeyOf,
  timestampS,
} from './testing/signed-request.ts';
import vectors from './vectors/tc3.json' with { type: 'json' };
import { verify } from './verify.ts';

const options = { secretKeyOf, nowS: timestampS };

/** The header with one part exchanged; fails where there was nothing to exchange. */
function edited(header: unknown, from: string | RegExp, to: string): string {
  const text = String(header);
  const result = text.replace(from, to);
  expect(result).not.toBe(text);
  return result;
}

describe('verify', () => {
  it.each(vectors.cases)('accepts the published case "$name"', (vector) => {
    const { request } = vector;
    const verdict = verify(
      {
        method: request.method,
        query: request.query,
        headers: {
          ...request.headers,
          'x-tc-action': request.action,
          Authorization: vector.authorization,
          'X-TC-Timestamp': String(request.timestamp),
          'X-TC-Content-SHA256': request.unsignedPayload ? 'UNSIGNED-PAYLOAD' : undefined,
        },
        body: Buffer.from(request.body),
      },
      { secretKeyOf: () => vector.secretKey, nowS: request.timestamp },
    );
    expect(verdict).toMatchObject({ ok: true, secretId: vector.secretId });
  });

  it('says who signed, for which service, when, and what', () => {
    expect(verify(goodRequest(), options)).toEqual({
      ok: true,
      secretId,
      service: 'essbasic',
      timestampS,
      signedHeaders: ['content-type', 'host', 'x-tc-action'],
    });
  });

  it.each([
    ['http://127.0.0.1:9300/', '127.0.0.1:9300', '127'],
    ['http://localhost:9300/', 'localhost:9300', 'localhost:9300'],
    ['https://essbasic.tencentcloudapi.com/', 'essbasic.tencentcloudapi.com', 'essbasic'],
    ['http://[::1]:9300/', '[::1]:9300', 'essbasic'],
  ])('accepts what the SDK signs for %s, though its header has the port', (url, host, service) => {
    const body = Buffer.from('{}');
    const authorization = sdkSign({ url, payload: body, timestampS, service, secretId, secretKey });
    const headers = {
      authorization,
      host,
      'content-type': 'application/json',
      'x-tc-timestamp': `${timestampS}`,
    };
    expect(verify({ method: 'POST', headers, body }, options)).toMatchObject({ ok: true, service });
    const elsewhere = { ...headers, host: `elsewhere.${host}` };
    expect(verify({ method: 'POST', headers: elsewhere, body }, options)).toMatchObject({
      ok: false,
      code: 'AuthFailure.SignatureFailure',
    });
  });

  it('takes header names in any case', () => {
    const { headers, ...rest } = goodRequest();
    const upper = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]),
    );
    expect(verify({ ...rest, headers: upper }, options)).toMatchObject({ ok: true });
  });

  it('takes a list of one value for that value, and refuses a header that came twice', () => {
    const request = goodRequest();
    request.headers['host'] = ['127.0.0.1:9300'];
    expect(verify(request, options)).toMatchObject({ ok: true });
    request.headers['Host'] = '127.0.0.1:9300';
    expect(verify(request, options)).toMatchObject({ ok: false, code: 'AuthFailure.SignatureFailure' });
  });

  it('takes a header that came twice for its values, joined', () => {
    const twice = { 'content-type': 'text/plain', host: 'h', 'x-tc-action': 'a, b' };
    const canonical = stages.canonicalRequest({
      httpRequestMethod: 'POST',
      canonicalUri: '/',
      canonicalQueryString: '',
      canonicalHeaders: stages.canonicalHeaders(twice),
      signedHeaders: stages.signedHeaders(twice),
      hashedRequestPayload: stages.hashedRequestPayload(Buffer.alloc(0)),
    });
    const date = stages.credentialDate(timestampS);
    const scope = stages.credentialScope(date, 'essbasic');
    const key = stages.secretSigning(stages.secretService(stages.secretDate(secretKey, date), 'essbasic'));
    const toSign = stages.stringToSign(timestampS, scope, stages.hashedCanonicalRequest(canonical));
    const authorization = stages.authorization({
      secretId,
      scope,
      signedHeaders: stages.signedHeaders(twice),
      signature: stages.signature(key, toSign),
    });
    const sent = { ...twice, authorization, 'x-tc-timestamp': `${timestampS}` };
    const verdicts = [{ 'x-tc-action': ['a', 'b'] }, { 'x-tc-action': 'a', 'X-TC-Action': 'b' }].map((both) =>
      verify({ method: 'POST', headers: { ...sent, ...both }, body: Buffer.alloc(0) }, options),
    );
    expect(verdicts).toMatchObject([{ ok: true }, { ok: true }]);
  });

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['of another scheme', 'Bearer abc'],
    ['too long', `TC3-HMAC-SHA256 Credential=${'x'.repeat(1_000_000)}`],
    [
      'sent twice',
      [goodRequest().headers['authorization'], goodRequest().headers['authorization']].map(String),
    ],
    ['without service', edited(goodRequest().headers['authorization'], '/essbasic', '')],
    ['with a short signature', edited(goodRequest().headers['authorization'], /.$/, '')],
    [
      'with a signature in upper case',
      edited(goodRequest().headers['authorization'], /Signature=.*/, `Signature=${'A'.repeat(64)}`),
    ],
    [
      'without content-type among its SignedHeaders',
      edited(goodRequest().headers['authorization'], 'content-type;', ''),
    ],
    ['without host among its SignedHeaders', edited(goodRequest().headers['authorization'], 'host;', '')],
    [
      'with unsorted SignedHeaders',
      edited(goodRequest().headers['authorization'], 'content-type;host', 'host;content-type'),
    ],
    ['with a repeated SignedHeader', edited(goodRequest().headers['authorization'], ';host', ';host;host')],
    [
      'with SignedHeaders in upper case',
      edited(goodRequest().headers['authorization'], 'x-tc-action', 'X-TC-Action'),
    ],
    [
      'naming a header that was not sent',
      edited(goodRequest().headers['authorization'], 'x-tc-action', 'x-tc-region'),
    ],
  ])('refuses an Authorization %s as InvalidAuthorization', (_, authorization) => {
    const request = goodRequest();
    request.headers['authorization'] = authorization;
    expect(verify(request, options)).toMatchObject({ ok: false, code: 'AuthFailure.InvalidAuthorization' });
  });

  it.each([
    ['MissingParameter', undefined],
    ['InvalidParameter', ''],
    ['InvalidParameter', '1551113065.5'],
    ['InvalidParameter', '1551113065000'],
    ['InvalidParameter', '-5'],
  ])('answers %s for the timestamp %j', (code, timestamp) => {
    const request = goodRequest();
    request.headers['x-tc-timestamp'] = timestamp;
    expect(verify(request, options)).toMatchObject({ ok: false, code });
  });

  it('refuses an id that nobody has as SecretIdNotFound', () => {
    const request = goodRequest('{}', { secretId: 'AKIDother', secretKey });
    expect(verify(request, options)).toMatchObject({ ok: false, code: 'AuthFailure.SecretIdNotFound' });
  });

  it.each([
    [300, true],
    [-300, true],
    [301, false],
    [-301, false],
  ])('with a clock %i s away, accepts: %s', (distanceS, ok) => {
    const verdict = verify(goodRequest(), { secretKeyOf, nowS: timestampS - distanceS });
    expect(verdict.ok).toBe(ok);
    if (!verdict.ok) {
      expect(verdict.code).toBe('AuthFailure.SignatureExpire');
      expect(verdict.message).toContain(distanceS > 0 ? '301 s ahead of' : '301 s behind');
    }
  });

  it('keeps to another tolerance where one is given', () => {
    const verdict = verify(goodRequest(), { secretKeyOf, nowS: timestampS + 11, toleranceS: 10 });
    expect(verdict).toMatchObject({ ok: false, code: 'AuthFailure.SignatureExpire' });
  });

  it('refuses a credential date that is not the UTC date of the timestamp, though all else fits', () => {
    const request = requestSigned({ scopeDate: '2019-02-26', keyDate: '2019-02-26' });
    const verdict = verify(request, options);
    expect(verdict).toMatchObject({ ok: false, code: 'AuthFailure.SignatureFailure' });
    expect(verdict).toMatchObject({ message: expect.stringContaining('UTC date') });
  });

  it('refuses a credential date that was exchanged after signing', () => {
    const request = goodRequest();
    request.headers['authorization'] = edited(request.headers['authorization'], '2019-02-25', '2019-02-24');
    expect(verify(request, options)).toMatchObject({ ok: false, code: 'AuthFailure.SignatureFailure' });
  });

  it.each([
    ['a changed body', { body: Buffer.from('{}') }],
    ['another method', { method: 'PUT' }],
    ['another path', { path: '/other' }],
  ])('refuses %s as SignatureFailure', (_, change) => {
    const verdict = verify({ ...goodRequest(), ...change }, options);
    expect(verdict).toMatchObject({ ok: false, code: 'AuthFailure.SignatureFailure' });
    expect(verdict).toMatchObject({ message: 'The signature does not fit the request' });
  });

  it.each(['host', 'content-type', 'x-tc-action', 'x-tc-content-sha256'])('refuses a changed %s', (name) => {
    const request = goodRequest();
    request.headers[name] = 'UNSIGNED-PAYLOAD';
    expect(verify(request, options)).toMatchObject({ ok: false, code: 'AuthFailure.SignatureFailure' });
  });

  it('refuses another key as SignatureFailure', () => {
    const request = goodRequest('{}', { secretId, secretKey: 'another key' });
    expect(verify(request, options)).toMatchObject({ ok: false, code: 'AuthFailure.SignatureFailure' });
  });

  it('leaves out of the signature the query of a POST and the body of a GET', () => {
    expect(verify({ ...goodRequest(), query: 'a=1' }, options)).toMatchObject({ ok: true });
    const [get] = vectors.cases.filter(({ request }) => request.method === 'GET');
    const headers = {
      ...get?.request.headers,
      authorization: get?.authorization,
      'x-tc-timestamp': `${get?.request.timestamp}`,
    };
    const nowS = get?.request.timestamp ?? 0;
    const keyOf = () => get?.secretKey;
    const request = { method: 'GET', query: 'Limit=10&Offset=0', headers, body: Buffer.from('ignored') };
    expect(verify(request, { secretKeyOf: keyOf, nowS })).toMatchObject({ ok: true });
    const other = { ...request, query: 'Limit=11&Offset=0' };
    expect(verify(other, { secretKeyOf: keyOf, nowS })).toMatchObject({ ok: false });
  });

  it('keeps what it derives in the cache that it is given', () => {
    const signingKeys = createSigningKeyCache();
    const asked: string[] = [];
    const recording = {
      signingKey: (...of: Parameters<typeof signingKeys.signingKey>) => {
        asked.push(of.slice(1).join('/'));
        return signingKeys.signingKey(...of);
      },
    };
    expect(verify(goodRequest(), { ...options, signingKeys: recording })).toMatchObject({ ok: true });
    expect(asked).toEqual([`${stages.credentialDate(timestampS)}/essbasic`]);
  });

  it('never throws and never accepts, whatever is sent', async () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[ -~]{0,60}$/));
    const value = fc.oneof(text, fc.array(text, { maxLength: 3 }), fc.constant(undefined));
    const good = goodRequest().headers;
    const spoiled = fc.record({
      method: fc.oneof(fc.constantFrom('POST', 'GET'), text),
      path: text,
      query: text,
      headers: fc
        .record({
          authorization: fc.oneof(
            value,
            fc.tuple(text, fc.nat(240)).map(([piece, at]) => {
              const header = String(good['authorization']);
              return header.slice(0, at) + piece + header.slice(at + 1);
            }),
          ),
          host: value,
          'content-type': value,
          'x-tc-action': value,
          'x-tc-timestamp': fc.oneof(value, fc.constant(`${timestampS}`)),
          'x-tc-content-sha256': value,
          __proto__: value,
        })
        .chain((headers) =>
          fc.dictionary(text, value, { maxKeys: 3 }).map((more) => ({ ...more, ...headers })),
        ),
      body: fc.uint8Array({ maxLength: 100 }),
    });
    await fc.assert(
      fc.property(spoiled, (request) => {
        expect(verify(request, options).ok).toBe(false);
      }),
      casesOf(5000),
    );
  });
});
