import type { ApiKeyRecord, ApiKeyStore, PresentedKey } from '../../runtime/http/api-keys.ts';
import type { Database } from '../postgres/database.ts';
import { sqlState } from '../postgres/database-errors.ts';

/** A key as the operator sees it in a list. */
export interface ListedApiKey extends ApiKeyRecord {
  createdAtS: number;
  /** Exact to a minute. */
  lastUsedAtS: number | null;
}

/** What a caller is checked against. */
const recordColumns = `
  key_id as "keyId", coalesce(line, key_id) as line, hash, name, role, organizations, agent_organization as "agentOrganization",
  agent_operator as "agentOperator", extract(epoch from expires_at)::float8 as "expiresAtS",
  extract(epoch from revoked_at)::float8 as "revokedAtS"`;

/** What an operator sees in a list. */
export const listedColumns = `${recordColumns}, extract(epoch from created_at)::float8 as "createdAtS",
  extract(epoch from last_used_at)::float8 as "lastUsedAtS"`;

interface AgentColumns {
  agentOrganization: string | null;
  agentOperator: string | null;
}

/** A record as it is read, for {@link withAgent}. */
export type RowOf<Key extends ApiKeyRecord> = Omit<Key, 'agent'> & AgentColumns;

/** A use is remembered with at most one write in so many seconds. */
const noteEveryS = 60;

/** The keys as callers are checked against them. */
export function createApiKeys(db: Database): ApiKeyStore {
  return {
    async present(key) {
      try {
        return await presentAndNote(db, key);
      } catch (error) {
        // The mark is for a list of keys: a call does not fail for lack of it.
        if (sqlState(error) === undefined) throw error;
        return findApiKey(db, key.keyId);
      }
    },
  };
}

export async function findApiKey(db: Database, keyId: string): Promise<ApiKeyRecord | undefined> {
  const { rows } = await db.query<RowOf<ApiKeyRecord>>(
    `select ${recordColumns} from api_keys where key_id = $1`,
    [keyId],
  );
  return rows.map(withAgent)[0];
}

/**
 * One statement. Whether the key is accepted is not decided here, where hashes are not compared in constant time: what
 * could be learned of a hash in this way leads to no key.
 */
async function presentAndNote(db: Database, { keyId, hash, atS }: PresentedKey) {
  const { rows } = await db.query<RowOf<ApiKeyRecord>>(
    `with noted as (
       update api_keys set last_used_at = to_timestamp($3)
       where key_id = $1 and hash = $2 and revoked_at is null and (expires_at is null or expires_at > to_timestamp($3))
         and (last_used_at is null or last_used_at <= to_timestamp($3) - $4 * interval '1 second')
     )
     select ${recordColumns} from api_keys where key_id = $1`,
    [keyId, hash, atS, noteEveryS],
    { prepared: true },
  );
  return rows.map(withAgent)[0];
}

export function withAgent<Row extends AgentColumns>({ agentOrganization, agentOperator, ...row }: Row) {
  const agent =
    agentOrganization === null || agentOperator === null
      ? null
      : { ProxyOrganizationOpenId: agentOrganization, ProxyOperatorOpenId: agentOperator };
  return { ...row, agent };
}
