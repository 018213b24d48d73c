import { startMs } from '../../../codes/testing/world.ts';
import { manageApiKeys } from '../../access/api-key-management.ts';
import { createApiKeys, findApiKey } from '../../access/api-keys.ts';
import { auditReads } from '../../access/audit.ts';
import { createIdempotencyRecords } from '../../access/idempotency-records.ts';
import { reseal } from '../../access/reseal.ts';
import { sealedKeyUses } from '../../access/sealed-keys.ts';
import { createDatabaseLimiter } from '../../limits/rate-limiter.ts';
import { organizationReads } from '../../organizations/organization-reads.ts';
import { settingsWrites } from '../../organizations/settings-writes.ts';
import type { Database } from '../../postgres/database.ts';

const nowS = startMs / 1000;
const tenant = { appId: 'app', organization: 'org-a' };

/** API keys, remembered answers, the audit trail, sealed texts, settings of organisations and upstream's limit. */
export async function playAccess(db: Database): Promise<void> {
  await playKeys(db);
  await playAnswers(db);
  await playOrganizations(db);
  const audit = auditReads(db, () => startMs);
  await audit.list({}, { after: undefined, limit: 10 });
  const filter = { actor: 'key:test', action: 'x', subject: 'x', sinceS: 1, untilS: nowS };
  await audit.list(filter, { after: { atMs: startMs, id: 'x' }, limit: 10 });
  const limiter = createDatabaseLimiter(db, { requestsPerSecond: 20, share: 'interactive' });
  await limiter.acquire('create', Date.now() + 10_000);
}

async function playKeys(db: Database): Promise<void> {
  const keys = manageApiKeys(db);
  const key = {
    keyId: 'k1',
    hash: 'hash of k1',
    name: 'poster shop',
    role: 'operator',
    organizations: null,
  } as const;
  await keys.insert({ ...key, agent: null, expiresAtS: null });
  await createApiKeys(db).present({ keyId: 'k1', hash: 'hash of k1', atS: nowS });
  await findApiKey(db, 'k1');
  await keys.rotate('k1', { keyId: 'k2', hash: 'hash of k2' }, 60);
  await keys.revoke('k1');
  await keys.list();
}

/** The runtime does the real sealing; what is told here is the key. */
function sealWith(key: string) {
  return {
    seal: (text: string) => `v1.${key}.${Buffer.from(text).toString('base64url')}`,
    open: (sealed: string) => Buffer.from(sealed.split('.')[2] ?? '', 'base64url').toString(),
  };
}

async function playAnswers(db: Database): Promise<void> {
  const [older, newest] = [sealWith('older'), sealWith('newest')];
  const records = createIdempotencyRecords(db, { seal: older });
  const request = { keyId: 'k1', idempotencyKey: 'order 17', functionName: 'create', payloadHash: 'aaaa' };
  for (const key of ['order 17', 'order 18']) {
    const claim = await records.claim({ ...request, idempotencyKey: key }, 30);
    if (claim.outcome !== 'claimed') throw new Error(`not claimed: ${claim.outcome}`);
    if (key === 'order 17') await records.complete(claim.token, { status: 200, body: '' });
    else await records.release(claim.token);
  }
  await records.claim(request, 30);
  await sealedKeyUses(db);
  await reseal(db, newest, ['older']);
}

async function playOrganizations(db: Database): Promise<void> {
  const page = { after: '', limit: 10, nowS };
  const reads = organizationReads(db);
  await reads.list('app', { ...page, scope: null, only: undefined });
  await reads.list('app', { ...page, scope: null, only: 'org-a' });
  await reads.list('app', { ...page, scope: { appId: 'app', organizations: ['org-a'] }, only: undefined });
  await settingsWrites(db).transaction(async (tx) => {
    await tx.saveSettings(await tx.holdSettings(tenant, nowS));
    await tx.audit({ actor: 'key:test', action: 'test', subject: 'org-a', reason: '' });
  });
}
