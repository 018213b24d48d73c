import { createReopener } from '../../shared/callback/reopen-notification.ts';
import { randomIds } from '../../shared/codes/ids.ts';
import { runRenewals } from '../../shared/codes/run-renewals.ts';
import { retryPending } from '../../shared/notifications/retry-pending.ts';
import { callbackBaseUrl, callbackUrlVariables } from '../../shared/runtime/callback-base-url.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { timerTask } from '../../shared/runtime/timer-task.ts';
import { cancelQueue } from '../../shared/store/cancel-queue.ts';
import { notificationRetries } from '../../shared/store/notification-retries.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';
import { createDatabaseLimiter } from '../../shared/store/rate-limiter.ts';
import { registerWrites } from '../../shared/store/register-transactions.ts';
import { renewalQueue } from '../../shared/store/renewal-queue.ts';
import { configuredUpstream, upstreamVariables } from '../../shared/upstream/configured-upstream.ts';

/** Some milliseconds each: a backlog is worked off without holding up the renewals. */
const retriesPerRun = 200;

/** Every minute: gives notifications the effects that failed; makes the successors that are due, within what interactive calls leave of upstream's limit. */
export const main_handler = timerTask({
  name: 'renew-expired-codes',
  needs: [
    'DATABASE_URL',
    'REGISTER_KEYS',
    'ESS_CALLBACK_KEYS',
    ...callbackUrlVariables,
    ...upstreamVariables,
  ],
  open(config) {
    const db = openPgDatabase(config.DATABASE_URL);
    const limiter = createDatabaseLimiter(db, {
      share: 'background',
      requestsPerSecond: () => config.ESS_REQUESTS_PER_SECOND,
    });
    return {
      notifications: notificationRetries(db),
      reopen: createReopener(config.ESS_CALLBACK_KEYS),
      register: { ...registerWrites(db), ...renewalQueue(db), ...cancelQueue(db) },
      upstream: configuredUpstream(config, limiter),
      seal: createSeal(config.REGISTER_KEYS),
      surroundings: { nowMs: Date.now, random: Math.random, ids: randomIds() },
      actor: 'renew-expired-codes',
      callbackBaseUrl: callbackBaseUrl(config),
    };
  },
  async run({ resources, deadlineMs }) {
    // First, since a notification may say that there is quota again.
    const notifications = await retryPending(resources, retriesPerRun);
    const renewals = await runRenewals(resources, { deadlineMs });
    return { ...renewals, retried: notifications.applied, retriesFailed: notifications.failed };
  },
});
