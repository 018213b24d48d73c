import type { Database } from '../postgres/database.ts';
import { isOver } from '../postgres/leases.ts';

/** A kind of work that a timer does. */
type TimerWork = 'batches' | 'renewals' | 'notifications' | 'events' | 'deliveries' | 'records';

export interface OverdueWork {
  work: TimerWork;
  /** How much of it should have been done by now. */
  count: number;
}

/**
 * What has been waiting for longer than its timer ever lets it wait. A timer leaves no mark when it has nothing to do,
 * so that it is dead is known by what it leaves undone. Waiting for a reason does not count: a lease, a backoff, an
 * organisation without quota, a receiver that fails.
 */
const signs: Readonly<Record<TimerWork, string>> = {
  batches: `select count(*)::int as count from batch_rows r
    where r.state = 'waiting' and r.due_at <= now() - interval '15 minutes' and ${isOver('r.lease_until')}`,
  renewals: `select count(*)::int as count from codes c
    where c.due_at <= now() - interval '15 minutes' and not c.held
      and ${isOver('c.lease_until')}
      and not exists (select from organizations o where o.app_id = c.app_id
        and o.organization = c.organization and o.quota_state = 'blocked')`,
  notifications: `select count(*)::int as count from messages
    where due_at <= now() - interval '15 minutes' and ${isOver('lease_until')}`,
  events: `select count(*)::int as count from events
    where fanned_out_at is null and occurred_at <= now() - interval '5 minutes'`,
  deliveries: `select count(*)::int as count from deliveries d
    join event_subscriptions s on s.subscription_id = d.subscription_id
    where d.state = 'pending' and d.due_at <= now() - interval '15 minutes' and s.state = 'Enabled' and s.failures = 0
      and ${isOver('d.lease_until')}`,
  records: `select count(*)::int as count from idempotency_records where expires_at <= now() - interval '3 hours'`,
};

/** An entry for each kind of work, with 0 where nothing is overdue. */
export async function overdueWork(db: Database): Promise<OverdueWork[]> {
  const found: OverdueWork[] = [];
  for (const [work, statement] of Object.entries(signs)) {
    const { rows } = await db.query<{ count: number }>(statement, []);
    // Object.entries forgets that its strings are the keys.
    found.push({ work: work as TimerWork, count: rows[0]?.count ?? 0 });
  }
  return found;
}
