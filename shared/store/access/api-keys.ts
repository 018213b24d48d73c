import type { ApiKeyRecord, ApiKeyStore, KeyCalls, PresentedKey } from '../../runtime/http/api-keys.ts';
import { keyWindowS } from '../../world.ts';
import { columns } from '../postgres/columns.ts';
import type { Database } from '../postgres/database.ts';
import { sqlState } from '../postgres/database-errors.ts';

/** A key as the operator sees it in a list. */
export interface ListedApiKey extends ApiKeyRecord {
  createdAtS: number;
  /** Exact to a minute. */
  lastUsedAtS: number | null;
}

/** What a caller is checked against. */
const recordColumns = `${columns(
  'api_keys',
  'key_id hash name role organizations agent_organization agent_operator expires_at:s revoked_at:s',
)}, coalesce(line, api_keys.key_id) as line`;

/** What an operator sees in a list. */
export const listedColumns = `${recordColumns}, ${columns('api_keys', 'created_at:s last_used_at:s')}`;

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
  const { rows } = await db.query<RowOf<ApiKeyRecord> & { calls: KeyCalls | null }>(
    `with mine as (
       select key_id from api_keys
       where key_id = $1 and hash = $2 and revoked_at is null and (expires_at is null or expires_at > to_timestamp($3))
     ),
     noted as (
       update api_keys k set last_used_at = to_timestamp($3) from mine
       where k.key_id = mine.key_id
         and (k.last_used_at is null or k.last_used_at <= to_timestamp($3) - $4 * interval '1 second')
     ),
     counted as (
       insert into key_calls as c select key_id, date_trunc('minute', clock_timestamp()), 1 from mine
       on conflict (key_id) do update set minute = excluded.minute,
         calls = case c.minute when excluded.minute then c.calls + 1 else 1 end
       returning calls as count, extract(epoch from minute - clock_timestamp())::float8 + ${keyWindowS} as "endsInS"
     )
     select ${recordColumns}, row_to_json(counted) as calls from api_keys left join counted on true where key_id = $1`,
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
