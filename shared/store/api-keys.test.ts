import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ApiKeys, createApiKeys } from './api-keys.ts';
import { type TestDatabase, testDatabase } from './testing/database.ts';

let test: TestDatabase;
let keys: ApiKeys;

beforeAll(async () => {
  test = await testDatabase();
  keys = createApiKeys(test.db);
});

afterAll(() => test.dispose());

beforeEach(() => test.db.query('delete from api_keys'));

const key = {
  keyId: 'k1',
  hash: 'hash of k1',
  name: 'poster shop',
  role: 'operator',
  organizations: ['org-a', 'org "b", {c}'],
  agent: { ProxyOrganizationOpenId: 'org-a', ProxyOperatorOpenId: 'operator-a' },
  expiresAtS: null,
} as const;

/** As it was inserted: a copy, since lists of the repository may be changed by whoever gets them. */
const inserted = { ...key, organizations: [...key.organizations] };

const nowS = 1_800_000_000;

async function storedTimes(keyId: string) {
  const [found] = (await keys.list()).filter((listed) => listed.keyId === keyId);
  return found;
}

describe('find', () => {
  it('gives back what was inserted', async () => {
    await keys.insert(inserted);
    expect(await keys.find('k1')).toEqual({ ...key, revokedAtS: null });
  });

  it('keeps the difference between all organisations and none', async () => {
    await keys.insert({ ...inserted, keyId: 'all', organizations: null, agent: null, expiresAtS: nowS });
    await keys.insert({ ...inserted, keyId: 'none', organizations: [], agent: null });
    expect(await keys.find('all')).toMatchObject({ organizations: null, agent: null, expiresAtS: nowS });
    expect(await keys.find('none')).toMatchObject({ organizations: [] });
  });

  it('finds nothing under another id', async () => {
    expect(await keys.find('k1')).toBeUndefined();
  });
});

describe('insert', () => {
  it('refuses an id that is taken', async () => {
    await keys.insert(inserted);
    await expect(keys.insert({ ...inserted, name: 'other' })).rejects.toMatchObject({
      code: 'StateConflict',
    });
    expect(await keys.find('k1')).toMatchObject({ name: 'poster shop' });
  });

  it('refuses a role that does not exist', async () => {
    const role = 'root' as 'admin';
    await expect(keys.insert({ ...inserted, role })).rejects.toMatchObject({ code: 'InternalFailure' });
  });
});

describe('touch', () => {
  it('remembers the use, at most once a minute, and never goes back', async () => {
    await keys.insert(inserted);
    const seen: (number | null | undefined)[] = [];
    for (const usedAtS of [nowS, nowS + 59, nowS + 60, nowS + 1, nowS + 120]) {
      await keys.touch('k1', usedAtS);
      seen.push((await storedTimes('k1'))?.lastUsedAtS);
    }
    expect(seen).toEqual([nowS, nowS, nowS + 60, nowS + 60, nowS + 120]);
  });

  it('does nothing for a key that only the configuration knows', async () => {
    await keys.touch('configured', nowS);
    expect(await keys.list()).toEqual([]);
  });
});

describe('revoke', () => {
  it('ends the key once and for all', async () => {
    await keys.insert(inserted);
    expect(await keys.revoke('k1')).toBe(true);
    const first = await keys.find('k1');
    expect(first?.revokedAtS).toBeGreaterThan(0);
    expect(await keys.revoke('k1')).toBe(true);
    expect(await keys.find('k1')).toEqual(first);
  });

  it('says when there is no such key', async () => {
    expect(await keys.revoke('k1')).toBe(false);
  });
});

describe('list', () => {
  it('shows every key, the newest first', async () => {
    await keys.insert(inserted);
    await test.db.query("update api_keys set created_at = created_at - interval '1 day'");
    await keys.insert({ ...inserted, keyId: 'k2', hash: 'hash of k2' });
    await keys.revoke('k1');
    const listed = await keys.list();
    expect(listed.map(({ keyId }) => keyId)).toEqual(['k2', 'k1']);
    expect(listed[0]).toMatchObject({ name: 'poster shop', lastUsedAtS: null, revokedAtS: null });
    expect(listed[0]?.createdAtS).toBeGreaterThan(nowS - 400_000_000);
  });
});

describe('rotate', () => {
  const successor = { keyId: 'k2', hash: 'hash of k2' };

  it('gives the same rights to a new key and lets the old one run out', async () => {
    await keys.insert(inserted);
    await keys.rotate('k1', successor, 3600);
    expect(await keys.find('k2')).toEqual({ ...key, ...successor, revokedAtS: null });
    const old = await storedTimes('k1');
    const { rows } = await test.db.query<{ nowS: number }>(
      'select extract(epoch from now())::float8 as "nowS"',
    );
    const leftS = (old?.expiresAtS ?? 0) - (rows[0]?.nowS ?? 0);
    expect(leftS).toBeLessThanOrEqual(3600);
    expect(leftS).toBeGreaterThan(3000);
  });

  it('never lengthens the life of the old key, and gives the new one the same life again', async () => {
    await keys.insert({ ...inserted, expiresAtS: 4_000_000_000 });
    await test.db.query(
      "update api_keys set created_at = now() - interval '9 days', expires_at = now() + interval '1 day'",
    );
    const before = await keys.find('k1');
    await keys.rotate('k1', successor, 90 * 86_400);
    expect((await keys.find('k1'))?.expiresAtS).toBe(before?.expiresAtS);
    const fresh = await storedTimes('k2');
    expect((fresh?.expiresAtS ?? 0) - (fresh?.createdAtS ?? 0)).toBeCloseTo(10 * 86_400, 3);
  });

  it('refuses what is not there, is revoked, or has expired, and changes nothing', async () => {
    await expect(keys.rotate('k1', successor, 1)).rejects.toMatchObject({ code: 'NotFound' });
    await keys.insert(inserted);
    await keys.revoke('k1');
    await expect(keys.rotate('k1', successor, 1)).rejects.toMatchObject({ code: 'StateConflict' });
    await keys.insert({ ...inserted, keyId: 'k3', expiresAtS: 1 });
    await expect(keys.rotate('k3', successor, 1)).rejects.toMatchObject({ code: 'StateConflict' });
    expect((await keys.list()).map(({ keyId }) => keyId).sort()).toEqual(['k1', 'k3']);
  });

  it('leaves the old key as it was when the new id is taken', async () => {
    await keys.insert(inserted);
    await keys.insert({ ...inserted, keyId: 'k2' });
    await expect(keys.rotate('k1', successor, 1)).rejects.toMatchObject({ code: 'StateConflict' });
    expect((await keys.find('k1'))?.expiresAtS).toBeNull();
  });
});
