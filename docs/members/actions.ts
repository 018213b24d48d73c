import { accessActions } from './access-actions.ts';
import { codeActions } from './code-actions.ts';
import { eventActions } from './event-actions.ts';
import type { ActionMembers } from './members.ts';
import { notificationActions } from './notification-actions.ts';
import { upstreamCallActions } from './upstream-call.ts';

/** Every action: what it takes and answers beside upstream's own members. `RequestId` is in every answer. */
export const actionMembers: Readonly<Record<string, ActionMembers>> = {
  ...codeActions,
  ...accessActions,
  ...upstreamCallActions,
  ...notificationActions,
  ...eventActions,
};
