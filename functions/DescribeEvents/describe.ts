import type * as z from 'zod/mini';
import { describeDeliveries, storedStates } from '../../shared/delivery/describe-deliveries.ts';
import type { DeliveryReads, Scope } from '../../shared/delivery/ports.ts';
import type { request } from './request.ts';

export function describe(asked: z.output<typeof request>, deliveries: DeliveryReads, scope: Scope) {
  const { EventId, CodeId, EventType, SubscriptionId, State, From, To, Limit, Cursor } = asked;
  return describeDeliveries(deliveries, {
    filter: {
      ...(EventId !== undefined && { eventId: EventId }),
      ...(CodeId !== undefined && { codeId: CodeId }),
      ...(EventType !== undefined && { eventType: EventType }),
      ...(SubscriptionId !== undefined && { subscriptionId: SubscriptionId }),
      ...(State !== undefined && { state: storedStates[State] }),
      ...(From !== undefined && { fromMs: From * 1000 }),
      ...(To !== undefined && { toMs: To * 1000 }),
    },
    scope,
    ...(Limit !== undefined && { limit: Limit }),
    ...(Cursor !== undefined && { cursor: Cursor }),
  });
}
