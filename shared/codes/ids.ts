import { randomBytes } from 'node:crypto';
import type { Ids } from '../world.ts';

/** No 0, O, I and l: slugs are read aloud and typed. */
const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

export function randomIds(bytes: (size: number) => Uint8Array = storedBytes()): Ids {
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

/** Random bytes of a store of them: to ask for a few costs as much as to ask for many. */
function storedBytes(): (size: number) => Uint8Array {
  let store = Buffer.alloc(0);
  return (size) => {
    if (store.length < size) store = randomBytes(1024);
    const taken = store.subarray(0, size);
    store = store.subarray(size);
    return taken;
  };
}
