import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mintApiKey } from '../http/api-keys.ts';
import { isForbiddenName, redactText } from './redact.ts';

describe('names that are never logged', () => {
  it.each([
    'Authorization',
    'x-tc-token',
    'ESS_SECRET_KEY',
    'secretId',
    'DATABASE_URL',
    'Mobile',
    'IdCardNumber',
    'id_card_number',
    'Name',
    'userName',
    'Set-Cookie',
    'Content-Signature',
    'body',
    'headers',
    'environment',
    'apiKey',
    'key',
  ])('%s', (name) => {
    expect(isForbiddenName(name)).toBe(true);
  });

  it.each([
    'keyId',
    'requestId',
    'function',
    'durationMs',
    'code',
    'status',
    'type',
    'QrCodeId',
    'templateName2',
  ])('are not %s', (name) => {
    expect(isForbiddenName(name)).toBe(false);
  });
});

describe('a text of the log', () => {
  it.each([
    ['Bearer abc.def-ghi rest', 'Bearer [redacted]'],
    ['authorization: TC3-HMAC-SHA256 Credential=AKIDx/2026, Signature=ab', 'authorization: [redacted]'],
    ['"authorization":"x"', '"authorization": [redacted]'],
    ['got TC3-HMAC-SHA256 Credential=x, Signature=y', 'got TC3-HMAC-SHA256 [redacted]'],
    ['postgres://user:p%40ss@db.example:5432/qianma', 'postgres://[redacted]@db.example:5432/qianma'],
    ['see AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE.', 'see [redacted].'],
    ['id 11010519491231002X.', 'id [redacted].'],
    ['id 110105194912310021', 'id [redacted]'],
    ['old id 110105491231002', 'old id [redacted]'],
    ['call 13812345678!', 'call [redacted]!'],
    ['call +86 138-1234-5678', 'call [redacted]'],
    ['call 8613812345678', 'call [redacted]'],
    ['x13812345678y', 'x[redacted]y'],
  ])('is written without keys and numbers of people: %s', (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  it.each([
    ['took 12 ms at 1795500000 or 1795500000123'],
    ['3f0e2f4a-9d3c-4b0e-8f57-a13812345678'],
    ['s1394217463198273645'],
    ['yDwJNUUckpkoj0mdUIJN2kC3XWFFaSuR'],
    ['https://essbasic.tencentcloudapi.com/'],
    ['12345678901'],
  ])('keeps what is none of them: %s', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('has no API key in it, whatever stands around it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const { key } = mintApiKey();
        expect(redactText(`${before}${key}${after}`)).not.toContain(key.slice(16));
      }),
    );
  });

  it('has none of the secrets that it is told', () => {
    expect(
      redactText('the key qianmalocalsecretkey000000000000, you know', ['qianmalocalsecretkey000000000000']),
    ).toBe('the key [redacted], you know');
    expect(redactText('$& and $1', ['$&'])).toBe('[redacted] and $1');
  });

  it('is looked through in linear time', () => {
    for (const text of ['1', 'a://', 'Bearer ', 'qm_', 'authorization:', ' '].map((part) =>
      part.repeat(1_000_000),
    )) {
      expect(redactText(text).length).toBeLessThan(100_000);
    }
  });
});
