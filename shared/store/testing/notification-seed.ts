import type { Database } from '../postgres/database.ts';

export interface SeededNotifications {
  /** Ids are this and a number from 1. */
  prefix: string;
  count?: number;
  /** Since they were received, as an interval. */
  age: string;
  outcome?: 'applied' | 'kept' | 'pending';
  msgType?: string;
  /** Of contracts `<prefix><number>`. */
  flows?: boolean;
}

/** Rows of notifications as they lie in the table, of ten organisations and any number of codes. */
export async function seedNotifications(db: Database, seed: SeededNotifications): Promise<void> {
  const {
    prefix,
    count = 1,
    age,
    outcome = 'applied',
    msgType = 'MultiFlowSignQrCodeCost',
    flows = false,
  } = seed;
  await db.query(
    `with filed as (
       insert into message_ids (received_at, notification_id)
       select now() - $3::interval - n * interval '1 second', id from generate_series(1, $2::int) n
       cross join lateral (values ($1::text || n), (notification_id_of($1::text || n))) as ids (id)
       on conflict do nothing
     ),
     kept as (
       insert into message_bodies (received_at, notification_id, body)
       select now() - $3::interval - n * interval '1 second', $1::text || n, 'x' from generate_series(1, $2::int) n
     )
     insert into messages (notification_id, msg_id, msg_type, body, received_at, occurred_at,
       occurred_from, outcome, reason, app_id, organization, code_id, generation, flow_id, flow_status, due_at)
     select $1::text || n, $1::text || n, case $5::text when 'MultiFlowSignQrCodeCost' then 'C' when 'FlowStatusChange' then 'F' else $5::text end, case when $4::text = 'pending' then 'x' end, now() - $3::interval - n * interval '1 second', now() - $3::interval,
       null, nullif($4::text, 'applied'), null, 'app', 'o' || n % 10, 'c' || n, 1,
       case when $6::boolean then $1::text || n end, case when $6::boolean then 'INIT' end,
       case when $4::text = 'pending' then now() end
     from generate_series(1, $2::int) n`,
    [prefix, count, age, outcome, msgType, flows],
  );
}

export interface SeededContracts {
  prefix: string;
  count?: number;
  /** Since the last change, as an interval. */
  age: string;
}

/** Contracts of codes `c1`, `c2` … */
export async function seedContracts(
  db: Database,
  { prefix, count = 1, age }: SeededContracts,
): Promise<void> {
  await db.query(
    `insert into contracts (flow_id, app_id, organization, code_id, generation, link, state, charged, started_at,
       state_at, updated_at)
     select $1::text || n, 'app', 'o' || n % 10, 'c' || n, 1, 'certain', 'INIT', true, now() - $3::interval, now() - $3::interval,
       now() - $3::interval
     from generate_series(1, $2::int) n`,
    [prefix, count, age],
  );
}
