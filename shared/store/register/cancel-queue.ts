import type { CancelQueue } from '../../codes/ports.ts';
import type { Database } from '../postgres/database.ts';
import { claimDueSql } from '../postgres/leases.ts';
import { ofNone, tenantParams } from '../postgres/statements.ts';
import { type AttemptRow, attemptColumns, toAttempt } from './register-rows.ts';

const claimCancelsStatement = claimDueSql(
  { table: 'attempts', row: 'a', columns: ['attempt_id'], where: ofNone('a', '$4', '$5') },
  attemptColumns,
);

/** Cancels that are still to be sent, or sent again. */
export function cancelQueue(db: Database): CancelQueue {
  return {
    async claimCancels(nowS, limit, leaseMs, except = []) {
      const params = [nowS, limit, leaseMs, ...tenantParams(except)];
      const { rows } = await db.query<AttemptRow>(claimCancelsStatement, params);
      return rows.map(toAttempt);
    },
  };
}
