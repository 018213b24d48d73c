import { describeTemplates } from '../../shared/codes/describe-templates.ts';
import { DescribeTemplates } from '../../shared/contract/DescribeTemplates.ts';
import { httpAction } from '../../shared/runtime/http-action.ts';
import { createApiKeys } from '../../shared/store/api-keys.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';
import { createDatabaseLimiter } from '../../shared/store/rate-limiter.ts';
import { configuredUpstream, upstreamVariables } from '../../shared/upstream/configured-upstream.ts';
import { speaking } from '../../shared/upstream/speaking.ts';

const { name, request } = DescribeTemplates;

/** Upstream's templates, and for each whether it can carry a sign code and every reason why not. */
export const main_handler = httpAction({
  name,
  role: 'viewer',
  request,
  needs: ['DATABASE_URL', ...upstreamVariables],
  open(config) {
    const db = openPgDatabase(config.DATABASE_URL);
    const limiter = createDatabaseLimiter(db, {
      share: 'interactive',
      requestsPerSecond: () => config.ESS_REQUESTS_PER_SECOND,
    });
    return { apiKeys: createApiKeys(db), upstream: configuredUpstream(config, limiter) };
  },
  apiKeys: ({ apiKeys }) => apiKeys,
  run: ({ request, resources, ...call }) =>
    describeTemplates(speaking(resources.upstream, call.language), request, call),
});
