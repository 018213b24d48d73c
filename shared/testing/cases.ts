/**
 * How many of its cases a property or load suite runs, and from which seed. Both are decided in `vitest.config.ts`: a
 * tenth by `npm test`, all of them by `.ci/run`, a hundredth for each mutant; a fresh seed each time, printed at the head
 * of the run.
 */
const { QIANMA_TEST_CASES: cases, QIANMA_TEST_SEED: given = '' } = process.env;

/** Does the suite run all of its cases? What only many cases reach is expected of all of them alone. */
export const allCases = cases === 'all';

/** What every random choice of a suite follows from. 31 bits. */
export const seed = wholeNumber(given);

/** One case of how many is run. */
const oneOf = allCases ? 1 : cases === 'few' ? 100 : 10;

/** How many cases of `all` to run. */
export const shareOf = (all: number): number => Math.ceil(all / oneOf);

/** Each tenth of a list, or whatever share is run, beginning where the seed says. */
export function someOf<T>(list: readonly T[]): T[] {
  const first = seed % Math.min(oneOf, list.length);
  return list.filter((_, index) => index % oneOf === first);
}

/** Parameters of `fc.assert`; its seed is set by `prepare-file.ts`. */
export const casesOf = (all: number) => ({ numRuns: shareOf(all) });

function wholeNumber(text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new Error('QIANMA_TEST_SEED must be a whole number; vitest.config.ts sets it');
}
