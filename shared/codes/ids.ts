import { randomBytes } from 'node:crypto';

/** No 0, O, I and l: slugs are read aloud and typed. */
const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

export interface Ids {
  /** 22 characters: 128 bits. */
  id(): string;
  /** 12 characters: 70 bits, so that a million links leave nothing to be guessed. */
  slug(): string;
}

export function randomIds(bytes: (size: number) => Uint8Array = randomBytes): Ids {
  return {
    id: () => randomBase58(22, bytes),
    slug: () => randomBase58(12, bytes),
  };
}

function randomBase58(length: number, bytes: (size: number) => Uint8Array): string {
  let text = '';
  while (text.length < length) {
    for (const byte of bytes(length - text.length)) {
      // 232 is the largest multiple of 58 in a byte: what lies above would favour the first letters.
      if (byte < 232) text += base58[byte % 58];
    }
  }
  return text;
}
