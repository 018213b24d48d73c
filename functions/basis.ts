/** What functions open for as long as their instance lives. */
import { randomIds } from '../shared/codes/ids.ts';
import { type Config, readConfig, type VariableName } from '../shared/runtime/config.ts';
import type { Database } from '../shared/store/postgres/database.ts';
import type { EarlySession } from '../shared/store/postgres/early-session.ts';
import { connectEarly, openPgDatabase, type PgOptions } from '../shared/store/postgres/pg-database.ts';
import { type Surroundings, turnOfEventLoop } from '../shared/world.ts';

export interface Basis {
  db: Database;
  surroundings: Surroundings;
  /** Resolves when it is known which connections were closed while the instance was frozen. */
  thawed(): Promise<void>;
}

/**
 * Begins to connect while the code is still being loaded, where the environment has all that the function needs. What
 * is wrong is told to the first event.
 */
export function connectEarlier(needs: readonly VariableName[]): EarlySession | undefined {
  if (!process.env['DATABASE_URL']) return undefined;
  try {
    return connectEarly(readConfig(process.env, [...needs, 'DATABASE_URL']).DATABASE_URL);
  } catch {
    return undefined;
  }
}

/** @param options how long the database may take: in the time of the event at hand, unless it is to be less */
export function openBasis(config: Config<'DATABASE_URL'>, options: PgOptions, early?: EarlySession): Basis {
  return {
    db: openPgDatabase(config.DATABASE_URL, options, early),
    thawed: options.thawed ?? turnOfEventLoop,
    surroundings: { nowMs: Date.now, random: Math.random, ids: randomIds() },
  };
}
