import * as z from 'zod/mini';
import { RenewalPolicyInput } from '../../shared/codes/renewal-policy.ts';
import {
  limits,
  request as upstreamRequest,
} from '../../shared/contract/ChannelCreateMultiFlowSignQRCode.ts';

const webAddress = { zh: '应为 http 或 https 网址', en: 'must be an http or https URL' };

/** Upstream takes any text and finds out when the first scan fails; here it is an address, or empty for none. */
const CallbackUrl = z.string().check(
  z.maxLength(limits.CallbackUrl.maxLength),
  z.refine((text) => text === '' || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)), {
    params: webAddress,
  }),
);

/** Upstream's request, and what qianma keeps or does beside it. */
export const request = z.extend(upstreamRequest, {
  CallbackUrl: z.optional(CallbackUrl),
  /** Check everything, the template included, and create nothing. */
  DryRun: z.optional(z.boolean()),
  RenewalPolicy: z.optional(RenewalPolicyInput),
  ExternalId: z.optional(z.nullable(z.string())),
  Labels: z.optional(z.array(z.string())),
  Note: z.optional(z.nullable(z.string())),
});
