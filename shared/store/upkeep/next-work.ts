import type { Database } from '../postgres/database.ts';
import { ofBlocked } from '../register/code-conditions.ts';

/** Kinds of work that have a time, by which a timer is to have begun them. */
export type PlannedWork = 'batches' | 'renewals' | 'notifications' | 'events' | 'deliveries';

/** SQL for the times at which work of each kind falls due; `greatest` passes over what is null. */
const times: Readonly<Record<PlannedWork, readonly string[]>> = {
  batches: ["select greatest(r.due_at, r.lease_until) as at from batch_rows r where r.state = 'waiting'"],
  renewals: [
    'select greatest(c.due_at, c.lease_until) as at from codes c where c.due_at is not null and not c.held',
    // Taken back in line at once.
    `select now() from codes c where c.held and not ${ofBlocked}`,
    `select c.warn_at from codes c
       where c.due_at is null or c.failures > 0 or c.held or c.state <> 'Active' or ${ofBlocked}`,
    "select g.expires_at from generations g where g.state in ('live', 'superseded')",
    `select greatest(o.probe_at, min(c.due_at)) from organizations o
       join codes c on c.app_id = o.app_id and c.organization = o.organization
       where o.quota_state = 'blocked' group by o.app_id, o.organization having min(c.due_at) is not null`,
    'select greatest(a.due_at, a.lease_until) from attempts a where a.due_at is not null',
    `select greatest(a.planned_at, c.lease_until) from attempts a join codes c on c.code_id = a.code_id
       where a.kind = 'create' and a.state in ('planned', 'sent')`,
  ],
  notifications: [
    'select greatest(n.due_at, n.lease_until) as at from messages n where n.due_at is not null',
  ],
  events: ['select e.occurred_at as at from events e where e.fanned_out_at is null'],
  deliveries: [
    `select greatest(d.due_at, d.lease_until, s.not_before) as at from deliveries d
       join event_subscriptions s on s.subscription_id = d.subscription_id
       where d.state = 'pending' and s.state = 'Enabled'`,
  ],
};

/** When work falls due. Epoch milliseconds; null where there is none. */
export interface DueTimes {
  /** The earliest that is due already. It may be impossible for the time being. */
  waiting: number | null;
  /** The earliest that will be due. */
  coming: number | null;
}

const earliest = (condition: string) =>
  `(extract(epoch from min(at) filter (where at ${condition} to_timestamp($1))) * 1000)::float8`;

const statement = Object.entries(times)
  .map(
    ([work, sources]) =>
      `select '${work}' as work, ${earliest('<=')} as waiting, ${earliest('>')} as coming
       from (${sources.join(' union all ')}) as planned`,
  )
  .join(' union all ');

/** When the next work of each kind falls due, seen from a time. Epoch milliseconds. */
export async function nextWork(db: Database, nowMs: number): Promise<ReadonlyMap<PlannedWork, DueTimes>> {
  const { rows } = await db.query<DueTimes & { work: PlannedWork }>(statement, [nowMs / 1000], {
    prepared: true,
  });
  return new Map(rows.map(({ work, waiting, coming }) => [work, { waiting, coming }]));
}
