import { httpAction } from '../../shared/runtime/http-action.ts';
import { scopeOf } from '../../shared/runtime/scope.ts';
import { createApiKeys } from '../../shared/store/api-keys.ts';
import { notificationReads } from '../../shared/store/notification-reads.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';
import { registerReads } from '../../shared/store/register-reads.ts';
import { describe } from './describe.ts';
import { request } from './request.ts';

/** What Tencent has posted: from where, by which route and key, what it was about, what became of it and why. */
export const main_handler = httpAction({
  name: 'DescribeNotifications',
  role: 'viewer',
  request,
  needs: ['DATABASE_URL'],
  open(config) {
    const db = openPgDatabase(config.DATABASE_URL);
    return {
      apiKeys: createApiKeys(db),
      notifications: notificationReads(db),
      register: registerReads(db),
    };
  },
  apiKeys: ({ apiKeys }) => apiKeys,
  run: ({ request, resources, principal, config }) =>
    describe(request, resources, scopeOf(principal, config.ESS_APP_ID)),
});
