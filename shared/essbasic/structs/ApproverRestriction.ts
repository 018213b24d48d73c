import * as z from 'zod/mini';

/** Kinds of identity document that essbasic names. The sibling product `ess` knows the first alone. */
const idCardTypes = ['ID_CARD', 'HONGKONG_AND_MACAO', 'HONGKONG_MACAO_AND_TAIWAN'] as const;

/**
 * A person who may scan. Upstream rejects a person who matches none of the restrictions.
 * No document says which members must come together; the examples give name and mobile.
 */
export const ApproverRestriction = z.strictObject({
  Name: z.optional(z.string()),
  Mobile: z.optional(z.string().check(z.regex(/^(?:\d{11})?$/))),
  IdCardType: z.optional(z.enum(['', ...idCardTypes])),
  IdCardNumber: z.optional(z.string().check(z.regex(/^[0-9A-Z()（）]*$/))),
});
export type ApproverRestriction = z.infer<typeof ApproverRestriction>;
