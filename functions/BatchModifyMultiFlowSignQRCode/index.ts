import * as z from 'zod/mini';
import { batchChanges, mostRows } from '../../shared/codes/batch/batch.ts';
import { describeBatch } from '../../shared/codes/batch/describe-batches.ts';
import { makeChangeBatch } from '../../shared/codes/batch/make-batch.ts';
import type { Selection } from '../../shared/codes/batch/ports.ts';
import { textFilter } from '../../shared/list-cursor.ts';
import { callbackUrlVariables } from '../../shared/runtime/config.ts';
import { batchReads } from '../../shared/store/batches/batch-reads.ts';
import { batchWrites } from '../../shared/store/batches/batch-writes.ts';
import { upstreamVariables } from '../../shared/upstream/upstream-variables.ts';
import { defined } from '../../shared/world.ts';
import { action } from '../action.ts';
import { beginBatch } from '../begin-batch.ts';

const oneSelection = {
  zh: 'Label、ExternalIds、CodeIds 必须且只能填写一个',
  en: 'exactly one of Label, ExternalIds and CodeIds must be given',
};
const organizationOfLabel = {
  zh: 'ProxyOrganizationOpenId 只能与 Label 同时填写',
  en: 'ProxyOrganizationOpenId may be given together with Label alone',
};

const names = z.optional(
  z.array(z.string().check(z.minLength(1), z.maxLength(128))).check(z.minLength(1), z.maxLength(mostRows)),
);

interface Chosen {
  Label?: string | undefined;
  ExternalIds?: readonly string[] | undefined;
  CodeIds?: readonly string[] | undefined;
  ProxyOrganizationOpenId?: string | undefined;
}

/** Pauses, resumes, renews or cancels many codes, each of them once. */
export const main_handler = action({
  name: 'BatchModifyMultiFlowSignQRCode',
  role: 'operator',
  request: z
    .strictObject({
      Operation: z.enum(batchChanges),
      /** Of the codes with this label that are not cancelled. */
      Label: textFilter,
      /** Of the label's codes those of this organisation. */
      ProxyOrganizationOpenId: textFilter,
      ExternalIds: names,
      CodeIds: names,
    })
    .check(
      z.refine(
        ({ Label, ExternalIds, CodeIds }: Chosen) =>
          [Label, ExternalIds, CodeIds].filter((one) => one !== undefined).length === 1,
        { params: oneSelection },
      ),
      z.refine(
        ({ Label, ProxyOrganizationOpenId }: Chosen) =>
          ProxyOrganizationOpenId === undefined || Label !== undefined,
        { params: organizationOfLabel },
      ),
    ),
  needs: ['REGISTER_KEYS', ...callbackUrlVariables, ...upstreamVariables],
  open: ({ db }) => ({ batches: { ...batchReads(db), ...batchWrites(db) } }),
  async run(event) {
    const { input, resources, caller, config, work } = event;
    const command = {
      operation: input.Operation,
      selection: selectionOf(input),
      appId: config.ESS_APP_ID,
    };
    const batchId = await makeChangeBatch(resources, command, { ...caller, work });
    await beginBatch(config, resources, batchId, event);
    return describeBatch(resources, batchId, caller.scope);
  },
});

function selectionOf({ Label, ExternalIds, CodeIds, ProxyOrganizationOpenId }: Chosen): Selection {
  if (Label !== undefined) {
    return { by: 'Label', value: Label, ...defined({ organization: ProxyOrganizationOpenId }) };
  }
  if (ExternalIds !== undefined) return { by: 'ExternalIds', values: ExternalIds };
  return { by: 'CodeIds', values: CodeIds ?? [] };
}
