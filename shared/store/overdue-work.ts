import type { Database } from './database.ts';

/** Work that a timer should have done by now. */
export interface OverdueWork {
  /** The function whose timer does it. */
  functionName: string;
  count: number;
}

/**
 * What has been waiting for longer than its timer ever lets it wait. There is no mark that a timer leaves when it has
 * nothing to do, so a timer is known to be dead by what it leaves undone.
 */
const signs = [
  {
    functionName: 'renew-expired-codes',
    // A lease, a backoff or a block of the organisation is a reason to wait; a lapse of fifteen timers is none.
    statement: `select count(*)::int as count from codes c
      where c.due_at <= now() - interval '15 minutes' and not c.held
        and (c.lease_until is null or c.lease_until <= clock_timestamp())
        and not exists (select from organizations o where o.app_id = c.app_id
          and o.organization = c.organization and o.quota_state = 'blocked')`,
  },
  {
    functionName: 'prune-records',
    statement: `select count(*)::int as count from idempotency_records where expires_at <= now() - interval '3 hours'`,
  },
] as const;

/** @returns an entry for each timer whose work can be told, with 0 where nothing is overdue */
export async function overdueWork(db: Database): Promise<OverdueWork[]> {
  const work: OverdueWork[] = [];
  for (const { functionName, statement } of signs) {
    const { rows } = await db.query<{ count: number }>(statement);
    work.push({ functionName, count: rows[0]?.count ?? 0 });
  }
  return work;
}
