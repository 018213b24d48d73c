import { randomBytes } from 'node:crypto';
import { randomIds } from '../../shared/codes/ids.ts';
import { mintSecret } from '../../shared/delivery/standard-webhooks.ts';
import { httpAction } from '../../shared/runtime/http-action.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { createApiKeys } from '../../shared/store/api-keys.ts';
import { deliveryWrites } from '../../shared/store/delivery-transactions.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';
import { create } from './create.ts';
import { request } from './request.ts';

/**
 * Has events sent to an address. It honours no `Idempotency-Key`: the answer holds a secret, and remembered answers are
 * kept in clear.
 */
export const main_handler = httpAction({
  name: 'CreateEventSubscription',
  role: 'operator',
  request,
  needs: ['DATABASE_URL', 'DELIVERY_ALLOW_LOOPBACK', 'REGISTER_KEYS'],
  open(config) {
    const db = openPgDatabase(config.DATABASE_URL);
    return {
      apiKeys: createApiKeys(db),
      deliveries: deliveryWrites(db),
      seal: createSeal(config.REGISTER_KEYS),
      surroundings: { nowMs: Date.now, random: Math.random, ids: randomIds() },
      rules: { allowLoopback: config.DELIVERY_ALLOW_LOOPBACK },
      newSecret: () => mintSecret(randomBytes),
    };
  },
  apiKeys: ({ apiKeys }) => apiKeys,
  run: ({ request, resources, ...call }) => create(request, resources, call),
});
