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

/**
 * Behind one domain the console finds the functions beside itself. Without one it is on another host than each of
 * them: it has to know where they are, and they that its page may read their answers.
 */
const consoleName = 'console';
const consoleOrigin = 'CONSOLE_ORIGIN';
const functionUrls = 'FUNCTION_URLS';

export const isWired = (name: string): boolean =>
  name === consoleOrigin || name === functionUrls || wired.some(({ variable }) => variable === name);

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
  const all = [...found, ...consoleValues(desired, current)];
  return { values: Object.fromEntries(all), areKnown: all.every(([, url]) => url !== undefined) };
}

function consoleValues(
  { domain, functions }: DesiredState,
  current: CurrentState,
): (readonly [string, string | undefined])[] {
  const reached = functions.filter(({ service }) => service.triggers.some(({ type }) => type === 'http'));
  const urls = reached.map(
    ({ service: { name, cloudName } }) => [name, functionUrlOf(current, cloudName)] as const,
  );
  const own = urls.find(([name]) => name === consoleName);
  if (domain !== undefined || own === undefined) return [];
  // What the console calls: actions, the posters that it offers, and what is shown at a stable link.
  const actions = urls.filter(([name]) => /^[A-Z]/.test(name) || ['poster', 'stable-link'].includes(name));
  const areKnown = actions.every(([, url]) => url !== undefined);
  return [
    [consoleOrigin, own[1] && new URL(own[1]).origin],
    [functionUrls, areKnown ? inShort(actions) : undefined],
  ];
}

/** What all addresses have in common is written once, with a `*` in the place of the rest. */
function inShort(urls: readonly (readonly [string, string | undefined])[]): string {
  const all = urls.map(([, url]) => url ?? '');
  const [first = '', ...others] = all;
  const shared = (isAlike: (length: number, url: string) => boolean, most: number) => {
    let length = 0;
    while (length < most && others.every((url) => isAlike(length + 1, url))) length += 1;
    return length;
  };
  const head = shared((length, url) => url.startsWith(first.slice(0, length)), first.length - 1);
  const shortest = Math.min(...all.map((url) => url.length));
  const tail = shared((length, url) => url.endsWith(first.slice(-length)), shortest - head - 1);
  const rest = (url: string) => url.slice(head, url.length - tail);
  const pattern = `${first.slice(0, head)}*${first.slice(first.length - tail)}`;
  return [pattern, ...urls.map(([name, url = '']) => `${name}=${rest(url)}`)].join(',');
}

/** Without a slash at its end; undefined as long as the platform has not given one. */
export function functionUrlOf(current: CurrentState, cloudName: string): string | undefined {
  const url = current.functions[cloudName]?.triggers.find(
    ({ type, url }) => type === 'http' && url !== '',
  )?.url;
  return url?.replace(/\/+$/, '');
}
