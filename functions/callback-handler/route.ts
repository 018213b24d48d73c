import { readCallbackRoute } from '../../shared/codes/callback-url.ts';
import type { NotificationRoute } from '../../shared/notifications/notification.ts';

/**
 * `/callback-handler/<token>.<generation>` where functions share a domain, `/<token>.<generation>` at the function's own
 * URL. Any other path is that of the whole application: nobody who proves a message is turned away for its address.
 */
export function routeOf(path: string): NotificationRoute {
  const segment = /\/([^/]+)\/?$/.exec(path)?.[1] ?? '';
  const route = readCallbackRoute(segment);
  return route === undefined ? { kind: 'application' } : { kind: 'code', ...route };
}
