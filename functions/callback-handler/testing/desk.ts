import type { Desk } from '../callback-handler.ts';
import type { Inbox } from '../receive.ts';

/** What the function needs of its environment beside the secrets of notifications. Nothing is reached with it. */
export const unusedEnvironment = {
  DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nowhere',
  ESS_SECRET_ID: 'AKIDnobody',
  ESS_SECRET_KEY: 'nobody',
  PUBLIC_BASE_URL: 'https://nowhere.example',
};

/** A desk for tests of what is received: renewals are left to the timer. */
export function receivingDesk(inbox: Inbox): Desk {
  return { inbox: () => inbox, renew: async () => undefined };
}
