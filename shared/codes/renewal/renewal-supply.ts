import type { Tenant } from '../ports.ts';
import type { Claim } from './ports.ts';
import { tenantKey } from './trouble.ts';

interface SupplyOptions {
  probes: readonly Claim[];
  claim(limit: number, except: readonly Tenant[]): Promise<Claim[]>;
  release(claims: readonly Claim[]): Promise<void>;
  /** Claims of one refill. */
  size: number;
  /** Tenants whose claims are left to the next run. */
  setAside(): readonly Tenant[];
}

/** What is claimed and waits for a worker. */
export interface Supply {
  /** Undefined: nothing more is due. */
  next(): Promise<Claim | undefined>;
  putBack(claim: Claim): void;
  /** What is claimed of a tenant is given back unused. */
  leaveOut(tenant: Tenant): void;
  /** Gives back what was not used. */
  close(): Promise<void>;
}

/** A tenant with more of a refill than this share leaves room for the others in the next one. */
const fairShare = 0.25;

/**
 * Claims a few codes at a time. Longest due first, but a tenant with very many codes does not make the others wait for
 * all of them: half of a refill is for those that had little of the last one.
 */
export function createSupply({ probes, claim, release, size, setAside }: SupplyOptions): Supply {
  const waiting = [...probes];
  const unused: Claim[] = [];
  const leftOut = new Set<string>();
  let crowd: Tenant[] = [];
  let refilling: Promise<void> | undefined;
  let isEmpty = false;

  async function refill(): Promise<void> {
    const aside = setAside();
    const others = crowd.length === 0 ? [] : await claimTwice(size / 2, [...aside, ...crowd]);
    waiting.push(...others);
    const claimed = await claimTwice(size - others.length, aside);
    waiting.push(...claimed);
    isEmpty = others.length + claimed.length === 0;
    crowd = crowdOf([...others, ...claimed]);
  }

  /** Workers who find nothing wait for the same refill. */
  async function refillOnce(): Promise<void> {
    refilling ??= refill().finally(() => {
      refilling = undefined;
    });
    await refilling;
  }

  /** One statement that took too long must not end the run. */
  async function claimTwice(limit: number, except: readonly Tenant[]): Promise<Claim[]> {
    return claim(limit, except).catch(() => claim(limit, except));
  }

  function crowdOf(claims: readonly Claim[]): Tenant[] {
    const counts = new Map<string, { tenant: Tenant; count: number }>();
    for (const { code } of claims) {
      const { appId, organization } = code;
      const tenant = { appId, organization };
      const known = counts.get(tenantKey(tenant));
      counts.set(tenantKey(tenant), { tenant, count: (known?.count ?? 0) + 1 });
    }
    return [...counts.values()].filter(({ count }) => count > size * fairShare).map(({ tenant }) => tenant);
  }

  function isWanted({ code }: Claim): boolean {
    const key = tenantKey(code);
    return !leftOut.has(key) && !setAside().some((tenant) => tenantKey(tenant) === key);
  }

  return {
    async next() {
      for (;;) {
        const claimed = waiting.shift();
        if (claimed !== undefined && isWanted(claimed)) return claimed;
        if (claimed !== undefined) unused.push(claimed);
        else if (isEmpty) return undefined;
        else await refillOnce();
      }
    },
    putBack: (claimed) => void waiting.push(claimed),
    leaveOut: (tenant) => void leftOut.add(tenantKey(tenant)),
    async close() {
      const rest = [...waiting.splice(0), ...unused.splice(0)];
      // Where nothing can be written any more, the leases end by themselves.
      if (rest.length > 0) await release(rest).catch(() => undefined);
    },
  };
}
