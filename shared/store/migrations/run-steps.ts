import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../postgres/database.ts';
import { sqlState } from '../postgres/database-errors.ts';
import type { Step } from './migration.ts';

/** For a lock: whoever comes after us waits for as long as we do. Milliseconds. */
const longestWaitMs = 400;
/** Between two tries, so that those who waited behind us get their turn. Milliseconds. */
const pauseMs = 1000;

/** How often what fails for these reasons is tried: a lock was not to be had in time, for about ten minutes… */
const mostTries: Readonly<Record<string, number>> = {
  '55P03': 400,
  '40P01': 400,
  // … or two sessions made the same thing at once.
  '23505': 5,
  '42P07': 5,
  '42710': 5,
};

/**
 * Runs the steps of a migration that have not been run, each once. Several sessions may do so at once: whoever comes
 * second finds the row of the step written down, or waits for it.
 */
export async function runSteps(db: Database, number: number, steps: readonly Step[]): Promise<void> {
  await patiently(() =>
    db.query(
      'create table if not exists migration_steps (number int, step text, place text, done boolean not null, primary key (number, step))',
    ),
  );
  for (const step of steps) {
    if ('sql' in step) await patiently(() => runOnce(db, number, step));
    else await runUntilDone(db, number, step);
  }
}

async function runOnce(db: Database, number: number, { name, sql }: { name: string; sql: string }) {
  await db.transaction(async (tx) => {
    await tx.query(`set local lock_timeout = ${longestWaitMs}`);
    const { rowCount } = await tx.query(
      'insert into migration_steps (number, step, done) values ($1, $2, true) on conflict do nothing',
      [number, name],
    );
    if (rowCount === 1) await tx.query(sql);
  });
}

async function runUntilDone(db: Database, number: number, step: Extract<Step, { run: unknown }>) {
  const write = (place: string | null, done: boolean) =>
    db.query(
      `insert into migration_steps as s (number, step, place, done) values ($1, $2, $3, $4)
       on conflict (number, step) do update set place = coalesce(excluded.place, s.place), done = s.done or excluded.done`,
      [number, step.name, place, done],
    );
  const { rows } = await db.query<{ place: string | null; done: boolean }>(
    'select place, done from migration_steps where number = $1 and step = $2',
    [number, step.name],
  );
  if (rows[0]?.done === true) return;
  await step.run(db, {
    place: rows[0]?.place ?? null,
    save: async (place) => void (await write(place, false)),
  });
  await write(null, true);
}

/** @throws what `work` throws, if it does not pass */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      if (tried >= (mostTries[sqlState(error) ?? ''] ?? 0)) throw error;
      await sleep(pauseMs);
    }
  }
}
