import * as z from 'zod/mini';
import { mostRows } from '../../shared/codes/batch/batch.ts';
import { describeBatch } from '../../shared/codes/batch/describe-batches.ts';
import { makeCreateBatch } from '../../shared/codes/batch/make-batch.ts';
import { RenewalPolicyInput } from '../../shared/codes/renewal/renewal-policy.ts';
import { request as upstreamRequest } from '../../shared/essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { callbackUrlVariables } from '../../shared/runtime/config.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { batchReads } from '../../shared/store/batches/batch-reads.ts';
import { batchWrites } from '../../shared/store/batches/batch-writes.ts';
import { upstreamVariables } from '../../shared/upstream/upstream-variables.ts';
import { defined } from '../../shared/world.ts';
import { action } from '../action.ts';
import { beginBatch } from '../begin-batch.ts';
import { openUpstream, speaking } from '../open-upstream.ts';

/** A create without its `Agent`, which is the batch's. */
const Row = z.extend(z.omit(upstreamRequest, { Agent: true, Operator: true }), {
  RenewalPolicy: z.optional(RenewalPolicyInput),
  ExternalId: z.optional(z.nullable(z.string())),
  Labels: z.optional(z.array(z.string())),
  Note: z.optional(z.nullable(z.string())),
});

/** Creates a code for each row. All rows are checked before the first is begun; each is created once, or says why not. */
export const main_handler = action({
  name: 'BatchCreateMultiFlowSignQRCode',
  role: 'operator',
  request: z.extend(z.pick(upstreamRequest, { Agent: true }), {
    Rows: z.array(Row).check(z.minLength(1), z.maxLength(mostRows)),
    /** Check everything, the templates included, and create nothing. */
    DryRun: z.optional(z.boolean()),
  }),
  needs: ['REGISTER_KEYS', ...callbackUrlVariables, ...upstreamVariables],
  open: ({ config, ...basis }) => ({
    seal: createSeal(config.REGISTER_KEYS),
    batches: { ...batchReads(basis.db), ...batchWrites(basis.db) },
    upstream: openUpstream(config, basis, 'interactive'),
  }),
  changes: ({ DryRun }) => DryRun !== true,
  async run(event) {
    const { input, resources, caller, config, work } = event;
    const { Agent, Rows, DryRun = false } = input;
    const commands = Rows.map(({ RenewalPolicy, ExternalId, Labels, Note, ...row }) => ({
      request: { ...row, Agent },
      members: { externalId: ExternalId ?? null, labels: Labels ?? [], note: Note ?? null },
      ...defined({ policy: RenewalPolicy }),
    }));
    const ports = {
      ...resources,
      upstream: speaking(resources.upstream, event),
    };
    const batchId = await makeCreateBatch(
      ports,
      commands,
      { ...caller, work },
      { call: event, dryRun: DryRun },
    );
    if (batchId === undefined) return { DryRun: true, Total: commands.length };
    await beginBatch(config, resources, batchId, event);
    return describeBatch(resources, batchId, caller.scope);
  },
});
