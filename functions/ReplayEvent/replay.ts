import type * as z from 'zod/mini';
import { type ReplayPorts, replayEvents } from '../../shared/delivery/replay-events.ts';
import type { Principal } from '../../shared/runtime/api-keys.ts';
import type { Language } from '../../shared/runtime/language.ts';
import { isAdministrator, scopeOf } from '../../shared/runtime/scope.ts';
import type { request } from './request.ts';

interface ReplayCall {
  principal: Principal;
  config: { readonly ESS_APP_ID: string };
  language: Language;
}

/** From a checked request to how many deliveries are due again. */
export function replay(
  asked: z.output<typeof request>,
  ports: ReplayPorts,
  { principal, config, language }: ReplayCall,
) {
  const { EventId, DeliveryId, SubscriptionId, CodeId, From, To, DeadLetters } = asked;
  return replayEvents(ports, {
    selection: {
      ...(EventId !== undefined && { eventId: EventId }),
      ...(DeliveryId !== undefined && { deliveryId: DeliveryId }),
      ...(SubscriptionId !== undefined && { subscriptionId: SubscriptionId }),
      ...(CodeId !== undefined && { codeId: CodeId }),
      ...(From !== undefined && { fromMs: From * 1000 }),
      ...(To !== undefined && { toMs: To * 1000 }),
      ...(DeadLetters !== undefined && { deadLetters: DeadLetters }),
    },
    scope: scopeOf(principal, config.ESS_APP_ID),
    isAdmin: isAdministrator(principal),
    actor: `key:${principal.keyId}`,
    language,
  });
}
