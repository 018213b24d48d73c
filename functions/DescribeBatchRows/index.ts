import * as z from 'zod/mini';
import { rowStates } from '../../shared/codes/batch/batch.ts';
import { listBatchRows, shownStates } from '../../shared/codes/batch/describe-batches.ts';
import { pageMembers } from '../../shared/list-cursor.ts';
import { csvList } from '../../shared/runtime/http/csv.ts';
import { batchReads } from '../../shared/store/batches/batch-reads.ts';
import { defined } from '../../shared/world.ts';
import { action } from '../action.ts';

/** What became of each row of a batch, and why. */
export const main_handler = action({
  name: 'DescribeBatchRows',
  csv: csvList(
    'Rows',
    'Row',
    'State',
    'CodeId',
    'ExternalId',
    'ProxyOrganizationOpenId',
    'Error.Code',
    'Error:text',
    'UpstreamRequestId',
    'Failures',
    'SettledOn:time',
  ),
  role: 'viewer',
  request: z.strictObject({
    BatchId: z.string().check(z.minLength(1), z.maxLength(64)),
    State: z.optional(z.enum(Object.values(shownStates))),
    ...pageMembers,
  }),
  needs: [],
  open: ({ db }) => ({ batches: batchReads(db) }),
  run: async ({ input: { BatchId, State, Limit, Cursor }, resources, caller: { scope } }) =>
    listBatchRows(resources, {
      batchId: BatchId,
      scope,
      ...defined({
        state: rowStates.find((state) => shownStates[state] === State),
        limit: Limit,
        cursor: Cursor,
      }),
    }),
});
