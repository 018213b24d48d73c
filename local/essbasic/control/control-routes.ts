import { clockRoutes } from './clock-routes.ts';
import type { ControlRoute } from './control-route.ts';
import { faultRoutes } from './fault-routes.ts';
import { journalRoutes } from './journal-routes.ts';
import { quotaRoutes } from './quota-routes.ts';
import { scanRoutes } from './scan-routes.ts';
import { stateRoutes } from './state-routes.ts';
import { templateRoutes } from './template-routes.ts';

/** All that the control plane can do. */
export const controlRoutes: readonly ControlRoute[] = [
  ...scanRoutes,
  ...clockRoutes,
  ...quotaRoutes,
  ...templateRoutes,
  ...faultRoutes,
  ...journalRoutes,
  ...stateRoutes,
];

/** What one might look for here, and does not find. */
export const missingRoutes: Readonly<Record<string, string>> = {
  sign: 'The emulator does not emulate what happens to a contract after its start',
  callbacks: 'The emulator does not send notifications',
};
