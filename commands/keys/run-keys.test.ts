import { beforeEach, describe, expect, it } from 'vitest';
import { authenticate, hashApiKey, mintApiKey } from '../../shared/runtime/http/api-keys.ts';
import { createSeal, sealKeyIds } from '../../shared/runtime/seal.ts';
import { recordedShell } from '../../shared/shell/testing/recorded-shell.ts';
import { createApiKeys } from '../../shared/store/access/api-keys.ts';
import { databaseSuite } from '../../shared/store/testing/database-suite.ts';
import { runKeys } from './run-keys.ts';

const test = databaseSuite();

beforeEach(() => test.db.query('delete from api_keys; delete from audit'));

const nowS = Math.floor(Date.now() / 1000);
const env = { DATABASE_URL: 'postgresql://app@127.0.0.1/app' };

async function keys(...argv: string[]) {
  return keysWith(env, ...argv);
}

async function keysWith(environment: Record<string, string>, ...argv: string[]) {
  const shell = recordedShell(environment);
  const code = await runKeys(argv, shell, {
    open: () => ({ ...test.db, close: async () => undefined }),
    mint: mintApiKey,
  });
  return { code, printed: shell.printed, told: shell.told };
}

const create = ['create', '--name', 'poster shop', '--role', 'operator', '--organization', 'org-a'];

async function created(...more: string[]): Promise<{ key: string; keyId: string }> {
  const { code, printed } = await keys(...create, ...more);
  expect(code).toBe(0);
  const [key = ''] = printed;
  return { key, keyId: key.split('_')[1] ?? '' };
}

function callerOf(key: string, atS = nowS) {
  return authenticate({ authorization: `Bearer ${key}` }, { store: createApiKeys(test.db), nowS: atS });
}

async function audited() {
  return (await test.db.query('select actor, action, subject from audit order by at')).rows;
}

describe('create', () => {
  it('prints a key that opens the door, and nothing else, to standard output', async () => {
    const { printed, told } = await keys(...create, '--operator', 'p1');
    expect(printed).toHaveLength(1);
    expect(told.join()).toContain('operator for org-a');
    expect(told.join()).not.toContain(printed[0]);
    expect(await callerOf(printed[0] ?? '')).toMatchObject({
      role: 'operator',
      organizations: ['org-a'],
      agent: { ProxyOrganizationOpenId: 'org-a', ProxyOperatorOpenId: 'p1' },
    });
  });

  it('stores the hash alone', async () => {
    const { key } = await created();
    const { rows } = await test.db.query('select * from api_keys');
    expect(JSON.stringify(rows)).not.toContain(key.slice(-20));
  });

  it('makes a key that ends', async () => {
    const { key } = await created('--expires-days', '2');
    await expect(callerOf(key, nowS + 2 * 86_400 - 60)).resolves.toMatchObject({ role: 'operator' });
    await expect(callerOf(key, nowS + 2 * 86_400 + 60)).rejects.toMatchObject({ code: 'Unauthenticated' });
  });

  it('leaves a trace', async () => {
    const { keyId } = await created();
    expect(await audited()).toEqual([{ actor: 'cli', action: 'api-key.create', subject: keyId }]);
  });
});

describe('list', () => {
  it('shows what a key may do and whether it still can', async () => {
    const { key, keyId } = await created();
    await callerOf(key, 1_700_000_000);
    const revoked = await created('--organization', 'org-b');
    await keys('revoke', revoked.keyId);
    const { printed } = await keys('list');
    expect(printed).toHaveLength(3);
    expect(printed[0]).toMatch(/^KEY ID +ROLE +STATE +CREATED +EXPIRES +LAST USED +ORGANISATIONS +NAME$/);
    expect(printed.find((line) => line.startsWith(keyId))).toMatch(
      /operator {2}active +20\S+Z {2}never +2023-11-14T22:13Z {2}org-a +poster shop$/,
    );
    expect(printed.find((line) => line.startsWith(revoked.keyId))).toMatch(
      /revoked .* org-a,org-b +poster shop$/,
    );
  });

  it('says when there is none', async () => {
    expect(await keys('list')).toMatchObject({
      code: 0,
      printed: [],
      told: [expect.stringContaining('no API keys')],
    });
  });
});

