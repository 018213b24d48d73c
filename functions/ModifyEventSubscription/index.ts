import * as z from 'zod/mini';
import { eventTypes } from '../../shared/delivery/event-types.ts';
import { modifySubscription } from '../../shared/delivery/subscriptions/modify-subscription.ts';
import { rotationGraceS } from '../../shared/delivery/subscriptions/subscription-secrets.ts';
import { versionCondition } from '../../shared/runtime/http/version-condition.ts';
import { languages } from '../../shared/text.ts';
import { defined } from '../../shared/world.ts';
import { action } from '../action.ts';
import { openSubscriptions, subscriptionVariables } from '../open-subscriptions.ts';

/** Changes a subscription: address, types, texts, enabled or not; or gives it a new secret beside the old one. */
export const main_handler = action({
  name: 'ModifyEventSubscription',
  condition: versionCondition,
  role: 'operator',
  /** What people may change. What is left out stays; null takes a member away, or back to its default. */
  request: z.strictObject({
    SubscriptionId: z.string().check(z.minLength(1), z.maxLength(64)),
    /** The version that the caller has seen: a later change is not overwritten. */
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
  }),
  needs: subscriptionVariables,
  open: openSubscriptions,
  answerSeal: ({ seal }) => seal,
  run: async ({ input, resources, caller }) =>
    modifySubscription(resources, {
      subscriptionId: input.SubscriptionId,
      version: input.Version,
      ...caller,
      changes: defined({
        url: input.Url,
        eventTypes: input.EventTypes,
        languages: input.Languages,
        note: input.Note,
        enabled: input.Enabled,
        secret: input.Secret,
        rotate: input.RotateSecret && defined({ graceS: input.RotateSecret.GraceS }),
      }),
    }),
});
