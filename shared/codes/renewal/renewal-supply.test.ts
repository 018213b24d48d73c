import { describe, expect, it } from 'vitest';
import type { Tenant } from '../ports.ts';
import { sampleCode } from '../testing/sample-code.ts';
import type { Claim } from './ports.ts';
import { createSupply } from './renewal-supply.ts';

const claimOf = (codeId: string, organization = 'org-a'): Claim => ({
  lease: { codeId, token: '1' },
  code: sampleCode({ codeId, organization }),
  isClean: true,
});

/** So many codes of an organisation, named after it. */
const claimsOf = (organization: string, count: number) =>
  Array.from({ length: count }, (_, index) => claimOf(`${organization}-${index + 1}`, organization));

interface Asked {
  limit: number;
  except: string[];
}

/** A line of codes that are due, longest due first, and a supply of eight at a time from it. */
function supplyOf(due: readonly Claim[], probes: readonly Claim[] = []) {
  const line = [...due];
  const asked: Asked[] = [];
  const released: string[] = [];
  const aside: Tenant[] = [];
  async function claim(limit: number, except: readonly Tenant[]): Promise<Claim[]> {
    asked.push({ limit, except: except.map(({ organization }) => organization) });
    const isOpen = ({ code }: Claim) =>
      !except.some(({ organization }) => organization === code.organization);
    const taken = line.filter(isOpen).slice(0, limit);
    for (const one of taken) line.splice(line.indexOf(one), 1);
    return taken;
  }
  const release = async (claims: readonly Claim[]) => {
    released.push(...claims.map(({ lease }) => lease.codeId));
  };
  const options = { probes, claim, release, size: 8, setAside: () => aside };
  const supply = createSupply(options);
  const next = async () => (await supply.next())?.lease.codeId;
  return { supply, next, asked, released, aside, options, line };
}

describe('what is due is handed out', () => {
  it('in its order, eight claimed at a time, until nothing more is', async () => {
    const { next, asked } = supplyOf([...claimsOf('a', 2), ...claimsOf('b', 2), ...claimsOf('c', 2)]);
    const handedOut = [];
    for (let codeId = await next(); codeId !== undefined; codeId = await next()) handedOut.push(codeId);
    expect(handedOut).toEqual(['a-1', 'a-2', 'b-1', 'b-2', 'c-1', 'c-2']);
    expect(asked).toEqual([
      { limit: 8, except: [] },
      { limit: 8, except: [] },
    ]);
    expect(await next()).toBeUndefined();
    expect(asked).toHaveLength(2);
  });

  it('after the probes, which are claimed already', async () => {
    const { next } = supplyOf(claimsOf('a', 1), claimsOf('poor', 1));
    expect([await next(), await next(), await next()]).toEqual(['poor-1', 'a-1', undefined]);
  });

  it('from one refill to all who find nothing at the same time', async () => {
    const { next, asked } = supplyOf([...claimsOf('a', 1), ...claimsOf('b', 1), ...claimsOf('c', 1)]);
    expect((await Promise.all([next(), next(), next()])).sort()).toEqual(['a-1', 'b-1', 'c-1']);
    expect(asked).toHaveLength(1);
  });

  it('although a claim took too long once', async () => {
    const { options } = supplyOf(claimsOf('a', 1));
    let claims = 0;
    const claim: typeof options.claim = async (...args) => {
      claims += 1;
      if (claims === 1) throw new Error('too long');
      return options.claim(...args);
    };
    expect((await createSupply({ ...options, claim }).next())?.lease.codeId).toBe('a-1');
  });

  it('not where it takes too long twice, until it is asked for again', async () => {
    const { options } = supplyOf(claimsOf('a', 1));
    let claims = 0;
    const claim: typeof options.claim = async (...args) => {
      claims += 1;
      if (claims <= 2) throw new Error('too long');
      return options.claim(...args);
    };
    const supply = createSupply({ ...options, claim });
    await expect(supply.next()).rejects.toThrow('too long');
    expect((await supply.next())?.lease.codeId).toBe('a-1');
  });
});

