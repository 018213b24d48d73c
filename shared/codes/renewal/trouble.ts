/** Who cannot be helped in this run, and when going on is pointless for all. */

import { type CallFailure, saysNothing } from '../life/call-failure.ts';
import type { Tenant } from '../ports.ts';

/**
 * What one piece of work says about the next one.
 *
 * `fine`: upstream answered, and the work of others goes on. `tenant`: the fault may lie with this organisation.
 * `all`: it may as well lie with upstream, the way to it, our key or the database. `nothing`: it says nothing.
 */
export type Sign = 'fine' | 'tenant' | 'all' | 'nothing';

/** What a call that failed says about the next one. */
export function signOf({ outcome, kind, errorCode }: CallFailure): Sign {
  if (kind === 'quota' || kind === 'permanent') return 'fine';
  return outcome === 'refused' && saysNothing(errorCode) ? 'tenant' : 'all';
}

/**
 * So much trouble in a row, and the rest of a tenant is left to the next run. Going on would bring it nothing but
 * possible orphans and long pauses.
 */
const mostOfTenant = 5;

/** So many tenants in a row with trouble that may lie with all, and it is not the tenants'. */
const mostTenants = 3;

export interface Troubles {
  note(tenant: Tenant, sign: Sign): void;
  isSetAside(tenant: Tenant): boolean;
  setAside(): Tenant[];
  /** Would no work succeed any more, whichever tenant's? */
  isPointless(): boolean;
}

/** Trouble is counted for each tenant: one that is in trouble keeps no other waiting. */
export function createTroubles(): Troubles {
  const inRow = new Map<string, number>();
  const aside = new Map<string, Tenant>();
  /** Tenants that had trouble since the last work that was fine. */
  const together = new Set<string>();

  return {
    note(tenant, sign) {
      const key = tenantKey(tenant);
      if (sign === 'fine') {
        inRow.delete(key);
        together.clear();
      }
      if (sign !== 'tenant' && sign !== 'all') return;
      const count = (inRow.get(key) ?? 0) + 1;
      inRow.set(key, count);
      if (count >= mostOfTenant) aside.set(key, tenant);
      if (sign === 'all') together.add(key);
    },
    isSetAside: (tenant) => aside.has(tenantKey(tenant)),
    setAside: () => [...aside.values()],
    isPointless: () => together.size >= mostTenants,
  };
}

/** Names a tenant among others. */
export function tenantKey({ appId, organization }: Tenant): string {
  return JSON.stringify([appId, organization]);
}
