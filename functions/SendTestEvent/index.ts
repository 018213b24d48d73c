import * as z from 'zod/mini';
import { nameServers } from '../../shared/delivery/sending/resolve-target.ts';
import { createSender } from '../../shared/delivery/sending/send.ts';
import { sendTest } from '../../shared/delivery/subscriptions/send-test.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { deliveryQueue } from '../../shared/store/deliveries/delivery-queue.ts';
import { deliveryWrites } from '../../shared/store/deliveries/delivery-transactions.ts';
import { action } from '../action.ts';

/** Sends a `test` event once, as any other event is sent, and answers with the result. */
export const main_handler = action({
  name: 'SendTestEvent',
  role: 'operator',
  request: z.strictObject({ SubscriptionId: z.string().check(z.minLength(1), z.maxLength(64)) }),
  needs: ['DELIVERY_ALLOW_LOOPBACK', 'REGISTER_KEYS'],
  open: ({ config, db, surroundings }) => ({
    deliveries: { ...deliveryQueue(db), ...deliveryWrites(db) },
    send: createSender({
      rules: { allowLoopback: config.DELIVERY_ALLOW_LOOPBACK },
      resolve: nameServers(),
      seal: createSeal(config.REGISTER_KEYS),
      nowMs: surroundings.nowMs,
    }),
  }),
  run: async ({ input, resources, caller }) =>
    sendTest(resources, { subscriptionId: input.SubscriptionId, ...caller }),
});
