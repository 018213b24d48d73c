import { Failure } from '../errors.ts';
import type { NotificationReads, NotificationStore } from '../notifications/ports.ts';
import type { Database } from './database.ts';

/** Writing notifications and what follows from them. */
export function createNotificationStore(_db: Database): NotificationStore {
  throw new Failure('InternalFailure', { detail: 'not there yet' });
}

/** Reading them, for whoever asks what came. */
export function notificationReads(_db: Database): NotificationReads {
  throw new Failure('InternalFailure', { detail: 'not there yet' });
}
