import type * as z from 'zod/mini';
import { type CancelCodePorts, cancelCode } from '../../shared/codes/cancel-code.ts';
import { actingOf } from '../../shared/codes/code.ts';
import { codeKeyOf } from '../../shared/codes/code-key.ts';
import type { Principal } from '../../shared/runtime/api-keys.ts';
import { scopeOf } from '../../shared/runtime/scope.ts';
import type { request } from './request.ts';

/** The last part of the time is for writing down what was answered. */
const settlingMs = 2_500;

interface CancelCall {
  principal: Principal;
  config: { readonly ESS_APP_ID: string };
  deadlineMs: number;
  trace: { upstreamRequestId?: string };
}

/** From a checked request to the members of the answer. */
export async function cancel(
  { Agent, ...ids }: z.output<typeof request>,
  ports: CancelCodePorts,
  { principal, config, deadlineMs, trace }: CancelCall,
) {
  const acting = actingOf(Agent);
  const command = {
    key: codeKeyOf(ids),
    scope: scopeOf(principal, config.ESS_APP_ID),
    ...(acting !== undefined && { acting }),
    actor: `key:${principal.keyId}`,
  };
  const cancelled = await cancelCode(ports, command, deadlineMs - settlingMs);
  if (cancelled.upstreamRequestId !== null) trace.upstreamRequestId = cancelled.upstreamRequestId;
  return {
    CodeId: cancelled.code?.codeId ?? null,
    AlreadyInvalid: cancelled.alreadyInvalid,
    CancelledQrCodeIds: cancelled.cancelledQrCodeIds,
  };
}
