import * as z from 'zod/mini';

export const recipientTypes = ['ENTERPRISE', 'INDIVIDUAL', 'PROMOTER'] as const;

/** A party of a template. Types that upstream may add later pass. */
export const Recipient = z.looseObject({
  RecipientId: z.optional(z.string()),
  /** One of {@link recipientTypes}. */
  RecipientType: z.optional(z.string()),
  Description: z.optional(z.string()),
  RoleName: z.optional(z.string()),
  RequireValidation: z.optional(z.boolean()),
  RequireSign: z.optional(z.boolean()),
  SignType: z.optional(z.int()),
  /** The smaller, the earlier. The published unordered template has -1 everywhere. */
  RoutingOrder: z.optional(z.int()),
  IsPromoter: z.optional(z.boolean()),
  ApproverVerifyTypes: z.optional(z.array(z.int())),
  ApproverSignTypes: z.optional(z.array(z.int())),
  NoTransfer: z.optional(z.boolean()),
});
export type Recipient = z.infer<typeof Recipient>;
