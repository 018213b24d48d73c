import * as z from 'zod/mini';
import { eventTypes } from '../../shared/delivery/event-types.ts';
import { languages, subscriptionKinds } from '../../shared/delivery/subscription.ts';

const oneOwner = {
  zh: 'ProxyOrganizationOpenId 与 AllOrganizations 不能同时填写',
  en: 'at most one of ProxyOrganizationOpenId and AllOrganizations may be given',
};

/** Where events go, and which. */
export const request = z
  .strictObject({
    Kind: z.enum(subscriptionKinds),
    Url: z.string().check(z.minLength(1)),
    /** Whose events; left out: those of the key's own organisation. */
    ProxyOrganizationOpenId: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
    /** An administrator's. */
    AllOrganizations: z.optional(z.literal(true)),
    /** Left out: all types, those to come included; for robots and plain webhooks all alarms. */
    EventTypes: z.optional(z.array(z.enum(eventTypes)).check(z.minLength(1))),
    /** Of a robot's texts. */
    Languages: z.optional(z.array(z.enum(languages)).check(z.minLength(1), z.maxLength(2))),
    Note: z.optional(z.string().check(z.maxLength(1000))),
    /** That the robot's chat shows: of feishu and dingtalk. */
    Secret: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  })
  .check(
    z.refine(
      ({ ProxyOrganizationOpenId, AllOrganizations }) =>
        ProxyOrganizationOpenId === undefined || AllOrganizations === undefined,
      { params: oneOwner },
    ),
  );
