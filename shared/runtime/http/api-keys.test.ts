import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../errors.ts';
import { told } from '../testing/told.ts';
import {
  type ApiKeyRecord,
  type ApiKeyStore,
  authenticate,
  hashApiKey,
  mintApiKey,
  type PresentedKey,
  type Principal,
  type Role,
  requireOrganization,
  requireRole,
  roles,
} from './api-keys.ts';

const nowS = 1_795_500_000;
const minted = mintApiKey();
const record: ApiKeyRecord = {
  keyId: minted.keyId,
  line: 'the first of its line',
  hash: minted.hash,
  name: 'tests',
  role: 'operator',
  organizations: ['org-a'],
  agent: { ProxyOrganizationOpenId: 'org-a', ProxyOperatorOpenId: 'op-a' },
  expiresAtS: null,
  revokedAtS: null,
};

/** A store of one record that notes what it is asked. */
function storeOf(stored: ApiKeyRecord | undefined) {
  const asked: string[] = [];
  const presented: PresentedKey[] = [];
  const store: ApiKeyStore = {
    present: async (key) => {
      asked.push(key.keyId);
      presented.push(key);
      return stored?.keyId === key.keyId ? stored : undefined;
    },
  };
  return { store, asked, presented };
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

async function refusal(work: Promise<unknown>): Promise<Failure> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Failure) return error;
  throw new Error('it was accepted');
}

describe('a new key', () => {
  it('has an id, a secret of 256 bits and the hash of the whole', () => {
    expect(minted.key).toMatch(/^qm_[0-9a-f]{12}_[A-Za-z0-9_-]{43}$/);
    expect(minted.key.split('_')[1]).toBe(minted.keyId);
    expect(minted.hash).toBe(createHash('sha256').update(minted.key).digest('hex'));
    expect(hashApiKey(minted.key)).toBe(minted.hash);
  });

  it('is made of the random bytes that it is given, and is another each time', () => {
    expect(mintApiKey((size) => Buffer.alloc(size, 255))).toMatchObject({
      keyId: 'ffffffffffff',
      key: `qm_ffffffffffff_${'_'.repeat(42)}8`,
    });
    expect(mintApiKey().key).not.toBe(mintApiKey().key);
  });

  it('is always accepted afterwards', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 32, maxLength: 32 }), async (bytes) => {
        const { key, keyId, hash } = mintApiKey((size) => Buffer.from(bytes.subarray(0, size)));
        const { store } = storeOf({ ...record, keyId, hash });
        expect(await authenticate(bearer(key), { store, nowS })).toMatchObject({ keyId });
      }),
    );
  });
});

