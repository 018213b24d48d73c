/** Issuing, replacing and ending API keys, each with its line in the audit trail: by a command, or over HTTP. */
import { Failure } from '../../errors.ts';
import type { ApiKeyRecord, NewApiKey } from '../../runtime/http/api-keys.ts';
import type { Database } from '../postgres/database.ts';
import { repeatableTransaction } from '../postgres/repeatable-transaction.ts';
import { manageApiKeys } from './api-key-management.ts';
import { recordAudit } from './audit.ts';

/** What a new key may do. */
export type Rights = Pick<ApiKeyRecord, 'name' | 'role' | 'organizations' | 'agent' | 'expiresAtS'>;

/** A key without what it is shown for once. */
type Minted = Pick<NewApiKey, 'keyId' | 'hash'>;

const hourS = 3_600;

/** @throws Failure `StateConflict` when the id is taken. */
export async function issueApiKey(
  db: Database,
  { keyId, hash }: Minted,
  rights: Rights,
  actor: string,
): Promise<void> {
  await repeatableTransaction(db, async (tx) => {
    await manageApiKeys(tx).insert({ keyId, hash, ...rights });
    await recordAudit(tx, {
      actor,
      action: 'api-key.create',
      subject: keyId,
      reason: rights.role,
    });
  });
}

/** Ends a key at once. @throws Failure `NotFound` */
export async function revokeApiKey(
  db: Database,
  keyId: string,
  { actor, reason }: { actor: string; reason: string },
): Promise<void> {
  const found = await repeatableTransaction(db, async (tx) => {
    const revoked = await manageApiKeys(tx).revoke(keyId);
    if (revoked) await recordAudit(tx, { actor, action: 'api-key.revoke', subject: keyId, reason });
    return revoked;
  });
  if (found) return;
  const detail = { zh: `没有 API 密钥 ${keyId}`, en: `There is no API key ${keyId}` };
  throw new Failure('NotFound', { detail });
}

/**
 * Puts a new key with the same rights in the place of another, which goes on for `graceHours`.
 *
 * @throws Failure `NotFound`, `StateConflict`
 */
export async function rotateApiKey(
  db: Database,
  keyId: string,
  successor: Minted,
  { graceHours, actor }: { graceHours: number; actor: string },
): Promise<void> {
  await repeatableTransaction(db, async (tx) => {
    await manageApiKeys(tx).rotate(keyId, successor, graceHours * hourS);
    const reason = `${successor.keyId}, ${graceHours} h`;
    await recordAudit(tx, { actor, action: 'api-key.rotate', subject: keyId, reason });
  });
}
