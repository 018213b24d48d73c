import * as z from 'zod/mini';

/** Ways to sign in a `SIGN_SIGNATURE` component. */
const signatureWays = ['HANDWRITE', 'ESIGN', 'OCR_ESIGN', 'SYSTEM_ESIGN'] as const;

/** Narrows how one recipient of the template may sign. `Values` is compulsory in `ess`, optional in essbasic. */
export const ApproverComponentLimitType = z.strictObject({
  RecipientId: z.string().check(z.minLength(1)),
  Values: z.optional(z.array(z.enum(signatureWays))),
});
export type ApproverComponentLimitType = z.infer<typeof ApproverComponentLimitType>;
