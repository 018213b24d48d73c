import { randomIds } from '../../shared/codes/ids.ts';
import { ChannelCancelMultiFlowSignQRCode } from '../../shared/contract/ChannelCancelMultiFlowSignQRCode.ts';
import { httpAction } from '../../shared/runtime/http-action.ts';
import { createApiKeys } from '../../shared/store/api-keys.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';
import { createDatabaseLimiter } from '../../shared/store/rate-limiter.ts';
import { registerReads } from '../../shared/store/register-reads.ts';
import { registerWrites } from '../../shared/store/register-transactions.ts';
import { configuredUpstream, upstreamVariables } from '../../shared/upstream/configured-upstream.ts';
import { speaking } from '../../shared/upstream/speaking.ts';
import { cancel } from './cancel.ts';
import { request } from './request.ts';

const { name } = ChannelCancelMultiFlowSignQRCode;

/** Ends a code for good, with every generation that lives. A code that is dead already fulfils the wish. */
export const main_handler = httpAction({
  name,
  role: 'operator',
  request,
  needs: ['DATABASE_URL', ...upstreamVariables],
  open(config) {
    const db = openPgDatabase(config.DATABASE_URL);
    const limiter = createDatabaseLimiter(db, {
      share: 'interactive',
      requestsPerSecond: () => config.ESS_REQUESTS_PER_SECOND,
    });
    return {
      apiKeys: createApiKeys(db),
      register: { ...registerReads(db), ...registerWrites(db) },
      upstream: configuredUpstream(config, limiter),
      surroundings: { nowMs: Date.now, random: Math.random, ids: randomIds() },
    };
  },
  apiKeys: ({ apiKeys }) => apiKeys,
  run: ({ request, resources, ...call }) =>
    cancel(request, { ...resources, upstream: speaking(resources.upstream, call.language) }, call),
});
