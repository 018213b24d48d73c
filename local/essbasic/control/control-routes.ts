import { callbackRoutes } from './callback-routes.ts';
import { clockRoutes } from './clock-routes.ts';
import type { ControlRoute } from './control-route.ts';
import { faultRoutes } from './fault-routes.ts';
import { journalRoutes } from './journal-routes.ts';
import { quotaRoutes } from './quota-routes.ts';
import { scanRoutes } from './scan-routes.ts';
import { signRoutes } from './sign-routes.ts';
import { stateRoutes } from './state-routes.ts';
import { templateRoutes } from './template-routes.ts';

/** All that the control plane can do. */
export const controlRoutes: readonly ControlRoute[] = [
  ...scanRoutes,
  ...clockRoutes,
  ...quotaRoutes,
  ...signRoutes,
  ...callbackRoutes,
  ...templateRoutes,
  ...faultRoutes,
  ...journalRoutes,
  ...stateRoutes,
];
