import * as z from 'zod/mini';
import { eventTypes } from '../../shared/delivery/event-types.ts';
import { createSubscription } from '../../shared/delivery/subscriptions/create-subscription.ts';
import { subscriptionKinds } from '../../shared/delivery/subscriptions/subscription.ts';
import { Failure } from '../../shared/errors.ts';
import type { Principal } from '../../shared/runtime/http/api-keys.ts';
import type { Caller } from '../../shared/runtime/http/http-action.ts';
import { ownOrganization } from '../../shared/runtime/http/own-organization.ts';
import { languages } from '../../shared/text.ts';
import { defined } from '../../shared/world.ts';
import { action } from '../action.ts';
import { openSubscriptions, subscriptionVariables } from '../open-subscriptions.ts';

const texts = {
  oneOwner: {
    zh: 'ProxyOrganizationOpenId 与 AllOrganizations 不能同时填写',
    en: 'at most one of ProxyOrganizationOpenId and AllOrganizations may be given',
  },
  adminOnly: {
    zh: 'AllOrganizations 需要不限企业的 admin 角色密钥',
    en: 'AllOrganizations needs a key with the role admin that is made for all organisations',
  },
  whose: {
    zh: '缺失：请填写需要其事件的企业，或设置 AllOrganizations',
    en: 'is missing: name the organisation whose events are wanted, or set AllOrganizations',
  },
};

/** Where events go, and which. */
const request = z
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
      { params: texts.oneOwner },
    ),
  );

/** Has events sent to an address. The answer shows the secret this once. */
export const main_handler = action({
  name: 'CreateEventSubscription',
  role: 'operator',
  request,
  needs: subscriptionVariables,
  open: openSubscriptions,
  answerSeal: ({ seal }) => seal,
  run: async ({ input, resources, principal, caller, config, work }) =>
    createSubscription(resources, {
      owner: ownerOf(input, { principal, ...caller }, config.ESS_APP_ID),
      kind: input.Kind,
      url: input.Url,
      ...defined({
        eventTypes: input.EventTypes,
        languages: input.Languages,
        note: input.Note,
        secret: input.Secret,
      }),
      actor: caller.actor,
      work,
    }),
});

/** Whose events; null: those of all organisations. */
function ownerOf(
  { ProxyOrganizationOpenId, AllOrganizations }: z.output<typeof request>,
  { principal, isAdmin }: Pick<Caller, 'isAdmin'> & { principal: Principal },
  appId: string,
): { appId: string; organization: string } | null {
  if (AllOrganizations) {
    if (!isAdmin) throw new Failure('Forbidden', { detail: texts.adminOnly });
    return null;
  }
  return { appId, organization: ownOrganization(principal, ProxyOrganizationOpenId, texts.whose) };
}
