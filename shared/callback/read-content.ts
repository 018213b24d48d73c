import { decryptMessage, readCiphertext } from './encryption.ts';
import { isRecord } from './envelope.ts';
import { parseJson } from './parse-json.ts';
import type { RejectionCode } from './rejections.ts';

/** What a body says, in clear; no key: it came so. */
export type Content = { value: unknown; keyIndex: number | null } | { verdict: RejectionCode };

export interface ContentKeys {
  /** Newest first, 32 characters each. */
  keys: readonly string[];
  plaintext: 'refuse' | 'accept';
}

/** The JSON in a body whose sender is proved, decrypted where it is encrypted. */
export function readContent(body: Uint8Array, { keys, plaintext }: ContentKeys): Content {
  const text = decodeUtf8(body)?.trim();
  if (text === undefined) return { verdict: 'NotJson' };
  const value = parseJson(text);
  // Older pages of the vendor describe the body as the ciphertext itself.
  const wrapped = isRecord(value) && Object.hasOwn(value, 'encrypt') ? value['encrypt'] : text;
  const ciphertext = typeof wrapped === 'string' ? readCiphertext(wrapped) : undefined;
  if (ciphertext !== undefined) return decrypted(ciphertext, keys);

  if (wrapped !== text) return { verdict: 'NotCiphertext' };
  if (value === undefined) return { verdict: 'NotJson' };
  return plaintext === 'refuse' ? { verdict: 'PlaintextRefused' } : { value, keyIndex: null };
}

function decrypted(ciphertext: Buffer, keys: readonly string[]): Content {
  let isReadable = false;
  for (const [keyIndex, key] of keys.entries()) {
    // What a wrong key makes of a message has the right padding once in 256 times, and is no UTF-8 nearly always.
    const text = decodeUtf8(decryptMessage(key, ciphertext));
    if (text === undefined) continue;
    isReadable = true;
    const value = parseJson(text);
    if (value !== undefined) return { value, keyIndex };
  }
  return { verdict: isReadable ? 'NotJson' : 'WrongKey' };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

export function decodeUtf8(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
