import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { casesOf } from '../testing/cases.ts';
import { createSigner } from './sign.ts';
import { sdkSign } from './testing/sdk-sign.ts';
import { verify } from './verify.ts';

const secretId = 'AKIDqianmalocal000000000000000000000';

const anyHost = fc.oneof(
  fc.domain(),
  fc.ipV4().chain((ip) => fc.nat(65_535).map((port) => `${ip}:${port}`)),
);

describe('createSigner', () => {
  it('makes, byte for byte, what the official SDK makes', async () => {
    const request = fc.record({
      secretKey: fc.stringMatching(/^[\x21-\x7e]{1,64}$/),
      host: anyHost,
      service: fc.stringMatching(/^[a-z0-9:.-]{1,20}$/),
      body: fc.json().map((text) => Buffer.from(text)),
      // Any second from 1970 to 9999.
      timestampS: fc.nat(253_402_300_799),
    });
    await fc.assert(
      fc.property(request, (given) => {
        const { secretKey, host, service, body, timestampS } = given;
        const url = new URL(`http://${host}/`);
        const credentials = { secretId, secretKey };
        const theirs = sdkSign({ ...credentials, url: url.href, payload: body, timestampS, service });
        const sign = createSigner(credentials, service);
        const ours = sign({ host: url.hostname, contentType: 'application/json', body, timestampS });
        expect(ours).toBe(theirs);
      }),
      casesOf(2000),
    );
  });

  it('makes signatures that verify, whatever is signed, one signer after the other', async () => {
    const request = fc.record({
      host: anyHost,
      contentType: fc.constantFrom('application/json', 'application/json; charset=utf-8', ' Text/Plain '),
      action: fc.option(fc.stringMatching(/^[A-Za-z]{1,30}$/), { nil: undefined }),
      body: fc.uint8Array({ maxLength: 2000 }),
      timestampS: fc.integer({ min: 0, max: 9_999_999_999 }),
      unsignedPayload: fc.boolean(),
    });
    const sameKeys = { secretId, secretKey: 'qianmalocalsecretkey000000000000' };
    const reused = createSigner(sameKeys, 'essbasic');
    await fc.assert(
      fc.property(request, (given) => {
        const { host, contentType, action, body, timestampS, unsignedPayload } = given;
        const authorization = reused({
          host,
          contentType,
          body,
          timestampS,
          unsignedPayload,
          ...(action !== undefined && { action }),
        });
        const verdict = verify(
          {
            method: 'POST',
            headers: {
              Authorization: authorization,
              Host: host,
              'Content-Type': contentType,
              'X-TC-Timestamp': String(timestampS),
              ...(action !== undefined && { 'X-TC-Action': action }),
              ...(unsignedPayload && { 'X-TC-Content-SHA256': 'UNSIGNED-PAYLOAD' }),
            },
            body,
          },
          { secretKeyOf: () => sameKeys.secretKey, nowS: timestampS },
        );
        expect(verdict).toMatchObject({ ok: true, secretId, service: 'essbasic', timestampS });
      }),
      casesOf(2000),
    );
  });

  it('takes a new key when the UTC day turns, and the old one when a clock is set back', () => {
    const sign = createSigner({ secretId, secretKey: 'key' }, 'essbasic');
    const at = (timestampS: number) =>
      sign({ host: 'h', contentType: 'application/json', body: Buffer.from('{}'), timestampS });
    const beforeMidnight = at(1_551_139_199);
    expect(beforeMidnight).toContain('/2019-02-25/essbasic/');
    expect(at(1_551_139_200)).toContain('/2019-02-26/essbasic/');
    expect(at(1_551_139_199)).toBe(beforeMidnight);
  });

  it('keeps requests of different actions, hosts and types apart', () => {
    const sign = createSigner({ secretId, secretKey: 'key' }, 'essbasic');
    const base = {
      host: 'h',
      contentType: 'application/json',
      body: Buffer.from('{}'),
      timestampS: 1_551_113_065,
    };
    const variants = [
      base,
      { ...base, action: 'DescribeTemplates' },
      { ...base, action: 'Other' },
      { ...base, host: 'other' },
      { ...base, contentType: 'text/plain' },
      { ...base, body: Buffer.from('[]') },
      { ...base, unsignedPayload: true },
    ];
    const afresh = variants.map((request) =>
      createSigner({ secretId, secretKey: 'key' }, 'essbasic')(request),
    );
    expect(new Set(afresh).size).toBe(variants.length);
    for (const [index, variant] of variants.entries()) {
      expect(sign(base)).toBe(afresh[0]);
      expect(sign(variant)).toBe(afresh[index]);
    }
  });
});
