import type { Config } from './config.ts';

/** The variables that {@link callbackBaseUrl} is made of. */
export const callbackUrlVariables = ['PUBLIC_BASE_URL', 'CALLBACK_BASE_URL'] as const;

/** Where notifications are taken: beside the other functions, unless the deployment has another address for them. */
export function callbackBaseUrl(config: Config<(typeof callbackUrlVariables)[number]>): string {
  return config.CALLBACK_BASE_URL ?? `${config.PUBLIC_BASE_URL}/callback-handler`;
}
