import type { CurrentState } from './current-state.ts';
import type { DesiredState } from './desired-state.ts';

/**
 * Variables whose values the deployment finds out: the custom domain where there is one, else the Function URL of
 * the function that answers there. A value that the deployer gives goes first.
 */
const wired = [
  { variable: 'PUBLIC_BASE_URL', functionName: 'stable-link', path: '' },
  { variable: 'CALLBACK_BASE_URL', functionName: 'callback-handler', path: '/callback-handler' },
] as const;

export const isWired = (name: string): boolean => wired.some(({ variable }) => variable === name);

export interface BaseUrls {
  values: Readonly<Record<string, string | undefined>>;
  /** Whether all are known that will ever be. */
  areKnown: boolean;
}

export function baseUrlsOf(desired: DesiredState, current: CurrentState): BaseUrls {
  const found = wired.flatMap(({ variable, functionName, path }) => {
    const service = desired.functions.find((it) => it.service.name === functionName)?.service;
    if (!service?.triggers.some(({ type }) => type === 'http')) return [];
    if (desired.domain !== undefined) return [[variable, `https://${desired.domain.name}${path}`] as const];
    return [[variable, functionUrlOf(current, service.cloudName)] as const];
  });
  return { values: Object.fromEntries(found), areKnown: found.every(([, url]) => url !== undefined) };
}

/** Without a slash at its end; undefined as long as the platform has not given one. */
export function functionUrlOf(current: CurrentState, cloudName: string): string | undefined {
  const url = current.functions[cloudName]?.triggers.find(
    ({ type, url }) => type === 'http' && url !== '',
  )?.url;
  return url?.replace(/\/+$/, '');
}
