import { randomIds } from '../../shared/codes/ids.ts';
import { ChannelCreateMultiFlowSignQRCode } from '../../shared/contract/ChannelCreateMultiFlowSignQRCode.ts';
import { callbackBaseUrl, callbackUrlVariables } from '../../shared/runtime/callback-base-url.ts';
import { httpAction } from '../../shared/runtime/http-action.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { createApiKeys } from '../../shared/store/api-keys.ts';
import { createIdempotencyRecords } from '../../shared/store/idempotency-records.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';
import { createDatabaseLimiter } from '../../shared/store/rate-limiter.ts';
import { registerReads } from '../../shared/store/register-reads.ts';
import { registerWrites } from '../../shared/store/register-transactions.ts';
import { configuredUpstream, upstreamVariables } from '../../shared/upstream/configured-upstream.ts';
import { speaking } from '../../shared/upstream/speaking.ts';
import { create } from './create.ts';
import { request } from './request.ts';

const { name } = ChannelCreateMultiFlowSignQRCode;

/** Creates a code that is remembered, renewed and counted; with `DryRun` it only says whether it would. */
export const main_handler = httpAction({
  name,
  role: 'operator',
  request,
  needs: ['DATABASE_URL', 'REGISTER_KEYS', ...callbackUrlVariables, ...upstreamVariables],
  open(config) {
    const db = openPgDatabase(config.DATABASE_URL);
    const limiter = createDatabaseLimiter(db, {
      share: 'interactive',
      requestsPerSecond: () => config.ESS_REQUESTS_PER_SECOND,
    });
    const ids = randomIds();
    return {
      apiKeys: createApiKeys(db),
      idempotency: createIdempotencyRecords(db, { newWorkId: ids.id }),
      register: { ...registerReads(db), ...registerWrites(db) },
      upstream: configuredUpstream(config, limiter),
      seal: createSeal(config.REGISTER_KEYS),
      surroundings: { nowMs: Date.now, random: Math.random, ids },
      publicBaseUrl: config.PUBLIC_BASE_URL,
      callbackBaseUrl: callbackBaseUrl(config),
    };
  },
  apiKeys: ({ apiKeys }) => apiKeys,
  idempotency: ({ idempotency }) => idempotency,
  run: ({ request, resources, ...call }) =>
    create(request, { ...resources, upstream: speaking(resources.upstream, call.language) }, call),
});
