import type { HeaderFields } from '../read-event.ts';

const requestHeaders = 'Authorization, Content-Type, Idempotency-Key, If-Match, Traceparent, X-Request-Id';
/** Those that we send and that a page could not read otherwise. */
const responseHeaders =
  'Allow, ETag, Idempotent-Replayed, Next-Cursor, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-Id, X-Upstream-Request-Id';
/** How long a browser may keep the answer to a preflight. */
const maxAgeS = 600;

/**
 * Headers that let web pages of the configured origins read an answer; none for any other origin.
 * Cookies are never allowed: a caller has to know an API key.
 */
export function corsHeaders(origins: readonly string[], headers: HeaderFields): Record<string, string> {
  if (origins.length === 0) return {};
  const allowed = allowedOrigin(origins, headers);
  // What is sent to one origin must not be kept for another.
  if (allowed === undefined) return { Vary: 'Origin' };
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': allowed,
    'Access-Control-Expose-Headers': responseHeaders,
  };
}

/** Headers that answer a preflight (Fetch standard, "CORS-preflight request"); undefined where it is none of ours. */
export function preflightHeaders(
  method: string,
  origins: readonly string[],
  headers: HeaderFields,
  methods: readonly string[],
): Record<string, string> | undefined {
  const isPreflight = method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
  if (!isPreflight || allowedOrigin(origins, headers) === undefined) return undefined;
  return {
    'Access-Control-Allow-Methods': methods.join(', '),
    'Access-Control-Allow-Headers': requestHeaders,
    'Access-Control-Max-Age': String(maxAgeS),
  };
}

function allowedOrigin(origins: readonly string[], headers: HeaderFields): string | undefined {
  return origins.find((origin) => origin === headers['origin']);
}
