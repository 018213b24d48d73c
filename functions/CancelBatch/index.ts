import * as z from 'zod/mini';
import { describeBatch, noBatch } from '../../shared/codes/batch/describe-batches.ts';
import { batchReads } from '../../shared/store/batches/batch-reads.ts';
import { batchWrites } from '../../shared/store/batches/batch-writes.ts';
import { seconds } from '../../shared/world.ts';
import { action } from '../action.ts';

/** Ends a batch: what is not begun is not done any more. What is done stays. */
export const main_handler = action({
  name: 'CancelBatch',
  role: 'operator',
  request: z.strictObject({ BatchId: z.string().check(z.minLength(1), z.maxLength(64)) }),
  needs: [],
  open: ({ db }) => ({ batches: { ...batchReads(db), ...batchWrites(db) } }),
  async run({ input: { BatchId }, resources, caller: { scope, actor } }) {
    const nowS = seconds(resources.surroundings.nowMs());
    if (!(await resources.batches.cancel(BatchId, scope, nowS, actor))) throw noBatch();
    return describeBatch(resources, BatchId, scope);
  },
});
