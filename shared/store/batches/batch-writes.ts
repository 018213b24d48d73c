import type { BatchWrites } from '../../codes/batch/ports.ts';
import { recordAudit } from '../access/audit.ts';
import type { Database } from '../postgres/database.ts';
import { isOver } from '../postgres/leases.ts';
import { repeatableTransaction } from '../postgres/repeatable-transaction.ts';
import { defer, insertStatement } from '../postgres/statements.ts';
import { timeOf } from '../register/register-rows.ts';

/** Making and ending batches. */
export function batchWrites(db: Database): BatchWrites {
  return {
    insert: (batch, rows, entry) =>
      repeatableTransaction(db, async (tx) => {
        const createdAt = timeOf(batch.createdAtMs / 1000);
        await defer(
          tx,
          insertStatement('batches', {
            batch_id: batch.batchId,
            app_id: batch.appId,
            organizations: batch.organizations,
            operation: batch.operation,
            actor: batch.actor,
            total: batch.total,
            created_at: createdAt,
          }),
        );
        await tx.query(
          `insert into batch_rows (batch_id, number, app_id, organization, code_id, external_id, sealed, state, failures,
             due_at, begun, lease_token)
           select $1, r.number, $2, r.organization, r.code_id, r.external_id, r.sealed, 'waiting', 0, $3::timestamptz, false, 0
           from unnest($4::int[], $5::text[], $6::text[], $7::text[], $8::text[])
             as r (number, organization, code_id, external_id, sealed)`,
          [
            batch.batchId,
            batch.appId,
            // What is due is compared with whole seconds.
            timeOf(Math.floor(batch.createdAtMs / 1000)),
            rows.map(({ number }) => number),
            rows.map(({ organization }) => organization),
            rows.map(({ codeId }) => codeId),
            rows.map(({ externalId }) => externalId),
            rows.map(({ sealed }) => sealed),
          ],
        );
        await recordAudit(tx, entry);
      }),

    cancel: (batchId, scope, nowS, actor) =>
      repeatableTransaction(db, async (tx) => {
        const { rowCount } = await tx.query(
          `update batches set cancelled_at = coalesce(cancelled_at, $2::timestamptz) where batch_id = $1
             and ($3::text is null or (app_id = $3 and organizations <@ $4::text[]))`,
          [batchId, timeOf(nowS), scope?.appId ?? null, scope?.organizations ?? null],
        );
        if (rowCount === 0) return false;
        const { rowCount: ended } = await tx.query(
          `update batch_rows r set state = 'cancelled', sealed = null, settled_at = $2::timestamptz
           from batches b where b.batch_id = r.batch_id
             and r.batch_id = $1 and r.state = 'waiting' and not r.begun
             -- Who holds a row is turned away when it begins; a cancel of a code begins unasked.
             and (b.operation <> 'Cancel' or ${isOver('r.lease_until')})`,
          [batchId, timeOf(nowS)],
        );
        const reason = `${ended} rows`;
        await recordAudit(tx, { actor, action: 'batch.cancelled', subject: batchId, reason });
        return true;
      }),
  };
}
