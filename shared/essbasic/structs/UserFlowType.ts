import * as z from 'zod/mini';

/** The kind of contract (for example 入职合同) under which a template is filed. */
export const UserFlowType = z.looseObject({
  UserFlowTypeId: z.optional(z.string()),
  Name: z.optional(z.string()),
  Description: z.optional(z.string()),
});
export type UserFlowType = z.infer<typeof UserFlowType>;
