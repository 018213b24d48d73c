import { Failure } from '../errors.ts';
import type { Database } from './database.ts';
import { isUniqueViolation } from './database-errors.ts';
import { repeatableTransaction } from './repeatable-transaction.ts';

export const apiKeyRoles = ['viewer', 'operator', 'admin'] as const;
export type ApiKeyRole = (typeof apiKeyRoles)[number];

/** What a key may do. The key itself is never stored, only its hash. */
export interface ApiKeyRecord {
  keyId: string;
  hash: string;
  name: string;
  role: ApiKeyRole;
  /** `ProxyOrganizationOpenId`s that the key sees; null: all of them. */
  organizations: readonly string[] | null;
  /** Who acts when a request names no `Agent`. */
  agent: { ProxyOrganizationOpenId: string; ProxyOperatorOpenId: string } | null;
  expiresAtS: number | null;
  revokedAtS: number | null;
}

/** A key as the operator sees it in a list. */
export interface ListedApiKey extends ApiKeyRecord {
  createdAtS: number;
  /** Exact to a minute. */
  lastUsedAtS: number | null;
}

export interface ApiKeys {
  find(keyId: string): Promise<ApiKeyRecord | undefined>;
  /** Remembers the use, with at most one write a minute. */
  touch(keyId: string, usedAtS: number): Promise<void>;
  /** @throws Failure `StateConflict` when the id is taken. */
  insert(record: Omit<ApiKeyRecord, 'revokedAtS'>): Promise<void>;
  /** Every key, the newest first. */
  list(): Promise<ListedApiKey[]>;
  /** Ends a key at once. False if there is none; a key that was revoked before keeps its time. */
  revoke(keyId: string): Promise<boolean>;
  /**
   * Puts a new key with the same rights in the place of another, which goes on for `graceS` seconds, or for less if it
   * ends sooner. The new one has no expiry of its own unless the old one had: then it gets the same life again.
   *
   * @throws Failure `NotFound` if there is no such key, `StateConflict` if it is revoked or has expired.
   */
  rotate(keyId: string, successor: { keyId: string; hash: string }, graceS: number): Promise<void>;
}

const columns = `
  key_id as "keyId", hash, name, role, organizations, agent_organization as "agentOrganization",
  agent_operator as "agentOperator", extract(epoch from expires_at)::float8 as "expiresAtS",
  extract(epoch from revoked_at)::float8 as "revokedAtS", extract(epoch from created_at)::float8 as "createdAtS",
  extract(epoch from last_used_at)::float8 as "lastUsedAtS"`;

interface Row extends Omit<ListedApiKey, 'agent'> {
  agentOrganization: string | null;
  agentOperator: string | null;
}

const touchEveryS = 60;

export function createApiKeys(db: Database): ApiKeys {
  return {
    async find(keyId) {
      const { rows } = await db.query<Row>(`select ${columns} from api_keys where key_id = $1`, [keyId]);
      return rows.map(toRecord)[0];
    },

    async touch(keyId, usedAtS) {
      await db.query(
        `update api_keys set last_used_at = to_timestamp($2)
         where key_id = $1 and (last_used_at is null or last_used_at <= to_timestamp($2) - $3 * interval '1 second')`,
        [keyId, usedAtS, touchEveryS],
      );
    },

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
      const { rows } = await db.query<Row>(
        `select ${columns} from api_keys order by created_at desc, key_id`,
      );
      return rows.map(toListed);
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
  const { rows } = await tx.query<{ ended: boolean }>(
    `select (revoked_at is not null or coalesce(expires_at <= now(), false)) as ended
     from api_keys where key_id = $1 for update`,
    [keyId],
  );
  const old = rows[0];
  if (old === undefined) throw new Failure('NotFound', { detail: `There is no API key ${keyId}` });
  if (old.ended) {
    throw new Failure('StateConflict', {
      detail: `API key ${keyId} is revoked or has expired: create a new one`,
    });
  }
  try {
    await tx.query(
      `insert into api_keys
         (key_id, hash, name, role, organizations, agent_organization, agent_operator, expires_at)
       select $2, $3, name, role, organizations, agent_organization, agent_operator, now() + (expires_at - created_at)
       from api_keys where key_id = $1`,
      [keyId, successor.keyId, successor.hash],
    );
  } catch (error) {
    throw isUniqueViolation(error, 'api_keys_pkey') ? taken(successor.keyId, error) : error;
  }
  await tx.query(
    `update api_keys set expires_at = least(expires_at, now() + $2 * interval '1 second') where key_id = $1`,
    [keyId, graceS],
  );
}

function taken(keyId: string, cause: unknown): Failure {
  return new Failure('StateConflict', { detail: `There is an API key ${keyId} already`, cause });
}

function toListed({ agentOrganization, agentOperator, ...row }: Row): ListedApiKey {
  const agent =
    agentOrganization === null || agentOperator === null
      ? null
      : { ProxyOrganizationOpenId: agentOrganization, ProxyOperatorOpenId: agentOperator };
  return { ...row, agent };
}

function toRecord(row: Row): ApiKeyRecord {
  const { createdAtS: _created, lastUsedAtS: _used, ...record } = toListed(row);
  return record;
}
