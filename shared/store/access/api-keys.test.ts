import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../postgres/database.ts';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { manageApiKeys } from './api-key-management.ts';
import { createApiKeys, findApiKey } from './api-keys.ts';

let test: TestDatabase;
const keysOn = (db: TestDatabase['db']) => ({
  ...createApiKeys(db),
  ...manageApiKeys(db),
  find: (keyId: string) => findApiKey(db, keyId),
});
let keys: ReturnType<typeof keysOn>;

beforeAll(async () => {
  test = await testDatabase();
  keys = keysOn(test.db);
});

afterAll(() => test.dispose());

beforeEach(async () => {
  await test.db.query('delete from api_keys');
  await test.db.query('delete from key_calls');
});

const key = {
  keyId: 'k1',
  hash: 'hash of k1',
  name: 'poster shop',
  role: 'operator',
  organizations: ['org-a', 'org "b", {c}'],
  agent: { ProxyOrganizationOpenId: 'org-a', ProxyOperatorOpenId: 'operator-a' },
  expiresAtS: null,
} as const;

/** As it was inserted: a copy, since callers may change the lists that they get. */
const inserted = { ...key, organizations: [...key.organizations] };

const nowS = 1_800_000_000;

async function storedTimes(keyId: string) {
  const [found] = (await keys.list()).filter((listed) => listed.keyId === keyId);
  return found;
}

describe('find', () => {
  it('gives back what was inserted', async () => {
    await keys.insert(inserted);
    expect(await keys.find('k1')).toEqual({ ...key, line: 'k1', revokedAtS: null });
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

describe('a key that is presented', () => {
  const present = (changes = {}) => keys.present({ keyId: 'k1', hash: key.hash, atS: nowS, ...changes });

  it('is found, and its use remembered, at most once a minute and never backwards', async () => {
    await keys.insert(inserted);
    const seen: (number | null | undefined)[] = [];
    for (const atS of [nowS, nowS + 59, nowS + 60, nowS + 1, nowS + 120]) {
      expect(await present({ atS })).toMatchObject({ ...key, line: 'k1', revokedAtS: null });
      seen.push((await storedTimes('k1'))?.lastUsedAtS);
    }
    expect(seen).toEqual([nowS, nowS, nowS + 60, nowS + 60, nowS + 120]);
  });

  it('is counted by the minute of the database, which says when that ends', async () => {
    await keys.insert(inserted);
    const started = "update key_calls set minute = date_trunc('minute', clock_timestamp())";
    await present();
    await test.db.query(`${started}, calls = 41`);
    const again = (await present())?.calls;
    // One of the two was in the minute that was written: no two of them end so close to each other.
    await test.db.query(`${started}, calls = 41`);
    const third = (await present())?.calls;
    expect([again?.count, third?.count]).toContain(42);
    for (const calls of [again, third]) {
      expect(calls?.endsInS).toBeGreaterThan(0);
      expect(calls?.endsInS).toBeLessThanOrEqual(60);
    }
    await test.db.query("update key_calls set minute = minute - interval '1 minute', calls = 41");
    expect((await present())?.calls?.count).toBe(1);
  });

  it('is not counted for somebody who only knows its id, nor when it has ended', async () => {
    await keys.insert(inserted);
    expect((await present({ hash: 'guessed' }))?.calls).toBeNull();
    await keys.revoke('k1');
    expect((await present())?.calls).toBeNull();
    expect((await test.db.query('select * from key_calls')).rows).toEqual([]);
  });

  it('leaves no mark when its secret is another, it has expired or it is revoked', async () => {
    await keys.insert({ ...inserted, expiresAtS: nowS + 60 });
    expect(await present({ hash: 'guessed' })).toMatchObject({ hash: key.hash });
    expect(await present({ atS: nowS + 60 })).toMatchObject({ expiresAtS: nowS + 60 });
    await keys.revoke('k1');
    expect(await present()).toMatchObject({ revokedAtS: expect.any(Number) });
    expect((await storedTimes('k1'))?.lastUsedAtS).toBeNull();
  });

  it('does nothing for a key that only the configuration knows', async () => {
    expect(await present({ keyId: 'configured' })).toBeUndefined();
    expect(await keys.list()).toEqual([]);
  });

  it('is found although its use cannot be noted', async () => {
    await keys.insert(inserted);
    const readOnly: Database = {
      ...test.db,
      query: (text, params, options) =>
        /update/.test(text)
          ? test.db.transaction(async (tx) => {
              await tx.query('set transaction read only');
              return tx.query(text, params, options);
            })
          : test.db.query(text, params, options),
    };
    const found = await createApiKeys(readOnly).present({ keyId: 'k1', hash: key.hash, atS: nowS });
    expect(found).toEqual({ ...key, line: 'k1', revokedAtS: null });
    expect((await storedTimes('k1'))?.lastUsedAtS).toBeNull();
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
    expect(await keys.find('k2')).toEqual({ ...key, ...successor, line: 'k1', revokedAtS: null });
    const old = await storedTimes('k1');
    const { rows } = await test.db.query<{ nowS: number }>(
      'select extract(epoch from now())::float8 as "nowS"',
    );
    const leftS = (old?.expiresAtS ?? 0) - (rows[0]?.nowS ?? 0);
    expect(leftS).toBeLessThanOrEqual(3600);
    expect(leftS).toBeGreaterThan(3000);
  });

  it('ends the old key at once where it is given no time: keys are judged by whole seconds', async () => {
    await keys.insert(inserted);
    await keys.rotate('k1', successor, 0);
    const { rows } = await test.db.query<{ nowS: number }>(
      'select floor(extract(epoch from now()))::float8 as "nowS"',
    );
    expect((await keys.find('k1'))?.expiresAtS).toBeLessThanOrEqual(rows[0]?.nowS ?? 0);
  });

  it('refuses a key that was replaced before, and names the one to rotate: it has a life of its own', async () => {
    await keys.insert(inserted);
    await keys.rotate('k1', successor, 3600);
    await expect(keys.rotate('k1', { keyId: 'k3', hash: 'hash of k3' }, 3600)).rejects.toMatchObject({
      code: 'StateConflict',
      detail: { en: expect.stringContaining('k2') },
    });
    await keys.rotate('k2', { keyId: 'k3', hash: 'hash of k3' }, 3600);
    expect(await keys.find('k3')).toMatchObject({ line: 'k1', expiresAtS: null });
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
