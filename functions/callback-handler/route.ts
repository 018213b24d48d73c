/** By which address a notification came. It locates a code and proves nothing. */
export type Route = { kind: 'application' } | { kind: 'code'; token: string; generation: number };

/** `<token>.<generation>`: 22 characters of base58, as our own `CallbackUrl` has them, and a number from 1. */
const codePath = /\/([1-9A-HJ-NP-Za-km-z]{22})\.([1-9]\d{0,5})\/?$/;

/**
 * `/callback-handler/<token>.<generation>` where functions share a domain, `/<token>.<generation>` at the function's own
 * URL. Any other path is that of the whole application: nobody who proves a message is turned away for its address.
 */
export function routeOf(path: string): Route {
  const [, token, generation] = codePath.exec(path) ?? [];
  if (token === undefined || generation === undefined) return { kind: 'application' };
  return { kind: 'code', token, generation: Number(generation) };
}
