import * as z from 'zod/mini';
import { eventTypes } from '../../shared/delivery/event-types.ts';
import { languages } from '../../shared/delivery/subscription.ts';
import { rotationGraceS } from '../../shared/delivery/subscription-secrets.ts';

/** What people may change of a subscription. What is left out stays; null takes a member away, or back to its default. */
export const request = z.strictObject({
  SubscriptionId: z.string().check(z.minLength(1), z.maxLength(64)),
  /** The version that the caller has seen: a change that somebody made since is not overwritten. */
  Version: z.int().check(z.minimum(1)),
  Url: z.optional(z.string().check(z.minLength(1))),
  EventTypes: z.optional(z.nullable(z.array(z.enum(eventTypes)).check(z.minLength(1)))),
  Languages: z.optional(z.array(z.enum(languages)).check(z.minLength(1), z.maxLength(2))),
  Note: z.optional(z.nullable(z.string().check(z.maxLength(1000)))),
  Enabled: z.optional(z.boolean()),
  /** A robot's. */
  Secret: z.optional(z.nullable(z.string().check(z.minLength(1), z.maxLength(200)))),
  /** Of standard-webhooks: makes a new secret, which the answer shows; the old one signs for `GraceS` more. */
  RotateSecret: z.optional(
    z.strictObject({
      GraceS: z.optional(z.int().check(z.minimum(0), z.maximum(rotationGraceS.max))),
    }),
  ),
});
