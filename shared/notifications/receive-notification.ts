import { Failure } from '../errors.ts';
import type { Receipt, ReceivedNotification, Rejection } from './notification.ts';
import type { NotificationPorts } from './ports.ts';

/**
 * Stores a notification and lets it have its effect, both in one transaction. Where only the effect fails, the
 * notification is stored all the same and its effect tried again later.
 *
 * @throws Failure it could not be stored: then it must not be answered 200, so that Tencent sends it again
 */
export async function receiveNotification(
  _ports: NotificationPorts,
  _received: ReceivedNotification,
): Promise<Receipt> {
  throw new Failure('InternalFailure', { detail: 'not there yet' });
}

/** Notes that a request was turned away. Of a flood of them a bounded number of rows is kept. */
export async function recordRejection(
  { notifications }: NotificationPorts,
  rejection: Rejection,
): Promise<void> {
  await notifications.reject(rejection);
}
