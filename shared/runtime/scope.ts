import type { Principal } from './api-keys.ts';

/**
 * Whose codes a caller may see; null is everybody's. A key that is made for certain organisations is made for the
 * configured application: organisations are names inside one.
 */
export function scopeOf({ organizations }: Principal, appId: string) {
  return organizations === null ? null : { appId, organizations };
}

/** May a caller decide for all organisations? */
export function isAdministrator({ role, organizations }: Principal): boolean {
  return role === 'admin' && organizations === null;
}
