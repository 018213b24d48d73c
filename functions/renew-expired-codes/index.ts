import { randomIds } from '../../shared/codes/ids.ts';
import { runRenewals } from '../../shared/codes/run-renewals.ts';
import { callbackBaseUrl, callbackUrlVariables } from '../../shared/runtime/callback-base-url.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { timerTask } from '../../shared/runtime/timer-task.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';
import { createDatabaseLimiter } from '../../shared/store/rate-limiter.ts';
import { createRegister } from '../../shared/store/register.ts';
import { configuredUpstream, upstreamVariables } from '../../shared/upstream/configured-upstream.ts';

/** Every minute: makes the successors that are due, within what interactive calls leave of upstream's limit. */
export const main_handler = timerTask({
  name: 'renew-expired-codes',
  needs: ['DATABASE_URL', 'REGISTER_KEYS', ...callbackUrlVariables, ...upstreamVariables],
  open(config) {
    const db = openPgDatabase(config.DATABASE_URL);
    const limiter = createDatabaseLimiter(db, {
      share: 'background',
      requestsPerSecond: () => config.ESS_REQUESTS_PER_SECOND,
    });
    return {
      register: createRegister(db),
      upstream: configuredUpstream(config, limiter),
      seal: createSeal(config.REGISTER_KEYS),
      surroundings: { nowMs: Date.now, random: Math.random, ids: randomIds() },
      actor: 'renew-expired-codes',
      callbackBaseUrl: callbackBaseUrl(config),
    };
  },
  run: ({ resources, deadlineMs }) => runRenewals(resources, { deadlineMs }),
});
