import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../cloud-api/seeded-random.ts';
import { numericRequestId, upstreamId, uuid } from './ids.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe('seeded randomness', () => {
  it('repeats itself for the same seed, and goes on where its state was kept', async () => {
    await fc.assert(
      fc.property(seeds, fc.nat(50), (seed, steps) => {
        const [one, other] = [createSeededRandom(seed), createSeededRandom(seed)];
        for (let step = 0; step < steps; step += 1) expect(one.fraction()).toBe(other.fraction());
        const resumed = createSeededRandom(0);
        resumed.restore(one.state());
        expect(resumed.integer(1000)).toBe(one.integer(1000));
      }),
    );
  });

  it('differs from seed to seed', () => {
    const firsts = Array.from({ length: 1000 }, (_, seed) => upstreamId(createSeededRandom(seed)));
    expect(new Set(firsts).size).toBe(1000);
  });

  it('spreads evenly', () => {
    const random = createSeededRandom(1);
    const counts = Array.from({ length: 10 }, () => 0);
    for (let index = 0; index < 10_000; index += 1) {
      const digit = random.integer(10);
      counts[digit] = (counts[digit] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

describe('ids', () => {
  it('have the forms that upstream uses', async () => {
    await fc.assert(
      fc.property(seeds, fc.double({ min: 0, max: 4e12, noNaN: true }), (seed, nowMs) => {
        const random = createSeededRandom(seed);
        expect(upstreamId(random)).toMatch(/^yD[A-Za-z0-9]{30}$/);
        expect(numericRequestId(nowMs, random)).toMatch(/^s\d{19}$/);
        expect(uuid(random)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      }),
    );
  });

  it('of a request begin with the time of the clock in milliseconds', () => {
    expect(numericRequestId(1_695_178_926_924.9, createSeededRandom(1))).toMatch(/^s1695178926924\d{6}$/);
  });
});