describe('revoke', () => {
  it('shuts the door', async () => {
    const { key, keyId } = await created();
    expect((await keys('revoke', keyId)).code).toBe(0);
    await expect(callerOf(key)).rejects.toMatchObject({ code: 'Unauthenticated' });
    expect(await audited()).toContainEqual({ actor: 'cli', action: 'api-key.revoke', subject: keyId });
  });

  it('fails for a key that does not exist', async () => {
    expect(await keys('revoke', 'missing')).toEqual({
      code: 1,
      printed: [],
      told: ['error: There is no API key missing'],
    });
    expect(await audited()).toEqual([]);
  });
});

describe('rotate', () => {
  it('makes a key with the same rights and lets the old one run out', async () => {
    const old = await created();
    const { printed } = await keys('rotate', old.keyId, '--grace-hours', '2');
    const { keyId: _old, calls: _calls, ...rights } = await callerOf(old.key);
    expect(await callerOf(printed[0] ?? '')).toMatchObject(rights);
    await expect(callerOf(old.key, nowS + 2 * 3600 + 60)).rejects.toMatchObject({ code: 'Unauthenticated' });
    expect(await audited()).toContainEqual({ actor: 'cli', action: 'api-key.rotate', subject: old.keyId });
  });

  it('fails for a key that is revoked, and makes none', async () => {
    const { keyId } = await created();
    await keys('revoke', keyId);
    expect(await keys('rotate', keyId)).toMatchObject({ code: 1, printed: [] });
    expect((await keys('list')).printed).toHaveLength(2);
  });
});

describe('hash', () => {
  it('gives what API_KEY_HASH takes, of a key that is there', async () => {
    const { key } = await created();
    expect(await keys('hash', key)).toEqual({ code: 0, printed: [hashApiKey(key)], told: [] });
  });

  it('makes a key where there is none, without a database', async () => {
    const { printed } = await keys('hash');
    const [key = '', hash = ''] = printed;
    expect(hash).toBe(hashApiKey(key));
    const options = { store: createApiKeys(test.db), nowS, configuredHash: [hash] };
    expect(await authenticate({ authorization: `Bearer ${key}` }, options)).toMatchObject({ role: 'admin' });
  });

  it('refuses what could never be a key, without repeating it', async () => {
    const { code, told, printed } = await keys('hash', 'qm_geheim');
    expect(code).toBe(2);
    expect(printed).toEqual([]);
    expect(told.join()).not.toContain('geheim');
  });
});

describe('a call that cannot be understood', () => {
  it('ends with status 2 and shows how it is done', async () => {
    const { code, told } = await keys('creat');
    expect(code).toBe(2);
    expect(told[0]).toMatch(/^error: there is no command creat/);
    expect(told[1]).toMatch(/^usage:/);
  });
});

describe('reseal', () => {
  const [newer, older] = [2, 1].map((byte) => Buffer.alloc(32, byte).toString('base64')) as [string, string]; // of two
  const [newerId = '', olderId = ''] = sealKeyIds(`${newer},${older}`);

  beforeEach(async () => {
    await test.db.query('delete from event_subscriptions');
    await test.db.query(
      `insert into event_subscriptions (subscription_id, kind, sealed, shown_url, languages, state, reason, failures, version,
         created_at, updated_at)
       values ('s1', 'webhook', $1, 'x', '{zh}', 'Enabled', '{}', 0, 1, now(), now())`,
      [createSeal(older).seal('address')],
    );
  });

  it('seals with the first key what the others have sealed, and says which can be taken out', async () => {
    const { code, told, printed } = await keysWith({ ...env, REGISTER_KEYS: `${newer},${older}` }, 'reseal');
    expect([code, printed]).toEqual([0, []]);
    expect(told.join()).toContain(`1 texts are sealed anew, with the key ${newerId}`);
    expect(told.join()).toContain('All other keys can be taken out');
    const { rows } = await test.db.query<{ sealed: string }>('select sealed from event_subscriptions');
    expect(createSeal(newer).open(rows[0]?.sealed ?? '')).toBe('address');
  });

  it('says which keys are still needed, and changes nothing that it cannot open', async () => {
    const { told } = await keysWith({ ...env, REGISTER_KEYS: newer }, 'reseal');
    expect(told.join()).toContain(`Other keys are still needed (${olderId}: 1)`);
    const { rows } = await test.db.query<{ sealed: string }>('select sealed from event_subscriptions');
    expect(createSeal(older).open(rows[0]?.sealed ?? '')).toBe('address');
  });

  it('needs a key', async () => {
    expect(await keys('reseal')).toMatchObject({ code: 2 });
  });
});
