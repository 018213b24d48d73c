import type { Database } from '../postgres/database.ts';

export interface SeededCodes {
  /** Ids are this and a number from 1. */
  prefix: string;
  count: number;
  state: string;
  /** Of the last change, as an interval. */
  age: string;
  /** Does the timer still look at them? */
  due?: boolean;
  /** State of the one generation of each; none if not given. */
  generation?: string;
}

/** Rows of the register as they lie in the tables, in any number and of any age. */
export async function seedCodes(db: Database, seed: SeededCodes): Promise<void> {
  const { prefix, count, state, age, due = false, generation } = seed;
  await db.query(
    `insert into codes (code_id, slug, app_id, organization, operator, template_id, flow_name, request, max_flow_num,
       life_s, labels, policy, state, reason, version, generation, generations_made, committed, due_at, held,
       renew_requested, failures, lease_token, search_text, search_grams, created_at, updated_at)
     select $1::text || n, $1::text || n, 'app', 'org', 'operator', 'template', 'flow', '{}', 1, 1, '{}', '{}', $3::text, '{}',
       1, 1, 1, 1, case when $5::boolean then now() end, false, false, 0, 1, '', '{}', now() - $4::interval,
       now() - $4::interval
     from generate_series(1, $2::int) n`,
    [prefix, count, state, age, due],
  );
  if (generation === undefined) return;
  await db.query(
    `insert into generations (code_id, number, qr_code_id, urls, max_flow_num, used, state, created_at, expires_at)
     select $1::text || n, 1, $1::text || n, '{}', 1, 0, $3::text, now(), now() from generate_series(1, $2::int) n`,
    [prefix, count, generation],
  );
}

export interface SeededAttempts {
  prefix: string;
  count: number;
  state: string;
  /** Since it was settled; null: it is not. */
  settledAge: string | null;
  /** Since the QR code died. */
  expiredAge?: string;
  possibleOrphan?: boolean;
  due?: boolean;
  /** `CodeId` of all of them. */
  codeId?: string;
}

export async function seedAttempts(db: Database, seed: SeededAttempts): Promise<void> {
  const {
    prefix,
    count,
    state,
    settledAge,
    expiredAge = '0',
    possibleOrphan = false,
    due = false,
    codeId = null,
  } = seed;
  await db.query(
    `insert into attempts (attempt_id, code_id, app_id, organization, operator, kind, state, qr_code_id,
       possible_orphan, lease_token, due_at, failures, reason, expires_at, planned_at, settled_at)
     select $1::text || n, $8::text, 'app', 'org', 'operator', case when $7::boolean then 'cancel' else 'create' end, $3::text,
       $1::text || n, $5::boolean, 1, case when $7::boolean then now() end, 0, '{}', now() - $6::interval, now(),
       now() - $4::interval
     from generate_series(1, $2::int) n`,
    [prefix, count, state, settledAge, possibleOrphan, expiredAge, due, codeId],
  );
}
