import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto';
import { Failure } from '../errors.ts';
import type { Text } from '../text.ts';
import type { Seal } from '../world.ts';

const algorithm = 'aes-256-gcm';
const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
const scheme = 'v1';

interface Key {
  id: string;
  bytes: Buffer;
}

/**
 * AES-256-GCM under the newest of several keys. A sealed text is `v1.<key>.<iv, tag and text in base64url>`, where the
 * key is named by the beginning of its hash: old texts open as long as their key is in the list.
 *
 * @param keys `REGISTER_KEYS`: 32 bytes in base64 each, separated by commas, newest first. Missing, nothing can be
 *   sealed or opened, and both say so.
 * @throws Failure `Misconfigured` naming every key that is not 32 bytes of base64, by its place.
 */
export function createSeal(keys: string | undefined, random: (size: number) => Buffer = randomBytes): Seal {
  const ring = readKeys(keys);

  function seal(text: string): string {
    const key = ring[0];
    if (key === undefined) {
      throw misconfigured(texts.noKey);
    }
    const iv = random(ivBytes);
    const cipher = createCipheriv(algorithm, key.bytes, iv);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    const bytes = Buffer.concat([iv, cipher.getAuthTag(), sealed]);
    return `${scheme}.${key.id}.${bytes.toString('base64url')}`;
  }

  function open(sealed: string): string {
    const [version, id, text = ''] = sealed.split('.');
    const key = ring.find((one) => one.id === id);
    if (version !== scheme)
      throw new Failure('InternalFailure', { detail: 'A sealed text has an unknown form' });
    if (key === undefined) {
      throw misconfigured({
        zh: `REGISTER_KEYS 缺少密钥 ${id}，已有内容由其加密`,
        en: `REGISTER_KEYS lacks the key ${id}, with which something was sealed`,
      });
    }
    const bytes = Buffer.from(text, 'base64url');
    try {
      const decipher = createDecipheriv(algorithm, key.bytes, bytes.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      const opened = [decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()];
      return Buffer.concat(opened).toString('utf8');
    } catch (cause) {
      throw new Failure('InternalFailure', { detail: 'A sealed text was changed or cut off', cause });
    }
  }

  return { seal, open };
}

/**
 * The names of the keys, as sealed texts carry them. No key can be had from its name.
 *
 * @throws Failure `Misconfigured` as {@link createSeal} does
 */
export function sealKeyIds(keys: string | undefined): string[] {
  return readKeys(keys).map(({ id }) => id);
}

function readKeys(keys = ''): Key[] {
  const texts = keys.trim() === '' ? [] : keys.split(',').map((text) => text.trim());
  const places = texts.flatMap((text, index) => (isKey(text) ? [] : [index + 1]));
  if (places.length > 0) {
    const list = places.join(', ');
    throw misconfigured({
      zh: `REGISTER_KEYS 应为 base64 编码的 32 字节密钥，第 ${list} 项有误`,
      en: `REGISTER_KEYS must hold keys of 32 bytes in base64: wrong at place ${list}`,
    });
  }
  return texts.map((text) => {
    const bytes = Buffer.from(text, 'base64');
    return { id: hash('sha256', bytes).slice(0, 8), bytes };
  });
}

/** `Buffer.from` skips what is no base64: a key must survive the way there and back. */
function isKey(text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  const again = bytes.toString('base64').replace(/=+$/, '');
  return bytes.byteLength === keyBytes && again === text.replace(/=+$/, '');
}

const texts = {
  noKey: {
    zh: '未设置 REGISTER_KEYS：没有密钥，须保密的内容不予存储',
    en: 'REGISTER_KEYS is not set: without a key nothing that must stay secret is stored',
  },
} as const satisfies Record<string, Text>;

function misconfigured(detail: Text): Failure {
  return new Failure('Misconfigured', { detail, problems: [{ path: 'REGISTER_KEYS', message: detail }] });
}
