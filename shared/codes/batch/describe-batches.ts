import { Failure } from '../../errors.ts';
import { pageLimits, pageOf, readCursor } from '../../list-cursor.ts';
import { shownText } from '../../text.ts';
import type { Scope } from '../../world.ts';
import type { BatchRecord, RowRecord, RowState } from './batch.ts';
import type { BatchReads } from './ports.ts';

interface DescribePorts {
  batches: BatchReads;
}

interface Page {
  scope: Scope;
  limit?: number;
  cursor?: string;
}

/** @throws Failure `NotFound`, also for a batch that the caller may not see. */
export async function describeBatch({ batches }: DescribePorts, batchId: string, scope: Scope) {
  const found = await batches.find(batchId, scope);
  if (found === undefined) throw noBatch();
  return described(found);
}

/** One page, newest first. @throws Failure `InvalidRequest` for a cursor that is not of this list */
export async function listBatches(
  { batches }: DescribePorts,
  { scope, limit = pageLimits.default, cursor }: Page,
) {
  const filter = { of: 'batches' };
  const found = await batches.list({ scope, after: readCursor(cursor, filter), limit: limit + 1 });
  const { shown, NextCursor } = pageOf(found, limit, filter, ({ createdAtMs, batchId }) => ({
    atMs: createdAtMs,
    id: batchId,
  }));
  return { Batches: shown.map(described), NextCursor };
}

/** One page of what became of the rows of a batch, by their numbers. @throws Failure `NotFound`, `InvalidRequest` */
export async function listBatchRows(
  { batches }: DescribePorts,
  { batchId, state, scope, limit = pageLimits.default, cursor }: Page & { batchId: string; state?: RowState },
) {
  const batch = await batches.find(batchId, scope);
  if (batch === undefined) throw noBatch();
  const filter = { batchId, state };
  const after = readCursor(cursor, filter)?.atMs ?? 0;
  const found = await batches.rows(batchId, { state, after, limit: limit + 1 });
  const { shown, NextCursor } = pageOf(found, limit, filter, ({ number }) => ({ atMs: number, id: 'row' }));
  return { Rows: shown.map((row) => describedRow(row, batch.operation)), NextCursor };
}

type BatchState = 'Running' | 'Finished' | 'Cancelled';

function stateOf({ counts, cancelledAtS }: BatchRecord): BatchState {
  if (counts.waiting > 0) return 'Running';
  return cancelledAtS === null ? 'Finished' : 'Cancelled';
}

function described(batch: BatchRecord) {
  const { counts } = batch;
  const State = stateOf(batch);
  return {
    BatchId: batch.batchId,
    Operation: batch.operation,
    State,
    Organizations: batch.organizations,
    Actor: batch.actor,
    Total: batch.total,
    Waiting: counts.waiting,
    Done: counts.done,
    Failed: counts.failed,
    Unknown: counts.unknown,
    Cancelled: counts.cancelled,
    CreatedOn: Math.floor(batch.createdAtMs / 1000),
    CancelledOn: batch.cancelledAtS,
    FinishedOn: State === 'Running' ? null : batch.settledAtS,
  };
}

export const shownStates = {
  waiting: 'Waiting',
  done: 'Done',
  failed: 'Failed',
  unknown: 'Unknown',
  cancelled: 'Cancelled',
} as const satisfies Record<RowState, string>;

function describedRow(row: RowRecord, operation: BatchRecord['operation']) {
  const { state, errorCode, errorText } = row;
  const isThere = operation !== 'Create' || state === 'done' || state === 'unknown';
  return {
    Row: row.number,
    State: shownStates[state],
    CodeId: isThere ? row.codeId : null,
    ExternalId: row.externalId,
    ProxyOrganizationOpenId: row.organization,
    Error: errorCode === null || errorText === null ? null : { Code: errorCode, ...shownText(errorText) },
    UpstreamRequestId: row.upstreamRequestId,
    Failures: row.failures,
    SettledOn: row.settledAtS,
  };
}

export function noBatch(): Failure {
  return new Failure('NotFound', { detail: { zh: '没有这个批次', en: 'There is no such batch' } });
}
