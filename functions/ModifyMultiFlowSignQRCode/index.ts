import { randomIds } from '../../shared/codes/ids.ts';
import { httpAction } from '../../shared/runtime/http-action.ts';
import { createApiKeys } from '../../shared/store/api-keys.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';
import { registerReads } from '../../shared/store/register-reads.ts';
import { registerWrites } from '../../shared/store/register-transactions.ts';
import { modify } from './modify.ts';
import { request } from './request.ts';

/** Changes a code's renewal policy, labels, external id or note; pauses it, resumes it, or has it renewed now. */
export const main_handler = httpAction({
  name: 'ModifyMultiFlowSignQRCode',
  role: 'operator',
  request,
  needs: ['DATABASE_URL', 'PUBLIC_BASE_URL'],
  open(config) {
    const db = openPgDatabase(config.DATABASE_URL);
    return {
      apiKeys: createApiKeys(db),
      register: { ...registerReads(db), ...registerWrites(db) },
      surroundings: { nowMs: Date.now, random: Math.random, ids: randomIds() },
      publicBaseUrl: config.PUBLIC_BASE_URL,
    };
  },
  apiKeys: ({ apiKeys }) => apiKeys,
  run: ({ request, resources, ...call }) => modify(request, resources, call),
});