describe('a caller', () => {
  it('with a stored key is who the record says, and presents its hash for the use to be noted', async () => {
    const { store, presented } = storeOf(record);
    expect(await authenticate(bearer(minted.key), { store, nowS })).toEqual({
      keyId: minted.keyId,
      line: 'the first of its line',
      role: 'operator',
      organizations: ['org-a'],
      agent: { ProxyOrganizationOpenId: 'org-a', ProxyOperatorOpenId: 'op-a' },
    });
    expect(presented).toEqual([{ keyId: minted.keyId, hash: minted.hash, atS: nowS }]);
  });

  it('may write the scheme as they like', async () => {
    const { store } = storeOf(record);
    for (const scheme of ['bearer', 'BEARER', 'Bearer  ']) {
      const principal = await authenticate({ authorization: `${scheme} ${minted.key}` }, { store, nowS });
      expect(principal.keyId).toBe(minted.keyId);
    }
  });

  it('with a configured key is an administrator, without the store', async () => {
    const { store, asked } = storeOf(undefined);
    const configuredHash = [mintApiKey().hash, minted.hash];
    expect(await authenticate(bearer(minted.key), { store, configuredHash, nowS })).toEqual({
      keyId: minted.keyId,
      line: minted.keyId,
      role: 'admin',
      organizations: null,
      agent: null,
    });
    expect(asked).toEqual([]);
  });

  it.each([
    ['nothing', {}, 'Send Authorization'],
    ['an empty header', { authorization: '' }, 'Send Authorization'],
    ['another scheme', { authorization: `Basic ${minted.key}` }, 'must be Bearer'],
    ['the bare key', { authorization: minted.key }, 'must be Bearer'],
    ['two keys', { authorization: `Bearer ${minted.key}, Bearer ${minted.key}` }, 'must be Bearer'],
    ['another form', bearer('sk_live_0123456789'), 'has the form'],
    ['a short secret', bearer(`qm_${minted.keyId}_short`), 'has the form'],
    ['a longer id', bearer(minted.key.replace('qm_', 'qm_0')), 'has the form'],
    ['a secret beyond all measure', bearer(`qm_${minted.keyId}_${'a'.repeat(100_000)}`), 'has the form'],
  ])('with %s is refused without a look into the store', async (_name, headers, detail) => {
    const { store, asked } = storeOf(record);
    const failure = await refusal(authenticate(headers, { store, configuredHash: [minted.hash], nowS }));
    expect(failure.code).toBe('Unauthenticated');
    expect(told(failure).detail).toContain(detail);
    expect(failure.message).not.toContain(minted.keyId);
    expect(asked).toEqual([]);
  });

  it('learns nothing from the difference between an unknown id and a wrong secret', async () => {
    const forged = `${minted.key.slice(0, -4)}AAAA`;
    const unknown = await refusal(authenticate(bearer(forged), { store: storeOf(undefined).store, nowS }));
    const wrong = await refusal(authenticate(bearer(forged), { store: storeOf(record).store, nowS }));
    // Nor from the state of a key whose secret they do not have.
    const ended = { ...record, expiresAtS: 1, revokedAtS: 1 };
    const dead = await refusal(authenticate(bearer(forged), { store: storeOf(ended).store, nowS }));
    expect(told(unknown).detail).toBe('The API key is not known');
    expect([wrong.detail, dead.detail]).toEqual([unknown.detail, unknown.detail]);
  });

  it('with a key that has ended is told so', async () => {
    const answer = async (changes: Partial<ApiKeyRecord>) =>
      authenticate(bearer(minted.key), {
        store: storeOf({ ...record, ...changes }).store,
        nowS,
      });
    expect(told(await refusal(answer({ expiresAtS: nowS })), 'zh').detail).toBe('API 密钥已过期');
    expect(told(await refusal(answer({ revokedAtS: nowS })), 'zh').detail).toBe('API 密钥已吊销');
    expect(told(await refusal(answer({ revokedAtS: nowS + 100 })), 'zh').detail).toBe('API 密钥已吊销');
    expect(await answer({ expiresAtS: nowS + 1 })).toMatchObject({ keyId: minted.keyId });
  });

  it('whose use cannot be looked up gets the failure of the store', async () => {
    const store: ApiKeyStore = {
      present: async () => {
        throw new Failure('DatabaseUnavailable');
      },
    };
    expect((await refusal(authenticate(bearer(minted.key), { store, nowS }))).code).toBe(
      'DatabaseUnavailable',
    );
  });

  it('is refused when a stored hash is damaged', async () => {
    for (const hash of ['', minted.hash.toUpperCase(), minted.hash.slice(1)]) {
      const { store } = storeOf({ ...record, hash });
      expect((await refusal(authenticate(bearer(minted.key), { store, nowS }))).code).toBe('Unauthenticated');
    }
  });
});

const principal: Principal = {
  keyId: 'k',
  line: 'k',
  role: 'operator',
  organizations: ['org-a'],
  agent: null,
};

describe('a role', () => {
  it('includes those before it', () => {
    const allowed = (role: Role) =>
      roles.filter((needed) => {
        try {
          requireRole({ ...principal, role }, needed);
          return true;
        } catch (error) {
          expect(error).toMatchObject({ code: 'Forbidden', status: 403 });
          return false;
        }
      });
    expect(allowed('viewer')).toEqual(['viewer']);
    expect(allowed('operator')).toEqual(['viewer', 'operator']);
    expect(allowed('admin')).toEqual(['viewer', 'operator', 'admin']);
  });
});

describe('an organisation', () => {
  it('is open to a key that is made for it or for all', () => {
    expect(() => requireOrganization(principal, 'org-a')).not.toThrow();
    expect(() => requireOrganization({ ...principal, organizations: null }, 'org-b')).not.toThrow();
    expect(() => requireOrganization({ ...principal, organizations: null }, undefined)).not.toThrow();
  });

  it.each([['org-b'], ['ORG-A'], [''], [undefined]])('is closed to another key: %s', (organization) => {
    expect(() => requireOrganization(principal, organization)).toThrow(/^Forbidden: /);
    expect(() => requireOrganization({ ...principal, organizations: [] }, organization)).toThrow(
      /^Forbidden: /,
    );
  });
});
