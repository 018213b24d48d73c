import { createDecipheriv, createHmac } from 'node:crypto';

export interface Secrets {
  keys: readonly string[];
  tokens: readonly string[];
  plaintext: 'refuse' | 'accept';
}

/**
 * Is a body a message to us? Written apart from the codec, straight from the vendor's description, padding checked by
 * hand: what judges the handler in tests must not share its mistakes.
 */
export function shouldAccept(body: Buffer, header: string | undefined, secrets: Secrets): boolean {
  if (header === undefined || body.length > 1_048_576) return false;
  const signed = secrets.tokens.some(
    (token) => header === `sha256=${createHmac('sha256', token).update(body).digest('hex')}`,
  );
  if (!signed || !isUtf8(body)) return false;
  const text = withoutBom(body.toString('utf8')).trim();
  const outer = read(text);
  const isObject = typeof outer === 'object' && outer !== null && !Array.isArray(outer);
  if (isObject && 'encrypt' in outer) {
    const { encrypt } = outer;
    return typeof encrypt === 'string' && opens(encrypt, secrets.keys);
  }
  if (isBase64(text)) return opens(text, secrets.keys);
  return secrets.plaintext === 'accept' && isEnvelope(outer);
}

function opens(base64: string, keys: readonly string[]): boolean {
  if (!isBase64(base64)) return false;
  const ciphertext = Buffer.from(base64, 'base64');
  return keys.some((key) => isEnvelope(read(decrypted(ciphertext, key))));
}

/** RFC 4648 §4, whole AES blocks, no bits set that mean nothing. */
function isBase64(text: string): boolean {
  if (!/^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$|^[A-Za-z0-9+/]{2}==$/.test(text))
    return false;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length > 0 && bytes.length % 16 === 0 && bytes.toString('base64') === text;
}

function decrypted(ciphertext: Buffer, key: string): string | undefined {
  const cipher = createDecipheriv('aes-256-cbc', Buffer.from(key), Buffer.from(key).subarray(0, 16));
  cipher.setAutoPadding(false);
  const padded = Buffer.concat([cipher.update(ciphertext), cipher.final()]);
  const length = padded.at(-1) ?? 0;
  const isPadded = length >= 1 && length <= 16 && padded.subarray(-length).every((byte) => byte === length);
  const plain = isPadded ? padded.subarray(0, -length) : undefined;
  return plain !== undefined && isUtf8(plain) ? withoutBom(plain.toString('utf8')) : undefined;
}

function isEnvelope(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return 'MsgId' in value && 'MsgType' in value && isName(value.MsgId) && isName(value.MsgType);
}

/** Assumed: 1 to 200 characters that can be shown. */
function isName(value: unknown): boolean {
  return typeof value === 'string' && [...value].length <= 200 && value !== '' && !/\p{C}/u.test(value);
}

const isUtf8 = (bytes: Buffer) => Buffer.from(bytes.toString('utf8')).equals(bytes);
const withoutBom = (text: string) => (text.startsWith('\ufeff') ? text.slice(1) : text);

function read(text: string | undefined): unknown {
  try {
    return text === undefined || depth(text) > 100 ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Assumed: no message nests deeper than a hundred levels. */
function depth(text: string): number {
  let [level, deepest] = [0, 0];
  for (const bracket of text.replace(/"(?:[^"\\]|\\.)*"/gs, '').match(/[[\]{}]/g) ?? []) {
    level += bracket === '[' || bracket === '{' ? 1 : -1;
    deepest = Math.max(deepest, level);
  }
  return deepest;
}
