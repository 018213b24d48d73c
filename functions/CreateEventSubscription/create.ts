import type * as z from 'zod/mini';
import { createSubscription, type ManagePorts } from '../../shared/delivery/create-subscription.ts';
import { Failure } from '../../shared/errors.ts';
import { type Principal, requireOrganization } from '../../shared/runtime/api-keys.ts';
import type { Language } from '../../shared/runtime/language.ts';
import { isAdministrator } from '../../shared/runtime/scope.ts';
import type { request } from './request.ts';

interface CreateCall {
  principal: Principal;
  config: { readonly ESS_APP_ID: string };
  language: Language;
}

/** From a checked request to the subscription, with its secret for this once. */
export function create(
  asked: z.output<typeof request>,
  ports: ManagePorts,
  { principal, config, language }: CreateCall,
) {
  const { Kind, Url, EventTypes, Languages, Note, Secret } = asked;
  return createSubscription(ports, {
    owner: ownerOf(asked, principal, config.ESS_APP_ID, language),
    kind: Kind,
    url: Url,
    ...(EventTypes !== undefined && { eventTypes: EventTypes }),
    ...(Languages !== undefined && { languages: Languages }),
    ...(Note !== undefined && { note: Note }),
    ...(Secret !== undefined && { secret: Secret }),
    actor: `key:${principal.keyId}`,
    language,
  });
}

/** Whose events: null is everybody's. */
function ownerOf(
  { ProxyOrganizationOpenId, AllOrganizations }: z.output<typeof request>,
  principal: Principal,
  appId: string,
  language: Language,
): { appId: string; organization: string } | null {
  if (AllOrganizations) {
    if (!isAdministrator(principal)) throw new Failure('Forbidden', { detail: texts.adminOnly[language] });
    return null;
  }
  const { agent, organizations } = principal;
  const only = organizations?.length === 1 ? organizations[0] : undefined;
  const organization = ProxyOrganizationOpenId ?? agent?.ProxyOrganizationOpenId ?? only;
  if (organization === undefined) {
    const problems = [{ path: 'ProxyOrganizationOpenId', message: texts.whose[language] }];
    throw new Failure('InvalidRequest', { problems });
  }
  requireOrganization(principal, organization, language);
  return { appId, organization };
}

const texts = {
  adminOnly: {
    en: 'AllOrganizations needs a key with the role admin that is made for all organisations',
    zh: 'AllOrganizations 需要不限企业的 admin 角色密钥',
  },
  whose: {
    en: 'is missing: name the organisation whose events are wanted, or set AllOrganizations',
    zh: '缺失：请填写需要其事件的企业，或设置 AllOrganizations',
  },
} as const;
