import { randomIds } from '../../shared/codes/ids.ts';
import { httpAction } from '../../shared/runtime/http-action.ts';
import { scopeOf } from '../../shared/runtime/scope.ts';
import { createApiKeys } from '../../shared/store/api-keys.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';
import { registerReads } from '../../shared/store/register-reads.ts';
import { describe } from './describe.ts';
import { request } from './request.ts';

/** What the register knows of codes: state and reason, generations, use, expiry, next renewal. */
export const main_handler = httpAction({
  name: 'DescribeMultiFlowSignQRCodes',
  role: 'viewer',
  request,
  needs: ['DATABASE_URL', 'PUBLIC_BASE_URL'],
  open(config) {
    const db = openPgDatabase(config.DATABASE_URL);
    return {
      apiKeys: createApiKeys(db),
      register: registerReads(db),
      surroundings: { nowMs: Date.now, random: Math.random, ids: randomIds() },
      publicBaseUrl: config.PUBLIC_BASE_URL,
    };
  },
  apiKeys: ({ apiKeys }) => apiKeys,
  run: ({ request, resources, principal, config }) =>
    describe(request, resources, scopeOf(principal, config.ESS_APP_ID)),
});
