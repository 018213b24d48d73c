import { createReopener } from '../../shared/callback/reopen-notification.ts';
import { randomIds } from '../../shared/codes/ids.ts';
import { replayNotification } from '../../shared/notifications/replay-notification.ts';
import { httpAction } from '../../shared/runtime/http-action.ts';
import { scopeOf } from '../../shared/runtime/scope.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { createApiKeys } from '../../shared/store/api-keys.ts';
import { notificationReads } from '../../shared/store/notification-reads.ts';
import { notificationRetries } from '../../shared/store/notification-retries.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';
import { registerReads } from '../../shared/store/register-reads.ts';
import { replayAsked } from './replay.ts';
import { request } from './request.ts';

/** Time that one replay is given at the end. Milliseconds. */
const marginMs = 1_500;

/** Gives stored notifications the effect that they have not had: one, or those that a filter lets through. */
export const main_handler = httpAction({
  name: 'ReplayNotification',
  role: 'operator',
  request,
  needs: ['DATABASE_URL', 'ESS_CALLBACK_KEYS', 'REGISTER_KEYS'],
  open(config) {
    const db = openPgDatabase(config.DATABASE_URL);
    return {
      apiKeys: createApiKeys(db),
      reads: { notifications: notificationReads(db), register: registerReads(db) },
      writes: {
        notifications: notificationRetries(db),
        surroundings: { nowMs: Date.now, random: Math.random, ids: randomIds() },
        seal: createSeal(config.REGISTER_KEYS),
        reopen: createReopener(config.ESS_CALLBACK_KEYS),
        reads: notificationReads(db),
      },
    };
  },
  apiKeys: ({ apiKeys }) => apiKeys,
  run: ({ request, resources, principal, config, deadlineMs }) =>
    replayAsked(request, {
      ports: resources.reads,
      replay: (notificationId) =>
        replayNotification({ ...resources.writes, actor: `key:${principal.keyId}` }, notificationId),
      scope: scopeOf(principal, config.ESS_APP_ID),
      hasTime: () => Date.now() < deadlineMs - marginMs,
    }),
});
