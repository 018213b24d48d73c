/** What it costs a fresh process to load code. */
import { runNode } from './child.ts';
import { median } from './measure.ts';

/**
 * Milliseconds that loading a file adds to the start of a process that does nothing, one for each round.
 *
 * @param files by their names
 */
export async function addedByLoading<Name extends string>(
  files: Readonly<Record<Name, string>>,
  rounds: number,
): Promise<Record<Name, number>> {
  const names = Object.keys(files) as Name[]; // the keys of a record of that type
  const wall = new Map<Name | 'bare', number[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const name of inTurn(['bare', ...names] as const, round)) {
      const script = name === 'bare' ? '0' : `require(${JSON.stringify(files[name])})`;
      const { wallMs } = await runNode(['-e', script]);
      wall.set(name, [...(wall.get(name) ?? []), wallMs]);
    }
  }
  // Round by round, so that a slow moment of the machine is on both sides of a ratio.
  const bare = wall.get('bare') ?? [];
  const added = (name: Name) =>
    median((wall.get(name) ?? []).map((ms, round) => ms - (bare[round] ?? Number.NaN)));
  return Object.fromEntries(names.map((name) => [name, added(name)])) as Record<Name, number>; // the same keys
}

/** The contestants in another order each round. */
export function inTurn<T>(items: readonly T[], round: number): T[] {
  return items.map((_, index) => items[(index + round) % items.length] as T); // the index is always within the list
}
