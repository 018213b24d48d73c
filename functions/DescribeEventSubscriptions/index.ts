import * as z from 'zod/mini';
import { describeSubscriptions } from '../../shared/delivery/subscriptions/describe-subscriptions.ts';
import { pageMembers } from '../../shared/list-cursor.ts';
import { versionOfOne } from '../../shared/runtime/http/version-condition.ts';
import { deliveryReads } from '../../shared/store/deliveries/delivery-reads.ts';
import { defined } from '../../shared/world.ts';
import { action } from '../action.ts';

/** Subscriptions: addresses masked, without secrets, with failures and the reason of their state. */
export const main_handler = action({
  name: 'DescribeEventSubscriptions',
  version: versionOfOne('Subscriptions'),
  role: 'viewer',
  request: z.strictObject({
    SubscriptionId: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
    ...pageMembers,
  }),
  needs: [],
  open: ({ db }) => ({ deliveries: deliveryReads(db) }),
  run: async ({ input: { SubscriptionId, Limit, Cursor }, resources, caller }) =>
    describeSubscriptions(resources.deliveries, {
      ...defined({ subscriptionId: SubscriptionId, limit: Limit, cursor: Cursor }),
      scope: caller.scope,
    }),
});
