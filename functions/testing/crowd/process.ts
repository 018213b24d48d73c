import { Failure } from '../../../shared/errors.ts';
import type { Database } from '../../../shared/store/postgres/database.ts';
import { mortalDatabase } from './mortal-database.ts';

/** Thrown by everything that a dead process still tries. */
class Killed extends Error {
  override readonly name = 'Killed';
}

export interface Fate {
  /** From 0 to below 1, from the seed. */
  random(): number;
  /** Chance to die at a step. */
  deadliness: number;
  /** Is the database away just now? */
  isDown(): boolean;
}

/** One process: what it holds of the database, and whether it lives. */
export interface Process {
  db: Database;
  isDead(): boolean;
}

export function startProcess(db: Database, { random, deadliness, isDown }: Fate): Process {
  let dead = false;
  const atStep = () => {
    if (isDown()) throw new Failure('DatabaseUnavailable', { detail: 'It is away' });
    dead ||= random() < deadliness;
    if (dead) throw new Killed();
  };
  return { db: mortalDatabase(db, atStep), isDead: () => dead };
}
