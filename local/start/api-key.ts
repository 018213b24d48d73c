import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../shared/errors.ts';
import { readOptionalFile } from '../../shared/shell/text-file.ts';

type Random = (bytes: number) => Buffer;

export interface MintedKey {
  key: string;
  /** SHA-256 of the key, in hex: all that functions get to know. */
  hash: string;
}

/** The user's key of a local run. */
export interface ApiKey {
  hash: string;
  /** Undefined where it was made by an earlier run, which kept its hash alone. */
  key: string | undefined;
  /** Has this run made it? */
  isNew: boolean;
  /** The file with the hash. */
  file: string;
}

/** `qm_<12 characters>_<43 characters>`: an id, and 256 random bits. */
export function mintApiKey(random: Random = randomBytes): MintedKey {
  const key = `qm_${random(6).toString('hex')}_${random(32).toString('base64url')}`;
  return { key, hash: hashOf(key) };
}

/**
 * The key that was given, else the one that an earlier run has made, else a new one.
 *
 * A key that was given is for this run: it is not kept. Throws `Misconfigured` where what is kept is no hash.
 */
export async function resolveApiKey(
  dataDirectory: string,
  given: string | undefined,
  random: Random = randomBytes,
): Promise<ApiKey> {
  const file = fileIn(dataDirectory);
  if (given !== undefined) return { hash: hashOf(given), key: given, isNew: false, file };
  const kept = (await readOptionalFile(file))?.trim();
  if (kept !== undefined) return { hash: keptHash(kept, file), key: undefined, isNew: false, file };
  return await replaceApiKey(dataDirectory, random);
}

/** Makes a new key, and forgets the one that an earlier run has made: of that there is no more than a hash to show. */
export async function replaceApiKey(
  dataDirectory: string,
  random: Random = randomBytes,
): Promise<ApiKey & MintedKey> {
  const file = fileIn(dataDirectory);
  const { key, hash } = mintApiKey(random);
  await writeFile(file, `${hash}\n`, { mode: 0o600 });
  return { hash, key, isNew: true, file };
}

const fileIn = (dataDirectory: string) => join(dataDirectory, 'api-key.sha256');

function keptHash(text: string, file: string): string {
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  const detail = {
    zh: `${file} 中没有密钥的哈希；删除它即可得到新的密钥`,
    en: `${file} holds no hash of a key; delete it to get another key`,
  };
  throw new Failure('Misconfigured', { detail });
}

const hashOf = (key: string) => createHash('sha256').update(key).digest('hex');
