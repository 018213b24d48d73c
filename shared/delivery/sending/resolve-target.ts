/** From a name to the addresses that a connection may be made to. They are resolved here and nowhere else. */
import { promises as dns } from 'node:dns';
import { isIP } from 'node:net';
import { isLoopbackAddress, isPublicAddress } from './public-addresses.ts';
import { hostOf, isLoopbackHost, type TargetRules } from './target-url.ts';

/** The addresses of a name, none if there is no such name. Throws when no server answers. */
export type ResolveName = (name: string) => Promise<readonly string[]>;

export type Resolved = { addresses: readonly string[] } | { error: 'NameNotFound' | 'AddressRefused' };

/**
 * Asks the name servers themselves. `dns.lookup` would do it on the four threads that all of Node shares, where a few
 * names without an answer hold up every other.
 */
export function nameServers(timeoutMs = 2_000): ResolveName {
  const resolver = new dns.Resolver({ timeout: timeoutMs, tries: 2 });
  return async (name) => {
    const found = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    return found.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  };
}

/**
 * Where to connect for a URL that `readTargetUrl` let through. A name that leads to one address that may not be sent
 * to is refused as a whole: it is either an attack or a mistake.
 */
export async function resolveTarget(url: URL, rules: TargetRules, resolve: ResolveName): Promise<Resolved> {
  const host = hostOf(url);
  const addresses = await addressesOf(host, resolve);
  if (addresses.length === 0) return { error: 'NameNotFound' };
  const mayBeLoopback = rules.allowLoopback;
  const isFine = (address: string) =>
    (url.protocol === 'https:' && isPublicAddress(address)) || (mayBeLoopback && isLoopbackAddress(address));
  return addresses.every(isFine) ? { addresses } : { error: 'AddressRefused' };
}

async function addressesOf(host: string, resolve: ResolveName): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  // RFC 6761: never asked for, it is this machine by definition.
  if (isLoopbackHost(host)) return ['127.0.0.1'];
  try {
    return await resolve(host);
  } catch {
    return [];
  }
}
