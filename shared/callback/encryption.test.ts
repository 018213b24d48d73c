import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { casesOf } from '../testing/cases.ts';
import { decryptMessage, encryptMessage, readCiphertext } from './encryption.ts';
import { opensslEncrypt, opensslMissing } from './testing/openssl.ts';
import vectors from './vectors/callback.json' with { type: 'json' };

const { key, cases } = vectors;
const anyKey = fc.stringMatching(/^[\x21-\x7e]{32}$/);

describe.each(cases)('the vector "$name"', ({ plaintext, ciphertext }) => {
  it('is what encrypting makes', () => {
    expect(encryptMessage(key, Buffer.from(plaintext))).toBe(ciphertext);
  });

  it('decrypts to its plaintext', () => {
    const bytes = readCiphertext(ciphertext) ?? Buffer.alloc(0);
    expect(decryptMessage(key, bytes)?.toString()).toBe(plaintext);
  });
});

describe('encryption', () => {
  it('comes back as it was, whatever the bytes and the key', async () => {
    await fc.assert(
      fc.property(anyKey, fc.uint8Array({ maxLength: 500 }), (someKey, plaintext) => {
        const bytes = readCiphertext(encryptMessage(someKey, plaintext)) ?? Buffer.alloc(0);
        expect(decryptMessage(someKey, bytes)).toEqual(Buffer.from(plaintext));
      }),
    );
  });

  it.skipIf(opensslMissing)('makes what the OpenSSL command line makes', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 200 });
    await fc.assert(
      fc.property(anyKey, text, (someKey, plaintext) => {
        expect(opensslEncrypt(someKey, plaintext)).toBe(encryptMessage(someKey, Buffer.from(plaintext)));
      }),
      casesOf(20),
    );
  });

  it('throws for a key of another length', () => {
    expect(() => encryptMessage(key.slice(1), Buffer.from('x'))).toThrow(RangeError);
    expect(() => decryptMessage(`${key}0`, Buffer.alloc(16))).toThrow(RangeError);
  });

  it('gives nothing back for any padding but the right one', () => {
    // CBC without a MAC lets an attacker who changes one block write anything into the next: here every last byte,
    // after bytes that fit it or do not.
    const plain = Buffer.from('aaaaaaaaaaaa\x04\x04\x04\x01', 'latin1');
    const block = Buffer.from(encryptMessage(key, plain), 'base64').subarray(0, 16);
    const opened = Array.from({ length: 256 }, (_, last) => {
      const previous = Buffer.from(key.slice(0, 16));
      previous[15] = (previous[15] ?? 0) ^ 0x01 ^ last;
      return decryptMessage(key, Buffer.concat([previous, block]))?.byteLength;
    });
    const right = opened.flatMap((length, last) => (length === undefined ? [] : [[last, length - 16]]));
    expect(right).toEqual([
      [1, 15],
      [4, 12],
    ]);
    expect(decryptMessage(key, Buffer.alloc(0))).toBeUndefined();
    expect(decryptMessage(key, block.subarray(0, 8))).toBeUndefined();
  });
});

describe('readCiphertext', () => {
  const good = cases[1]?.ciphertext ?? '';

  it.each([
    ['nothing', ''],
    ['a blank inside', good.replace('Z', ' Z')],
    ['a line break at the end', `${good}\n`],
    ['no padding', good.replace(/=+$/, '')],
    ['too much padding', `${good}=`],
    ['the URL alphabet', `-_${good.slice(2)}`],
    ['stray bits in its last character', good.replace(/A==$/, 'B==')],
    ['half a block', Buffer.alloc(8).toString('base64')],
    ['a block and a half', Buffer.alloc(24).toString('base64')],
    ['hexadecimal digits', Buffer.from(good, 'base64').toString('hex').slice(0, 31)],
  ])('refuses %s', (_, text) => {
    expect(readCiphertext(text)).toBeUndefined();
  });

  it('takes whole blocks in canonical base64', () => {
    expect(readCiphertext(good)?.byteLength).toBe(16);
  });
});
