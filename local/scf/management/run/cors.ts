import type { IncomingHttpHeaders } from 'node:http';
import type { HttpAnswer } from '../../../cloud-api/reply.ts';
import type { CorsConfig } from '../state/function-record.ts';

/**
 * What a Function URL with `CorsConfig` does for a browser: it answers the preflight itself, and allows the
 * origin on every answer, over what the function says. The details are not documented; these are the browsers' rules.
 */
export function preflight(config: CorsConfig | undefined, method: string, headers: IncomingHttpHeaders) {
  const { origin, 'access-control-request-method': asked } = headers;
  if (!config?.Enable || method !== 'OPTIONS' || origin === undefined || asked === undefined)
    return undefined;
  const allowed = allowOrigin(config, origin);
  const answer: HttpAnswer = {
    status: 204,
    headers:
      allowed === undefined
        ? {}
        : {
            ...allowed,
            ...list('access-control-allow-methods', config.Methods ?? ['*']),
            ...list('access-control-allow-headers', config.Headers),
            ...(config.MaxAge !== undefined && { 'access-control-max-age': String(config.MaxAge) }),
          },
    body: '',
  };
  return answer;
}

/** The headers of an answer to a request from another origin. */
export function corsHeaders(
  config: CorsConfig | undefined,
  { origin }: IncomingHttpHeaders,
): Record<string, string> {
  if (!config?.Enable || origin === undefined) return {};
  return {
    ...allowOrigin(config, origin),
    ...list('access-control-expose-headers', config.ExposeHeaders),
  };
}

function allowOrigin(config: CorsConfig, origin: string): Record<string, string> | undefined {
  const { Origins = [], Credentials = false } = config;
  const any = Origins.includes('*');
  if (!any && !Origins.includes(origin)) return undefined;
  // With credentials a browser takes no asterisk.
  const allowed = any && !Credentials ? '*' : origin;
  return {
    'access-control-allow-origin': allowed,
    ...(allowed !== '*' && { vary: 'Origin' }),
    ...(Credentials && { 'access-control-allow-credentials': 'true' }),
  };
}

const list = (name: string, values: readonly string[] = []): Record<string, string> =>
  values.length === 0 ? {} : { [name]: values.join(', ') };
