import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceApiKey, resolveApiKey } from './api-key.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'qianma-key-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('resolveApiKey', () => {
  it('makes a key and keeps nothing of it but the hash', async () => {
    const { key = '', hash, isNew, file } = await resolveApiKey(directory, undefined);
    expect(key).toMatch(/^qm_[0-9a-f]{12}_[\w-]{43}$/);
    expect(isNew).toBe(true);
    expect(hash).toBe(sha256(key));
    expect(await readFile(file, 'utf8')).toBe(`${hash}\n`);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('goes on with the key of the last run, without knowing it', async () => {
    const first = await resolveApiKey(directory, undefined);
    expect(await resolveApiKey(directory, undefined)).toEqual({ ...first, key: undefined, isNew: false });
  });

  it('takes a given key for one run', async () => {
    const given = `qm_${'0'.repeat(12)}_${'a'.repeat(43)}`;
    expect(await resolveApiKey(directory, given)).toMatchObject({
      key: given,
      hash: sha256(given),
      isNew: false,
    });
    expect((await resolveApiKey(directory, undefined)).isNew).toBe(true);
  });

  it.each(['half a ha', ''])('does not take a file that holds "%s" for none', async (content) => {
    await writeFile(join(directory, 'api-key.sha256'), content);
    await expect(resolveApiKey(directory, undefined)).rejects.toThrow(
      /api-key.sha256 holds no hash.*delete it/,
    );
  });
});

describe('replaceApiKey', () => {
  it('makes another key, which the next run goes on with', async () => {
    const first = await resolveApiKey(directory, undefined);
    const { key, hash } = await replaceApiKey(directory);
    expect(hash).toBe(sha256(key));
    expect(hash).not.toBe(first.hash);
    expect((await resolveApiKey(directory, undefined)).hash).toBe(hash);
  });
});
