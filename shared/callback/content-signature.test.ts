import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { casesOf } from '../testing/cases.ts';
import { contentSignature, isContentSignature, signingToken } from './content-signature.ts';
import { opensslMissing, opensslSignature } from './testing/openssl.ts';
import vectors from './vectors/callback.json' with { type: 'json' };

const { token, cases } = vectors;
const body = Buffer.from('{"encrypt":"中"}');

describe('contentSignature', () => {
  it.each(cases)('of the vector "$name"', ({ body: given, signature }) => {
    expect(contentSignature(token, Buffer.from(given))).toBe(signature);
    expect(signingToken([token], Buffer.from(given), signature)).toBe(0);
  });

  it.skipIf(opensslMissing)('is what the OpenSSL command line makes', async () => {
    const anyToken = fc.stringMatching(/^[\x21-\x7e]{1,64}$/);
    await fc.assert(
      fc.property(anyToken, fc.uint8Array({ maxLength: 300 }), (someToken, bytes) => {
        expect(opensslSignature(someToken, bytes)).toBe(contentSignature(someToken, bytes));
      }),
      casesOf(20),
    );
  });
});

describe('signingToken', () => {
  it('tells which of several tokens it was', () => {
    const tokens = ['newest', 'older', 'oldest'];
    for (const [index, one] of tokens.entries()) {
      expect(signingToken(tokens, body, contentSignature(one, body))).toBe(index);
    }
    expect(signingToken(tokens, body, contentSignature('stranger', body))).toBeNull();
  });

  it('of a token that is there twice is the newest', () => {
    expect(signingToken(['older', 'newest', 'newest'], body, contentSignature('newest', body))).toBe(1);
  });

  it('finds none where there is none', () => {
    expect(signingToken([], body, contentSignature('', body))).toBeNull();
    expect(signingToken(['token'], body, '')).toBeNull();
    expect(signingToken(['token'], body, `${contentSignature('token', body)} `)).toBeNull();
  });
});

describe('isContentSignature', () => {
  const right = contentSignature(token, body);

  it('takes the documented form', () => {
    expect(isContentSignature(right)).toBe(true);
  });

  it.each([
    '',
    right.slice(7),
    right.toUpperCase(),
    `${right}0`,
    right.slice(0, -1),
    `sha1${right.slice(6)}`,
    `${right}\n`,
    `${right},${right}`,
  ])('refuses %j', (header) => {
    expect(isContentSignature(header)).toBe(false);
  });
});
