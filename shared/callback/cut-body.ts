import { readCiphertext } from './encryption.ts';
import { isRecord } from './envelope.ts';
import { endsEarly, parseJson } from './parse-json.ts';

/**
 * Can it be seen that bytes are missing at the end of a body, or of the ciphertext in it? What was cut between two
 * blocks of a bare ciphertext, and came without its length, cannot be told from a whole one.
 *
 * @param announcedBytes the header `Content-Length`
 */
export function isCut(body: Uint8Array, announcedBytes: number | undefined): boolean {
  if (announcedBytes !== undefined && body.byteLength < announcedBytes) return true;
  const text = Buffer.from(body).toString('utf8').trim();
  if (text === '' || endsEarly(text)) return true;
  const value = parseJson(text);
  const wrapped = isRecord(value) && Object.hasOwn(value, 'encrypt') ? value['encrypt'] : text;
  return typeof wrapped === 'string' && isBase64Text(wrapped) && readCiphertext(wrapped) === undefined;
}

/** Of the standard alphabet, whole or not. */
const isBase64Text = (text: string) => /^[A-Za-z\d+/]+={0,2}$/.test(text);
