import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { v1Signature, v1StringToSign } from './v1-signature.ts';
import { verifyV1 } from './verify-v1.ts';

const secretId = 'AKIDmadeup';
const secretKey = 'made up';
const nowS = 1_800_000_000;
const options = {
  secretKeyOf: (id: string) => (id === secretId ? secretKey : undefined),
  nowS,
  service: 'essbasic',
};
const host = '127.0.0.1:9300';

const unsigned = {
  Action: 'DescribeTemplates',
  'Agent.AppId': 'a&b=c 中',
  Limit: '20',
  Nonce: '1',
  SecretId: secretId,
  SignatureMethod: 'HmacSHA256',
  Timestamp: `${nowS}`,
  Version: '2021-05-26',
  apple: 'comes after the capitals',
};
type Parameters = Readonly<Record<string, string>>;

/** The verdict on parameters with a signature. */
const verdictOn = (parameters: Parameters, httpMethod = 'POST') =>
  verifyV1({ httpMethod, host, parameters: new Map(Object.entries(parameters)) }, options);

/** The parameters, rightly signed. */
function signed(parameters: Parameters = unsigned, httpMethod = 'POST'): Parameters {
  const toSign = v1StringToSign({ httpMethod, host, parameters: new Map(Object.entries(parameters)) });
  const method = parameters['SignatureMethod'] === 'HmacSHA256' ? 'HmacSHA256' : 'HmacSHA1';
  return { ...parameters, Signature: v1Signature(method, secretKey, toSign) };
}

/** A signature whose text fits, by HmacSHA256 unless said otherwise; its base64 has a plus in it where asked for. */
const signatureOf = (text: string, key = secretKey, hash = 'sha256') =>
  createHmac(hash, key).update(text).digest('base64');

describe('a call that is signed with version 1', () => {
  it.each([
    ['POST', 'HmacSHA256'],
    ['POST', 'HmacSHA1'],
    ['GET', 'HmacSHA256'],
    ['GET', 'HmacSHA1'],
  ])('by %s and %s is taken', (httpMethod, SignatureMethod) => {
    const parameters = signed({ ...unsigned, SignatureMethod }, httpMethod);
    expect(verdictOn(parameters, httpMethod)).toEqual({ ok: true, secretId });
  });

  it('without a SignatureMethod is HmacSHA1', () => {
    const { SignatureMethod: _, ...rest } = unsigned;
    expect(verdictOn(signed(rest))).toMatchObject({ ok: true });
  });

  it.each([-300, 300])('%i s from the clock is taken', (skewS) => {
    expect(verdictOn(signed({ ...unsigned, Timestamp: `${nowS + skewS}` }))).toMatchObject({ ok: true });
  });

  it.each([
    [{ Timestamp: '' }, 'MissingParameter', 'Timestamp'],
    [{ Nonce: '' }, 'MissingParameter', 'Nonce'],
    [{ SecretId: '' }, 'MissingParameter', 'SecretId'],
    [{ Timestamp: '1.8e9' }, 'InvalidParameter', 'Timestamp'],
    [{ Nonce: '-1' }, 'InvalidParameter', 'Nonce'],
    [{ SecretId: 'AKIDnobody' }, 'AuthFailure.SecretIdNotFound', 'SecretId'],
    [{ Timestamp: `${nowS - 301}` }, 'AuthFailure.SignatureExpire', 'behind'],
    [{ Timestamp: `${nowS + 301}` }, 'AuthFailure.SignatureExpire', 'ahead'],
  ])('with %j is refused as %s', (change, code, word) => {
    expect(verdictOn(signed({ ...unsigned, ...change }))).toMatchObject({
      ok: false,
      code,
      message: expect.stringContaining(word),
    });
  });

  it('without a signature is refused', () => {
    expect(verdictOn(unsigned)).toMatchObject({ code: 'MissingParameter' });
  });

  it('is refused where anything in it was changed, added or left out after it was signed', async () => {
    const good = signed();
    const names = Object.keys(good).filter((name) => !['SecretId', 'Timestamp', 'Nonce'].includes(name));
    await fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.string({ minLength: 1 }),
        fc.constantFrom('change', 'add', 'leave out'),
        (name, text, how) => {
          const { [name]: old, ...others } = good;
          const spoilt =
            how === 'change'
              ? { ...good, [name]: `${old}${text}` }
              : how === 'add'
                ? { ...good, [`${name}${text}`]: text }
                : others;
          expect(verdictOn(spoilt).ok).toBe(false);
        },
      ),
    );
    expect(verdictOn(good, 'GET')).toMatchObject({ code: 'AuthFailure.SignatureFailure' });
  });

  it('makes nothing throw, whatever is sent', async () => {
    await fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(signed())), fc.string()), (parameters) => {
        expect(verdictOn(parameters)).toHaveProperty('ok', false);
      }),
    );
  });
});

