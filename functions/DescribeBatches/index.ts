import * as z from 'zod/mini';
import { describeBatch, listBatches } from '../../shared/codes/batch/describe-batches.ts';
import { pageMembers, textFilter } from '../../shared/list-cursor.ts';
import { batchReads } from '../../shared/store/batches/batch-reads.ts';
import { defined } from '../../shared/world.ts';
import { action } from '../action.ts';

const oneOrMany = {
  zh: 'BatchId 不能与 Limit、Cursor 同时使用',
  en: 'BatchId may not be given beside Limit and Cursor',
};

/** Batches and how far they are: one, or a page, newest first. */
export const main_handler = action({
  name: 'DescribeBatches',
  role: 'viewer',
  request: z.strictObject({ BatchId: textFilter, ...pageMembers }).check(
    z.refine(
      ({ BatchId, Limit, Cursor }) => BatchId === undefined || (Limit === undefined && Cursor === undefined),
      {
        params: oneOrMany,
      },
    ),
  ),
  needs: [],
  open: ({ db }) => ({ batches: batchReads(db) }),
  async run({ input: { BatchId, Limit, Cursor }, resources, caller: { scope } }) {
    if (BatchId !== undefined) {
      return { Batches: [await describeBatch(resources, BatchId, scope)], NextCursor: null };
    }
    return listBatches(resources, { scope, ...defined({ limit: Limit, cursor: Cursor }) });
  },
});
