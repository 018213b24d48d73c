import type { Presumed } from '../../codes/ports.ts';
import type { Database } from '../postgres/database.ts';
import { sqlState } from '../postgres/database-errors.ts';
import { defer } from '../postgres/statements.ts';

/** SQLSTATE of a division by zero, which nothing else here divides by. */
const wrong = '22012';

/**
 * Begins a transaction that is right only as long as nothing has changed since its facts were read: where something
 * has, it fails as a whole. So it needs no answer before its end, and is waited for once.
 *
 * The check is a statement after the lock: it sees what the lock was waited for.
 */
export async function presume(tx: Database, { code, lease, attemptId }: Presumed): Promise<void> {
  await defer(tx, {
    text: 'select from codes where code_id = $1 for update',
    params: [code.codeId],
    prepared: true,
  });
  await defer(tx, {
    text: `select 1 / case when
        exists (select from codes c where c.code_id = $1 and c.lease_token = $2::bigint and c.version = $3::int)
        and exists (select from attempts a where a.attempt_id = $4 and a.state = 'sent')
        and ($5::int is null
          or exists (select from generations g where g.code_id = $1 and g.number = $5::int and g.state = $6::text))
        and not exists (select from organizations o
          where o.app_id = $7 and o.organization = $8 and o.quota_state = 'blocked')
      then 1 else 0 end`,
    params: [
      code.codeId,
      lease.token,
      code.version,
      attemptId,
      code.current?.number ?? null,
      code.current?.state ?? null,
      code.appId,
      code.organization,
    ],
    prepared: true,
  });
}

export function isPresumedWrongly(error: unknown): boolean {
  return sqlState(error) === wrong;
}
