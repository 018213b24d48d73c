import type * as z from 'zod/mini';
import { type CreateCodePorts, createCode } from '../../shared/codes/create-code.ts';
import { createdAnswer, foundAnswer } from '../../shared/codes/created-answer.ts';
import { dryRun } from '../../shared/codes/dry-run.ts';
import type { RegisterReads } from '../../shared/codes/ports.ts';
import type { Principal } from '../../shared/runtime/api-keys.ts';
import type { Work } from '../../shared/runtime/idempotent-answer.ts';
import type { Language } from '../../shared/runtime/language.ts';
import type { request } from './request.ts';

/** The last part of the time is for writing down what was answered. */
const settlingMs = 2_500;

export interface CreateResources extends Omit<CreateCodePorts, 'register'> {
  register: CreateCodePorts['register'] & RegisterReads;
  publicBaseUrl: string;
}

interface CreateCall {
  principal: Principal;
  work: Work | undefined;
  deadlineMs: number;
  language: Language;
  trace: { upstreamRequestId?: string };
}

/** From a checked request to the members of the answer. */
export async function create(
  asked: z.output<typeof request>,
  resources: CreateResources,
  call: CreateCall,
): Promise<object> {
  const { DryRun, RenewalPolicy, ExternalId, Labels, Note, ...upstreamRequest } = asked;
  const { work, deadlineMs, trace, principal } = call;
  const { register, publicBaseUrl, upstream, surroundings } = resources;
  const command = {
    request: upstreamRequest,
    ...(RenewalPolicy !== undefined && { policy: RenewalPolicy }),
    members: { externalId: ExternalId ?? null, labels: Labels ?? [], note: Note ?? null },
    actor: `key:${principal.keyId}`,
    codeId: work?.workId,
  };
  if (DryRun === true) return dryRun(upstream, command, Math.floor(surroundings.nowMs() / 1000), call);
  if (work?.takenOver === true) {
    const found = await register.find({ by: 'CodeId', value: work.workId }, null);
    if (found !== undefined) return foundAnswer(found, publicBaseUrl);
  }
  const { code, response, upstreamRequestId } = await createCode(resources, command, deadlineMs - settlingMs);
  trace.upstreamRequestId = upstreamRequestId;
  return createdAnswer(code, response, publicBaseUrl);
}
