import type { CancelQueue } from '../codes/ports.ts';
import type { Database } from './database.ts';
import { type AttemptRow, attemptColumns, toAttempt } from './register-rows.ts';

export const claimCancelsStatement = `
  with picked as (
    select a.attempt_id from attempts a
    where a.due_at <= to_timestamp($1) and (a.lease_until is null or a.lease_until <= clock_timestamp())
    order by a.due_at limit $2 for update of a skip locked
  )
  update attempts a set lease_until = clock_timestamp() + $3 * interval '1 millisecond'
  from picked where a.attempt_id = picked.attempt_id
  returning ${attemptColumns}`;

/** Cancels that are still to be sent, or sent again. */
export function cancelQueue(db: Database): CancelQueue {
  return {
    async claimCancels(nowS, limit, leaseMs) {
      const { rows } = await db.query<AttemptRow>(claimCancelsStatement, [nowS, limit, leaseMs]);
      return rows.map(toAttempt);
    },
  };
}
