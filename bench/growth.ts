/** What the same costs among many rows and among few: what growth alone adds. */
import type { Database } from '../shared/store/postgres/database.ts';
import { openPgDatabase } from '../shared/store/postgres/pg-database.ts';
import { median } from './measure.ts';
import { withDatabase } from './own-database.ts';
import type { BenchResult } from './result.ts';

const few = 50_000;
const usualRounds = 41;
const unlimited = { statementTimeoutMs: 0, lockTimeoutMs: 0 };

interface GrowthOperation {
  /** Gives the time of what is measured, in milliseconds. `count`: of the rows among which it is. */
  run(db: Database, count: number): Promise<number>;
  /** Each round takes the mean of so many, where one is too short to be timed: 10 unless given. */
  calls?: number;
  /** Fewer than usual where each uses up some of what there is. */
  rounds?: number;
}

interface Growth {
  /** Rows of the larger database. */
  many: number;
  /** What they are, in words. */
  of: string;
  fill(db: Database, count: number): Promise<void>;
  /** By the name of what is measured. They are done in this order. */
  operations: Readonly<Record<string, GrowthOperation>>;
}

/** 50m, 500k. */
export const growthLabel = (count: number) => (count >= 1e6 ? `${count / 1e6}m` : `${count / 1e3}k`);

/** Fills two databases on the server of `url`, and does everything in both in turns. */
export function compareGrowth(url: string, growth: Growth): Promise<BenchResult[]> {
  return withDatabase(url, (largeUrl) =>
    withDatabase(url, async (smallUrl) => {
      const [large, small] = [openPgDatabase(largeUrl, unlimited), openPgDatabase(smallUrl, unlimited)];
      try {
        await growth.fill(large, growth.many);
        await growth.fill(small, few);
        const results: BenchResult[] = [];
        for (const [name, operation] of Object.entries(growth.operations))
          results.push(await compare(name, operation, { ...growth, large, small }));
        return results;
      } finally {
        await large.close();
        await small.close();
      }
    }),
  );
}

async function compare(
  name: string,
  { run, calls = 10, rounds = usualRounds }: GrowthOperation,
  { many, of, large, small }: Pick<Growth, 'many' | 'of'> & Record<'large' | 'small', Database>,
): Promise<BenchResult> {
  const times = { large: [] as number[], small: [] as number[] };
  const sides = [
    ['large', large, many],
    ['small', small, few],
  ] as const;
  for (let round = -3; round < rounds; round += 1) {
    // Turned round by round: who comes second finds a warmer processor.
    for (const [side, db, count] of round % 2 === 0 ? sides : sides.toReversed()) {
      const ms = await mean(() => run(db, count), calls);
      // The first rounds warm up.
      if (round >= 0) times[side].push(ms);
    }
  }
  return {
    name: `${name}/${growthLabel(many)}-vs-50k`,
    ratio: median(times.large) / median(times.small),
    against: `the same among 50,000 ${of} (${median(times.small).toFixed(2)} ms), 1.2 allowed`,
    value: Math.round(median(times.large) * 100) / 100,
    unit: 'ms',
  };
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function mean(once: () => Promise<number>, calls: number): Promise<number> {
  let total = 0;
  for (let call = 0; call < calls; call += 1) total += await once();
  return total / calls;
}
