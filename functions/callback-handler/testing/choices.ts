import { createSeededRandom } from '../../../local/cloud-api/seeded-random.ts';

/** Choices that are the same for the same seed. */
export interface Choices {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
}

export function seededChoices(seed: number): Choices {
  const random = createSeededRandom(seed);
  return {
    below: random.integer,
    chance: (probability) => random.fraction() < probability,
    pick(choices) {
      const chosen = choices[random.integer(choices.length)];
      if (chosen === undefined) throw new RangeError('There is nothing to pick from');
      return chosen;
    },
  };
}
