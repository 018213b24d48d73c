import { hash } from 'node:crypto';
import { secretDate, secretService, secretSigning } from './stages.ts';

export interface SigningKeyCache {
  /** SecretSigning of this key, date (`YYYY-MM-DD`) and service. */
  signingKey(secretKey: string, date: string, service: string): Buffer;
}

/**
 * Derived keys by (key, date, service). What names the entry is a digest of the secret key, never the key itself:
 * a heap dump or a debugger that lists the map shows nothing that signs for longer than a day.
 *
 * Bounded, because date and service may come from a request of a stranger: the least recently used entry is
 * dropped first.
 */
export function createSigningKeyCache(capacity = 64): SigningKeyCache {
  const keys = new Map<string, Buffer>();

  return {
    signingKey(secretKey, date, service) {
      const name = `${hash('sha256', secretKey, 'hex')}/${date}/${service}`;
      const key = keys.get(name) ?? secretSigning(secretService(secretDate(secretKey, date), service));
      // Deleting and adding again moves the entry to the end of the map's order, which is the order of use.
      keys.delete(name);
      keys.set(name, key);
      for (const oldest of keys.keys()) {
        if (keys.size <= capacity) break;
        keys.delete(oldest);
      }
      return key;
    },
  };
}
