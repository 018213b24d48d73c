import type { Database } from '../postgres/database.ts';

/** A contract that was started with the first generation of a code, whether there is such a code or not. */
export async function insertContract(
  db: Database,
  { flowId, codeId, organization = 'org' }: { flowId: string; codeId: string; organization?: string },
): Promise<void> {
  await db.query(
    `insert into contracts (flow_id, app_id, organization, code_id, generation, link, state, charged, started_at,
       state_at, updated_at)
     values ($1, 'app', $3, $2, 1, 'certain', 'INIT', true, now(), now(), now())`,
    [flowId, codeId, organization],
  );
}
