import * as z from 'zod/mini';
import { randomIds } from '../../shared/codes/ids.ts';
import { deleteSubscription } from '../../shared/delivery/modify-subscription.ts';
import { httpAction } from '../../shared/runtime/http-action.ts';
import { isAdministrator, scopeOf } from '../../shared/runtime/scope.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { createApiKeys } from '../../shared/store/api-keys.ts';
import { deliveryWrites } from '../../shared/store/delivery-transactions.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';

const request = z.strictObject({ SubscriptionId: z.string().check(z.minLength(1), z.maxLength(64)) });

/** Ends a subscription for good: what still waits for it becomes dead letters. */
export const main_handler = httpAction({
  name: 'DeleteEventSubscription',
  role: 'operator',
  request,
  needs: ['DATABASE_URL', 'REGISTER_KEYS'],
  open(config) {
    const db = openPgDatabase(config.DATABASE_URL);
    return {
      apiKeys: createApiKeys(db),
      deliveries: deliveryWrites(db),
      seal: createSeal(config.REGISTER_KEYS),
      surroundings: { nowMs: Date.now, random: Math.random, ids: randomIds() },
    };
  },
  apiKeys: ({ apiKeys }) => apiKeys,
  run: ({ request, resources, principal, config, language }) =>
    deleteSubscription(resources, {
      subscriptionId: request.SubscriptionId,
      scope: scopeOf(principal, config.ESS_APP_ID),
      isAdmin: isAdministrator(principal),
      actor: `key:${principal.keyId}`,
      language,
    }),
});