describe('of a signature that does not fit', () => {
  const text = v1StringToSign({
    httpMethod: 'POST',
    host,
    parameters: new Map(Object.entries(unsigned)),
  });
  const pairs = text.slice(text.indexOf('?') + 1).split('&Limit')[0] ?? '';
  const start = text.slice(0, text.indexOf('?') + 1);

  /** The nonce with which a signature has a plus in it. */
  const withPlus = () => {
    for (let nonce = 0; ; nonce += 1) {
      const one = signed({ ...unsigned, Nonce: `${nonce}` });
      if (one['Signature']?.includes('+')) return one;
    }
  };

  it.each<[string, () => Parameters]>([
    ['signature-method', () => ({ ...unsigned, Signature: signatureOf(text, secretKey, 'sha1') })],
    [
      'signature-not-encoded',
      () => {
        const one = withPlus();
        return { ...one, Signature: one['Signature']?.replaceAll('+', ' ') ?? '' };
      },
    ],
    [
      'encoded-values',
      () => {
        const encoded = text
          .replace('a&b=c 中', 'a%26b%3Dc+%E4%B8%AD')
          .replace('comes after the capitals', 'comes+after+the+capitals');
        return { ...unsigned, Signature: signatureOf(encoded) };
      },
    ],
    [
      'order',
      () => {
        const { apple, ...rest } = unsigned;
        const asSent = { apple, ...rest };
        const list = Object.entries(asSent).map(([name, value]) => `${name}=${value}`);
        return { ...asSent, Signature: signatureOf(start + list.join('&')) };
      },
    ],
    ['http-method', () => ({ ...unsigned, Signature: signatureOf(text.replace('POST', 'GET')) })],
    ['host', () => ({ ...unsigned, Signature: signatureOf(text.replace(':9300', '')) })],
    [
      'host',
      () => ({ ...unsigned, Signature: signatureOf(text.replace(host, 'essbasic.tencentcloudapi.com')) }),
    ],
    ['hex', () => ({ ...unsigned, Signature: createHmac('sha256', secretKey).update(text).digest('hex') })],
    ['secret-key-blanks', () => ({ ...unsigned, Signature: signatureOf(text, `${secretKey}\n`) })],
  ])('the mistake %s is proven', (mistake, parameters) => {
    expect(verdictOn(parameters())).toMatchObject({
      code: 'AuthFailure.SignatureFailure',
      explanation: { mistake, hint: expect.stringMatching(/\.$/) },
    });
  });

  it('no mistake is named where none explains it, and no value is shown that may be personal or secret', () => {
    const verdict = verdictOn({ ...signed(), Token: 'sesame', Signature: signatureOf(text, 'another key') });
    expect(verdict).toMatchObject({
      explanation: {
        hint: expect.stringContaining('None of the usual mistakes'),
        stringToSign: expect.stringContaining('?Action=DescribeTemplates&Agent.AppId=***&Limit=***&Nonce=1&'),
      },
    });
    expect(verdict).not.toHaveProperty('explanation.mistake');
    expect(JSON.stringify(verdict)).not.toMatch(/sesame|a&b=c|AKIDmadeup|made up/);
    expect(pairs).toContain('a&b=c');
  });
});
