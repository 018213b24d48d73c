import { Failure } from '../../errors.ts';
import type { ApiKeyRecord } from '../../runtime/http/api-keys.ts';
import type { Database } from '../postgres/database.ts';
import { isUniqueViolation } from '../postgres/database-errors.ts';
import { repeatableTransaction } from '../postgres/repeatable-transaction.ts';
import { type ListedApiKey, listedColumns, type RowOf, withAgent } from './api-keys.ts';

/** What an operator does with keys. */
export interface ApiKeyManagement {
  /** @throws Failure `StateConflict` when the id is taken. */
  insert(record: Omit<ApiKeyRecord, 'revokedAtS' | 'line'>): Promise<void>;
  /** Every key, the newest first. */
  list(): Promise<ListedApiKey[]>;
  /** Ends a key at once. False if there is none; a key that was revoked before keeps its time. */
  revoke(keyId: string): Promise<boolean>;
  /**
   * Puts a new key with the same rights in the place of another, which goes on for `graceS` seconds, or for less if it
   * ends sooner. The new one has no expiry of its own unless the old one had: then it gets the same life again.
   *
   * @throws Failure `NotFound` if there is no such key, `StateConflict` if it is revoked, has expired or was replaced
   *   before: the time that it has left is not the life of a new one.
   */
  rotate(keyId: string, successor: { keyId: string; hash: string }, graceS: number): Promise<void>;
}

export function manageApiKeys(db: Database): ApiKeyManagement {
  return {
    async insert(record) {
      try {
        await db.query(
          `insert into api_keys
             (key_id, hash, name, role, organizations, agent_organization, agent_operator, expires_at)
           values ($1, $2, $3, $4, $5::text[], $6, $7, to_timestamp($8))`,
          [
            record.keyId,
            record.hash,
            record.name,
            record.role,
            record.organizations,
            record.agent?.ProxyOrganizationOpenId ?? null,
            record.agent?.ProxyOperatorOpenId ?? null,
            record.expiresAtS,
          ],
        );
      } catch (error) {
        throw isUniqueViolation(error, 'api_keys_pkey') ? taken(record.keyId, error) : error;
      }
    },

    async list() {
      const { rows } = await db.query<RowOf<ListedApiKey>>(
        `select ${listedColumns} from api_keys order by created_at desc, key_id`,
      );
      return rows.map(withAgent);
    },

    async revoke(keyId) {
      const { rowCount } = await db.query(
        'update api_keys set revoked_at = coalesce(revoked_at, now()) where key_id = $1',
        [keyId],
      );
      return rowCount === 1;
    },

    rotate: (keyId, successor, graceS) =>
      repeatableTransaction(db, (tx) => rotateIn(tx, keyId, successor, graceS)),
  };
}

async function rotateIn(
  tx: Database,
  keyId: string,
  successor: { keyId: string; hash: string },
  graceS: number,
): Promise<void> {
  const { rows } = await tx.query<{ ended: boolean; replacedBy: string | null }>(
    `select (revoked_at is not null or coalesce(expires_at <= now(), false)) as ended, replaced_by as "replacedBy"
     from api_keys where key_id = $1 for update`,
    [keyId],
  );
  const old = rows[0];
  if (old === undefined) {
    throw new Failure('NotFound', {
      detail: { zh: `没有 API 密钥 ${keyId}`, en: `There is no API key ${keyId}` },
    });
  }
  if (old.ended) {
    throw new Failure('StateConflict', {
      detail: {
        zh: `API 密钥 ${keyId} 已吊销或已过期，请新建`,
        en: `API key ${keyId} is revoked or has expired: create a new one`,
      },
    });
  }
  if (old.replacedBy !== null) {
    throw new Failure('StateConflict', {
      detail: {
        zh: `API 密钥 ${keyId} 已由 ${old.replacedBy} 接替，请轮换后者`,
        en: `API key ${keyId} was replaced by ${old.replacedBy} before: rotate that one`,
      },
    });
  }
  try {
    await tx.query(
      `insert into api_keys
         (key_id, hash, name, role, organizations, agent_organization, agent_operator, expires_at, line)
       select $2, $3, name, role, organizations, agent_organization, agent_operator, now() + (expires_at - created_at),
         coalesce(line, key_id)
       from api_keys where key_id = $1`,
      [keyId, successor.keyId, successor.hash],
    );
  } catch (error) {
    throw isUniqueViolation(error, 'api_keys_pkey') ? taken(successor.keyId, error) : error;
  }
  await tx.query(
    `update api_keys
     set expires_at = least(expires_at, date_trunc('second', now()) + $2 * interval '1 second'), replaced_by = $3
     where key_id = $1`,
    [keyId, graceS, successor.keyId],
  );
}

function taken(keyId: string, cause: unknown): Failure {
  return new Failure('StateConflict', {
    detail: { zh: `已有 API 密钥 ${keyId}`, en: `There is an API key ${keyId} already` },
    cause,
  });
}
