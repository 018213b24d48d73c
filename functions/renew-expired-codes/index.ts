import { createReopener } from '../../shared/callback/reopen-notification.ts';
import { callbackBaseUrl, callbackUrlVariables } from '../../shared/runtime/config.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { timerTask } from '../../shared/runtime/task.ts';
import { notificationRetries } from '../../shared/store/notifications/notification-retries.ts';
import { cancelQueue } from '../../shared/store/register/cancels.ts';
import { registerWrites } from '../../shared/store/register/register-transactions.ts';
import { renewalQueue } from '../../shared/store/register/renewal-queue.ts';
import { upstreamVariables } from '../../shared/upstream/upstream-variables.ts';
import { openBasis } from '../basis.ts';
import { noticing, openUpstream } from '../open-upstream.ts';
import { run } from './run.ts';

/** Every minute: retries failed effects of notifications and renews what is due within what interactive calls leave of upstream's limit. */
export const main_handler = timerTask({
  name: 'renew-expired-codes',
  needs: [
    'DATABASE_URL',
    'REGISTER_KEYS',
    'ESS_CALLBACK_KEYS',
    ...callbackUrlVariables,
    ...upstreamVariables,
  ],
  open(config, time) {
    const { db, surroundings, thawed } = openBasis(config, time);
    return {
      notifications: notificationRetries(db),
      reopen: createReopener(config.ESS_CALLBACK_KEYS),
      register: { ...registerWrites(db), ...renewalQueue(db), ...cancelQueue(db) },
      upstream: openUpstream(config, { db, thawed }, 'background'),
      seal: createSeal(config.REGISTER_KEYS),
      surroundings,
      actor: 'renew-expired-codes',
      callbackBaseUrl: callbackBaseUrl(config),
    };
  },
  run: ({ resources, deadlineMs, log }) =>
    run({ ...resources, upstream: noticing(resources.upstream, log) }, { deadlineMs, log }),
});
