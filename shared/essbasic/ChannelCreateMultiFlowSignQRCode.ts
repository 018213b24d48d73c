import * as z from 'zod/mini';
import type { Action, RequestOf, ResponseOf } from './action.ts';
import { api } from './api.ts';
import { limits } from './create-limits.ts';
import { ActingAgent } from './structs/Agent.ts';
import { ApproverComponentLimitType } from './structs/ApproverComponentLimitType.ts';
import { ApproverRestriction } from './structs/ApproverRestriction.ts';
import { SignQrCode } from './structs/SignQrCode.ts';
import { SignUrl } from './structs/SignUrl.ts';
import { UserInfo } from './structs/UserInfo.ts';

export { limits } from './create-limits.ts';

const count = z.int().check(z.minimum(0));

/** The seed document and the current one together; what the current one hides is still accepted upstream. */
export const request = z.strictObject({
  Agent: ActingAgent,
  TemplateId: z.string().check(z.minLength(1)),
  // The documents allow Chinese, letters, digits and the underscore, yet a successful example of `ess` has a hyphen.
  FlowName: z.string().check(z.minLength(1), z.maxLength(limits.FlowName.maxLength)),
  MaxFlowNum: z.optional(count),
  FlowEffectiveDay: z.optional(count.check(z.maximum(limits.FlowEffectiveDay.max))),
  FlowDisplayType: z.optional(z.int().check(z.minimum(0), z.maximum(3))),
  QrEffectiveDay: z.optional(count.check(z.maximum(limits.QrEffectiveDay.max))),
  Restrictions: z.optional(z.array(ApproverRestriction)),
  ApproverComponentLimitTypes: z.optional(z.array(ApproverComponentLimitType)),
  CallbackUrl: z.optional(z.string().check(z.maxLength(limits.CallbackUrl.maxLength))),
  ApproverRestrictions: z.optional(ApproverRestriction),
  Operator: z.optional(UserInfo),
  ForbidPersonalMultipleSign: z.optional(z.boolean()),
  FlowNameAppendScannerInfo: z.optional(z.boolean()),
  QrCodeName: z.optional(z.string().check(z.maxLength(limits.QrCodeName.maxLength))),
  QrCodeExpiredOn: z.optional(count),
});

export const response = z.looseObject({ QrCode: SignQrCode, SignUrls: z.optional(SignUrl) });

export const ChannelCreateMultiFlowSignQRCode = {
  name: 'ChannelCreateMultiFlowSignQRCode',
  request,
  response,
  requestsPerSecond: api.requestsPerSecond,
  repeatable: false,
} as const satisfies Action;

export type CreateRequest = RequestOf<typeof ChannelCreateMultiFlowSignQRCode>;
export type CreateResponse = ResponseOf<typeof ChannelCreateMultiFlowSignQRCode>;

const secondsPerDay = 86_400;

/**
 * The limits that a code really gets: what was asked for, or the documented default.
 *
 * Which of `QrCodeExpiredOn` and `QrEffectiveDay` wins is not documented; the newer one is assumed to.
 */
export function effectiveLimits(asked: Partial<CreateRequest>, createdAtS: number) {
  const days = asked.QrEffectiveDay || limits.QrEffectiveDay.default;
  return {
    maxFlowNum: asked.MaxFlowNum || limits.MaxFlowNum.default,
    flowEffectiveDays: asked.FlowEffectiveDay || limits.FlowEffectiveDay.default,
    /** Unix seconds. */
    expiresAtS: asked.QrCodeExpiredOn || createdAtS + days * secondsPerDay,
    /** The farthest end that upstream permits. Unix seconds. */
    farthestExpiryS: createdAtS + limits.QrCodeExpiredOn.maxDays * secondsPerDay,
  };
}
