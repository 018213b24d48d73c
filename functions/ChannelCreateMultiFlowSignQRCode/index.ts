import * as z from 'zod/mini';
import type { Code } from '../../shared/codes/code.ts';
import { createCode } from '../../shared/codes/life/create-code.ts';
import { createdAnswer, foundAnswer } from '../../shared/codes/life/created-answer.ts';
import { dryRun } from '../../shared/codes/life/dry-run.ts';
import { RenewalPolicyInput } from '../../shared/codes/renewal/renewal-policy.ts';
import {
  ChannelCreateMultiFlowSignQRCode,
  type CreateResponse,
  request as upstreamRequest,
} from '../../shared/essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { callbackBaseUrl, callbackUrlVariables } from '../../shared/runtime/config.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { creationReads } from '../../shared/store/register/register-reads.ts';
import { creationWrites } from '../../shared/store/register/register-transactions.ts';
import { upstreamVariables } from '../../shared/upstream/upstream-variables.ts';
import { defined, seconds } from '../../shared/world.ts';
import { action } from '../action.ts';
import { openUpstream, speaking } from '../open-upstream.ts';

/** Creates a code that is remembered, renewed and counted; with `DryRun` it only says whether it would. */
export const main_handler = action({
  name: ChannelCreateMultiFlowSignQRCode.name,
  role: 'operator',
  /** Upstream's request, and what qianma keeps or does beside it. */
  request: z.extend(upstreamRequest, {
    /** Check everything, the template included, and create nothing. */
    DryRun: z.optional(z.boolean()),
    RenewalPolicy: z.optional(RenewalPolicyInput),
    ExternalId: z.optional(z.nullable(z.string())),
    Labels: z.optional(z.array(z.string())),
    Note: z.optional(z.nullable(z.string())),
  }),
  needs: ['REGISTER_KEYS', ...callbackUrlVariables, ...upstreamVariables],
  open: ({ config, db, thawed }) => ({
    register: { ...creationReads(db), ...creationWrites(db) },
    upstream: openUpstream(config, { db, thawed }, 'interactive'),
    seal: createSeal(config.REGISTER_KEYS),
    publicBaseUrl: config.PUBLIC_BASE_URL,
    callbackBaseUrl: callbackBaseUrl(config),
  }),
  changes: ({ DryRun }) => DryRun !== true,
  async run(event) {
    const { DryRun, RenewalPolicy, ExternalId, Labels, Note, ...request } = event.input;
    const { resources, work, caller } = event;
    const { register, publicBaseUrl, surroundings } = resources;
    const ports = { ...resources, upstream: speaking(resources.upstream, event) };
    const command = {
      request,
      ...defined({ policy: RenewalPolicy }),
      members: { externalId: ExternalId ?? null, labels: Labels ?? [], note: Note ?? null },
      actor: caller.actor,
      codeId: work?.workId,
      rememberedAs:
        work &&
        ((code: Code, response: CreateResponse) =>
          work.rememberedAs(createdAnswer(code, response, publicBaseUrl))),
    };
    if (DryRun === true) {
      return dryRun(ports.upstream, command, seconds(surroundings.nowMs()), event);
    }
    if (work?.takenOver === true) {
      const found = await register.findCreated(work.workId);
      if (found !== undefined) return foundAnswer(found, publicBaseUrl);
    }
    const { code, response, upstreamRequestId } = await createCode(ports, command, event.deadlineMs);
    event.facts.upstreamRequestId = upstreamRequestId;
    return createdAnswer(code, response, publicBaseUrl);
  },
});
