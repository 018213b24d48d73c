import type { Database } from './database.ts';
import { mayBeRepeated } from './database-errors.ts';

const tries = 4;

/**
 * A transaction that is run again when nothing of it happened for a reason that passes: a deadlock, a serialisation
 * conflict, a database that went away before the commit.
 * Only for work that does nothing but SQL: whatever else it does would happen twice.
 */
export async function repeatableTransaction<T>(db: Database, work: (tx: Database) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await db.transaction(work);
    } catch (error) {
      if (tried >= tries || !mayBeRepeated(error)) throw error;
    }
  }
}
