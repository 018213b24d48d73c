import type { Receipt, ReceivedNotification, Rejection } from '../../shared/notifications/notification.ts';

/** Where messages go that are proved, and the note of what was turned away. */
export interface Inbox {
  /** @throws whatever kept it from being stored */
  receive(received: ReceivedNotification): Promise<Receipt>;
  reject(rejection: Rejection): Promise<void>;
}
