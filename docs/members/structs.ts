import { accessStructs } from './access-structs.ts';
import { codeStructs } from './code-structs.ts';
import { eventStructs } from './event-structs.ts';
import type { Members, StructName } from './members.ts';
import { notificationStructs } from './notification-structs.ts';
import { upstreamCallStructs } from './upstream-call.ts';

/** The structs of answers, each in the order in which it is answered. */
export const structs: Readonly<Record<StructName, Members>> = {
  ...codeStructs,
  ...accessStructs,
  ...upstreamCallStructs,
  ...notificationStructs,
  ...eventStructs,
};
