import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

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
 * A key that was given is for this run: it is not kept.
 */
export async function resolveApiKey(
  dataDirectory: string,
  given: string | undefined,
  random: Random = randomBytes,
): Promise<ApiKey> {
  const file = join(dataDirectory, 'api-key.sha256');
  if (given !== undefined) return { hash: hashOf(given), key: given, isNew: false, file };
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (/^[0-9a-f]{64}$/.test(kept)) return { hash: kept, key: undefined, isNew: false, file };
  const { key, hash } = mintApiKey(random);
  await writeFile(file, `${hash}\n`, { mode: 0o600 });
  return { hash, key, isNew: true, file };
}

const hashOf = (key: string) => createHash('sha256').update(key).digest('hex');
