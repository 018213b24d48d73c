import { randomIds } from '../../shared/codes/ids.ts';
import { httpAction } from '../../shared/runtime/http-action.ts';
import { createApiKeys } from '../../shared/store/api-keys.ts';
import { deliveryWrites } from '../../shared/store/delivery-transactions.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';
import { replay } from './replay.ts';
import { request } from './request.ts';

/** Has events sent again, with the ids that they have. The timer sends them. */
export const main_handler = httpAction({
  name: 'ReplayEvent',
  role: 'operator',
  request,
  needs: ['DATABASE_URL'],
  open(config) {
    const db = openPgDatabase(config.DATABASE_URL);
    return {
      apiKeys: createApiKeys(db),
      deliveries: deliveryWrites(db),
      surroundings: { nowMs: Date.now, random: Math.random, ids: randomIds() },
    };
  },
  apiKeys: ({ apiKeys }) => apiKeys,
  run: ({ request, resources, ...call }) => replay(request, resources, call),
});
