import { describe, expect, it } from 'vitest';
import { createFaults } from './faults.ts';
import { createSeededRandom } from './seeded-random.ts';

describe('a probability', () => {
  const strikes = (probability: number) => {
    const faults = createFaults(createSeededRandom(1));
    faults.add({ code: 'InternalError', probability });
    return Array.from({ length: 1000 }, () => faults.strike('any')).filter(Boolean).length;
  };

  it('is kept, and is the same for the same seed', () => {
    expect(strikes(0)).toBe(0);
    expect(strikes(1)).toBe(1000);
    expect(strikes(0.3)).toBe(strikes(0.3));
    expect(Math.abs(strikes(0.3) - 300)).toBeLessThan(60);
  });
});
