import type * as z from 'zod/mini';
import type { ManagePorts } from '../../shared/delivery/create-subscription.ts';
import { modifySubscription } from '../../shared/delivery/modify-subscription.ts';
import type { Principal } from '../../shared/runtime/api-keys.ts';
import type { Language } from '../../shared/runtime/language.ts';
import { isAdministrator, scopeOf } from '../../shared/runtime/scope.ts';
import type { request } from './request.ts';

interface ModifyCall {
  principal: Principal;
  config: { readonly ESS_APP_ID: string };
  language: Language;
}

/** From a checked request to the subscription as it is afterwards. */
export function modify(
  asked: z.output<typeof request>,
  ports: ManagePorts,
  { principal, config, language }: ModifyCall,
) {
  const { SubscriptionId, Version, Url, EventTypes, Languages, Note, Enabled, Secret, RotateSecret } = asked;
  return modifySubscription(ports, {
    subscriptionId: SubscriptionId,
    version: Version,
    scope: scopeOf(principal, config.ESS_APP_ID),
    isAdmin: isAdministrator(principal),
    actor: `key:${principal.keyId}`,
    language,
    changes: {
      ...(Url !== undefined && { url: Url }),
      ...(EventTypes !== undefined && { eventTypes: EventTypes }),
      ...(Languages !== undefined && { languages: Languages }),
      ...(Note !== undefined && { note: Note }),
      ...(Enabled !== undefined && { enabled: Enabled }),
      ...(Secret !== undefined && { secret: Secret }),
      ...(RotateSecret !== undefined && {
        rotate: RotateSecret.GraceS === undefined ? {} : { graceS: RotateSecret.GraceS },
      }),
    },
  });
}
