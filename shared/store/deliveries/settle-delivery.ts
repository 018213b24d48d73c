import type { Attempt, Lease } from '../../delivery/delivery.ts';
import type { DeliveryAfter } from '../../delivery/sending/after-attempt.ts';
import type { Database } from '../postgres/database.ts';
import { attemptParams } from './delivery-rows.ts';

/** The token is the fence: who comes back after its lease was given to another changes nothing. */
const settleStatement = `
  with mine as (
    update deliveries set state = $3, reason = $4, rung = $5, due_at = to_timestamp($6), lease_until = null,
      settled_at = case when $3 = 'pending' then null else to_timestamp($7) end
    where delivery_id = $1 and lease_token = $2::bigint and state = 'pending'
    returning delivery_id
  )
  insert into delivery_attempts
    (delivery_id, number, started_at, duration_ms, error, status, answer_code, retry_after_s)
  select delivery_id, $8::int, $9::timestamptz, $10::int, $11, $12::int, $13::bigint, $14::int from mine`;

/**
 * Writes down a try and how it leaves its delivery, in one statement.
 *
 * @returns false if another run holds the lease by now
 */
export async function settleDelivery(
  db: Database,
  { deliveryId, token }: Lease,
  attempt: Attempt,
  { state, reason, rung, dueAtMs }: DeliveryAfter,
): Promise<boolean> {
  const endedS = (attempt.startedAtMs + attempt.durationMs) / 1000;
  const { rowCount } = await db.query(settleStatement, [
    deliveryId,
    token,
    state,
    JSON.stringify(reason),
    rung,
    dueAtMs === null ? null : dueAtMs / 1000,
    endedS,
    ...attemptParams(attempt),
  ]);
  return rowCount === 1;
}
