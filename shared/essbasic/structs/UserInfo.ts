import * as z from 'zod/mini';

/** A person of an organisation, under the id that the platform gave them. Every member is optional upstream. */
export const UserInfo = z.strictObject({
  OpenId: z.optional(z.string().check(z.maxLength(64))),
  Channel: z.optional(z.string()),
  CustomUserId: z.optional(z.string()),
  ClientIp: z.optional(z.string()),
  ProxyIp: z.optional(z.string()),
});
export type UserInfo = z.infer<typeof UserInfo>;
