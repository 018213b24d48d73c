import { createCipheriv, createDecipheriv } from 'node:crypto';

const algorithm = 'aes-256-cbc';
const blockBytes = 16;

/** The key's 32 characters are the key's 32 bytes, and its first 16 are the initialisation vector of every message. */
const ivOf = (key: string) => key.slice(0, blockBytes);

/**
 * AES-256-CBC with PKCS#7 padding, as base64.
 *
 * @param key 32 visible ASCII characters (`CallbackUrlKey`)
 * @throws RangeError for a key that is not 32 bytes
 */
export function encryptMessage(key: string, plaintext: Uint8Array): string {
  const cipher = createCipheriv(algorithm, key, ivOf(key));
  return Buffer.concat([cipher.update(plaintext), cipher.final()]).toString('base64');
}

/**
 * The bytes of a ciphertext: canonical base64 (standard alphabet, padded, no blanks, no stray bits) of at least one
 * whole block. Undefined for any other text.
 */
export function readCiphertext(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.byteLength === 0 || bytes.byteLength % blockBytes !== 0) return undefined;
  // `Buffer.from` skips what is no base64: only a text that survives the way there and back is one.
  return bytes.toString('base64') === text ? bytes : undefined;
}

/**
 * The plaintext under one key; undefined where the padding is not exactly PKCS#7, which is how a wrong key shows, but
 * for one in 256. Call it on proven messages alone: for unproven ones the padding would be an oracle.
 */
export function decryptMessage(key: string, ciphertext: Uint8Array): Buffer | undefined {
  const decipher = createDecipheriv(algorithm, key, ivOf(key));
  const head = decipher.update(ciphertext);
  try {
    return Buffer.concat([head, decipher.final()]);
  } catch {
    return undefined;
  }
}
