import * as z from 'zod/mini';
import { UserInfo } from './UserInfo.ts';

/**
 * The struct as upstream declares it: `AppId` alone is marked as required. The actions that concern us also
 * need the organisation and its operator, see {@link ActingAgent}.
 */
export const Agent = z.strictObject({
  AppId: z.string().check(z.minLength(1)),
  ProxyOrganizationOpenId: z.optional(z.string().check(z.maxLength(64))),
  ProxyOperator: z.optional(UserInfo),
  ProxyAppId: z.optional(z.string()),
  ProxyOrganizationId: z.optional(z.string()),
});
export type Agent = z.infer<typeof Agent>;

/** A {@link UserInfo} that says who it is. */
export const ActingOperator = z.extend(UserInfo, {
  OpenId: z.string().check(z.minLength(1), z.maxLength(64)),
});

/** An {@link Agent} that says for whom it acts, as the texts of the actions demand it. */
export const ActingAgent = z.extend(Agent, {
  ProxyOrganizationOpenId: z.string().check(z.minLength(1), z.maxLength(64)),
  ProxyOperator: ActingOperator,
});
export type ActingAgent = z.infer<typeof ActingAgent>;
