import { type ApiKeyStore, authenticate, type Principal } from '../shared/runtime/http/api-keys.ts';
import type { actionVariables } from '../shared/runtime/http/http-action.ts';
import type { HttpEvent } from '../shared/runtime/http/http-handler.ts';
import { countCall } from '../shared/runtime/http/rate-limits.ts';
import { seconds } from '../shared/world.ts';

/**
 * Who calls a function that is no action, by the API key of the request. The call counts for the limit of that key.
 *
 * @throws Failure `Unauthenticated`, `KeyRateLimited`; what the database throws
 */
export async function principalOf(
  event: HttpEvent<(typeof actionVariables)[number], { apiKeys: ApiKeyStore }>,
): Promise<Principal> {
  const { config } = event;
  const principal = await authenticate(event.request.headers, {
    // Opened only when a key is to be looked up there.
    store: { present: async (key) => (await event.open()).apiKeys.present(key) },
    configuredHash: config.API_KEY_HASH,
    nowS: seconds(event.now()),
  });
  event.facts.keyId = principal.keyId;
  countCall(event.limits, config.API_KEY_REQUESTS_PER_MINUTE, principal.calls);
  return principal;
}
