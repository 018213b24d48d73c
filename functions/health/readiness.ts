import type { Event } from '../../shared/runtime/event.ts';
import { migrationStatus } from '../../shared/store/migrations/migration-status.ts';
import type { Database } from '../../shared/store/postgres/database.ts';
import { within } from '../../shared/world.ts';

/** An instance asks its database no more often, whoever asks: anybody may. Milliseconds. */
const freshMs = 5_000;
/** For so long the database may be silent. Milliseconds. */
const patienceMs = 2_000;

/** Is the database there, with the tables of this release? The reason why not is in the log alone. */
export function createReadiness(db: Database) {
  let last = { atMs: Number.NEGATIVE_INFINITY, isReady: false };
  return async ({ now, log }: Pick<Event, 'now' | 'log'>): Promise<boolean> => {
    // A clock that was set back makes the last look worth nothing.
    if (Math.abs(now() - last.atMs) >= freshMs) {
      const isReady = await look(db, log).catch((error: unknown) => {
        log.warn('not ready', {}, error);
        return false;
      });
      last = { atMs: now(), isReady };
    }
    return last.isReady;
  };
}

async function look(db: Database, log: Event['log']): Promise<boolean> {
  const status = await within(patienceMs, migrationStatus(db), () => undefined);
  if (status === undefined) log.warn('not ready', { silentMs: patienceMs });
  // What a newer release has added to the tables keeps this one from nothing.
  else if (status.pending.length === 0 && status.altered.length === 0) return true;
  else log.warn('not ready', { pending: status.pending, altered: status.altered });
  return false;
}
