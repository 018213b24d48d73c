import * as z from 'zod/mini';
import { randomIds } from '../../shared/codes/ids.ts';
import { nameServers } from '../../shared/delivery/resolve-target.ts';
import { createSender } from '../../shared/delivery/send.ts';
import { sendTest } from '../../shared/delivery/send-test.ts';
import { httpAction } from '../../shared/runtime/http-action.ts';
import { isAdministrator, scopeOf } from '../../shared/runtime/scope.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { createApiKeys } from '../../shared/store/api-keys.ts';
import { deliveryQueue } from '../../shared/store/delivery-queue.ts';
import { deliveryWrites } from '../../shared/store/delivery-transactions.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';

const request = z.strictObject({ SubscriptionId: z.string().check(z.minLength(1), z.maxLength(64)) });

/** Sends a `test` event as any other is sent, once, and tells what came of it. */
export const main_handler = httpAction({
  name: 'SendTestEvent',
  role: 'operator',
  request,
  needs: ['DATABASE_URL', 'DELIVERY_ALLOW_LOOPBACK', 'REGISTER_KEYS'],
  open(config) {
    const db = openPgDatabase(config.DATABASE_URL);
    return {
      apiKeys: createApiKeys(db),
      deliveries: { ...deliveryQueue(db), ...deliveryWrites(db) },
      send: createSender({
        rules: { allowLoopback: config.DELIVERY_ALLOW_LOOPBACK },
        resolve: nameServers(),
        seal: createSeal(config.REGISTER_KEYS),
        nowMs: Date.now,
      }),
      surroundings: { nowMs: Date.now, random: Math.random, ids: randomIds() },
    };
  },
  apiKeys: ({ apiKeys }) => apiKeys,
  run: ({ request, resources, principal, config, language }) =>
    sendTest(resources, {
      subscriptionId: request.SubscriptionId,
      scope: scopeOf(principal, config.ESS_APP_ID),
      isAdmin: isAdministrator(principal),
      language,
    }),
});
