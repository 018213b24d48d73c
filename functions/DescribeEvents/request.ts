import * as z from 'zod/mini';
import { deliveryStates } from '../../shared/delivery/delivery.ts';
import { pageLimits } from '../../shared/delivery/describe-subscriptions.ts';
import { eventTypes, testType } from '../../shared/delivery/event-types.ts';

const id = z.optional(z.string().check(z.minLength(1), z.maxLength(64)));
const time = z.optional(z.int().check(z.minimum(0), z.maximum(8.64e12)));

/** A page of what a filter lets through, newest first. */
export const request = z.strictObject({
  EventId: id,
  CodeId: id,
  EventType: z.optional(z.enum([...eventTypes, testType])),
  SubscriptionId: id,
  State: z.optional(z.enum(deliveryStates)),
  /** Unix seconds of what happened; `To` is not included. */
  From: time,
  To: time,
  Limit: z.optional(z.int().check(z.minimum(1), z.maximum(pageLimits.max))),
  Cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(500))),
});
