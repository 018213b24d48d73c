import { httpAction } from '../../shared/runtime/http-action.ts';
import { scopeOf } from '../../shared/runtime/scope.ts';
import { createApiKeys } from '../../shared/store/api-keys.ts';
import { deliveryReads } from '../../shared/store/delivery-reads.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';
import { describe } from './describe.ts';
import { request } from './request.ts';

/** What went out to whom: every try, what is to be tried again and when, and what was given up. */
export const main_handler = httpAction({
  name: 'DescribeEvents',
  role: 'viewer',
  request,
  needs: ['DATABASE_URL'],
  open(config) {
    const db = openPgDatabase(config.DATABASE_URL);
    return { apiKeys: createApiKeys(db), deliveries: deliveryReads(db) };
  },
  apiKeys: ({ apiKeys }) => apiKeys,
  run: ({ request, resources, principal, config }) =>
    describe(request, resources.deliveries, scopeOf(principal, config.ESS_APP_ID)),
});
