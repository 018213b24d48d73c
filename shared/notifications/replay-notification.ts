import { Failure } from '../errors.ts';
import type { Receipt } from './notification.ts';
import type { ReopenPorts } from './ports.ts';

/**
 * Opens what is stored again and gives it the effect that it has not had. What had its effect changes nothing.
 *
 * @returns undefined: there is no such notification
 */
export async function replayNotification(
  _ports: ReopenPorts,
  _notificationId: string,
): Promise<Receipt | undefined> {
  throw new Failure('InternalFailure', { detail: 'not there yet' });
}
