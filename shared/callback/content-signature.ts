import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The value of the header `Content-Signature`: `sha256=` and 64 lower-case hexadecimal digits, the HMAC-SHA256 of the
 * body's bytes as they are sent, under the token's UTF-8 bytes.
 */
export function contentSignature(token: string, body: Uint8Array): string {
  return `sha256=${createHmac('sha256', token).update(body).digest('hex')}`;
}

/** Has the header the form that {@link contentSignature} gives it? */
export function isContentSignature(header: string): boolean {
  return /^sha256=[\da-f]{64}$/.test(header);
}

/**
 * Which of the tokens has signed the body: its place in the list, or null. Every token is tried and each comparison
 * takes constant time, so that the time reveals nothing about a signature that is nearly right.
 */
export function signingToken(tokens: readonly string[], body: Uint8Array, header: string): number | null {
  const received = Buffer.from(header);
  let found: number | null = null;
  for (const [index, token] of tokens.entries()) {
    const expected = Buffer.from(contentSignature(token, body));
    const fits = received.byteLength === expected.byteLength && timingSafeEqual(received, expected);
    if (fits && found === null) found = index;
  }
  return found;
}
