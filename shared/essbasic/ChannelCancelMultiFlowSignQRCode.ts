import * as z from 'zod/mini';
import type { Action, RequestOf } from './action.ts';
import { api } from './api.ts';
import { ActingAgent } from './structs/Agent.ts';
import { UserInfo } from './structs/UserInfo.ts';

export const request = z.strictObject({
  Agent: ActingAgent,
  QrCodeId: z.string().check(z.minLength(1)),
  Operator: z.optional(UserInfo),
});

export const response = z.looseObject({});

/**
 * Not idempotent by its answer: a code that is already dead is refused with `OperationDenied.QrInvalid`, which
 * the published list of codes omits and the published example shows. By its effect it is: dead stays dead, so
 * a cancel may be repeated.
 */
export const ChannelCancelMultiFlowSignQRCode = {
  name: 'ChannelCancelMultiFlowSignQRCode',
  request,
  response,
  requestsPerSecond: api.requestsPerSecond,
  repeatable: true,
} as const satisfies Action;

export type CancelRequest = RequestOf<typeof ChannelCancelMultiFlowSignQRCode>;
