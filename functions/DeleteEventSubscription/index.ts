import * as z from 'zod/mini';
import { deleteSubscription } from '../../shared/delivery/subscriptions/modify-subscription.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { deliveryWrites } from '../../shared/store/deliveries/delivery-transactions.ts';
import { action } from '../action.ts';

/** Ends a subscription for good: what still waits for it becomes dead letters. */
export const main_handler = action({
  name: 'DeleteEventSubscription',
  role: 'operator',
  request: z.strictObject({ SubscriptionId: z.string().check(z.minLength(1), z.maxLength(64)) }),
  needs: ['REGISTER_KEYS'],
  open: ({ config, db }) => ({ deliveries: deliveryWrites(db), seal: createSeal(config.REGISTER_KEYS) }),
  run: async ({ input, resources, caller, work }) =>
    deleteSubscription(resources, { subscriptionId: input.SubscriptionId, ...caller, work }),
});