describe('a tenant with very many codes', () => {
  it('leaves half of the next refill to the others', async () => {
    const { next, asked } = supplyOf([...claimsOf('large', 20), ...claimsOf('small', 6)]);
    const handedOut = [];
    for (let count = 0; count < 16; count += 1) handedOut.push(await next());
    expect(handedOut.slice(0, 8)).toEqual(claimsOf('large', 8).map(({ lease }) => lease.codeId));
    expect(handedOut.slice(8)).toEqual([
      ...['small-1', 'small-2', 'small-3', 'small-4'],
      ...['large-9', 'large-10', 'large-11', 'large-12'],
    ]);
    expect(asked).toEqual([
      { limit: 8, except: [] },
      { limit: 4, except: ['large'] },
      { limit: 4, except: [] },
    ]);
  });

  it('is one that had more than a quarter of the last refill', async () => {
    const { next, asked } = supplyOf([
      ...claimsOf('a', 3),
      ...claimsOf('b', 2),
      ...claimsOf('c', 2),
      ...claimsOf('d', 9),
    ]);
    for (let count = 0; count < 9; count += 1) await next();
    expect(asked.slice(1)).toEqual([
      { limit: 4, except: ['a'] },
      { limit: 4, except: [] },
    ]);
  });

  it('gets the room that the others do not need', async () => {
    const { next, asked } = supplyOf([...claimsOf('large', 20), ...claimsOf('small', 1)]);
    for (let count = 0; count < 9; count += 1) await next();
    expect(asked.slice(1)).toEqual([
      { limit: 4, except: ['large'] },
      { limit: 7, except: [] },
    ]);
  });

  it('does not end the run where only it has codes that are due', async () => {
    const { next } = supplyOf(claimsOf('large', 12));
    for (let count = 0; count < 12; count += 1) expect(await next()).toBe(`large-${count + 1}`);
    expect(await next()).toBeUndefined();
  });
});

describe('what is claimed and not used', () => {
  it('of a tenant that was found to have no quota is given back', async () => {
    const { supply, next, released } = supplyOf([...claimsOf('poor', 3), ...claimsOf('rich', 1)]);
    expect(await next()).toBe('poor-1');
    supply.leaveOut({ appId: 'app', organization: 'poor' });
    expect([await next(), await next()]).toEqual(['rich-1', undefined]);
    await supply.close();
    expect(released).toEqual(['poor-2', 'poor-3']);
  });

  it('of a tenant that was set aside is given back, and no more of it is claimed', async () => {
    const { supply, next, released, aside, asked } = supplyOf([
      ...claimsOf('bad', 12),
      ...claimsOf('good', 1),
    ]);
    expect(await next()).toBe('bad-1');
    aside.push({ appId: 'app', organization: 'bad' });
    expect(await next()).toBe('good-1');
    expect(asked.slice(1).every(({ except }) => except.includes('bad'))).toBe(true);
    await supply.close();
    expect(released).toEqual(
      claimsOf('bad', 8)
        .slice(1)
        .map(({ lease }) => lease.codeId),
    );
  });

  it('is given back at the end, with what a worker had no time for', async () => {
    const { supply, next, released } = supplyOf([...claimsOf('a', 2), ...claimsOf('b', 1)]);
    await next();
    supply.putBack(claimOf('a-1'));
    await supply.close();
    expect(released.sort()).toEqual(['a-1', 'a-2', 'b-1']);
  });

  it('is nothing where all is used: the register is not asked', async () => {
    const { options } = supplyOf(claimsOf('a', 1));
    let releases = 0;
    const release = async () => {
      releases += 1;
    };
    const supply = createSupply({ ...options, release });
    while ((await supply.next()) !== undefined);
    await supply.close();
    expect(releases).toBe(0);
  });

  it('keeps its leases where they cannot be given back, and the run ends all the same', async () => {
    const { options } = supplyOf(claimsOf('a', 2));
    const supply = createSupply({ ...options, release: () => Promise.reject(new Error('away')) });
    await supply.next();
    await expect(supply.close()).resolves.toBeUndefined();
  });
});
