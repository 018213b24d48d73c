import type { Database } from './database.ts';
import { isRolledBackForOthers } from './database-errors.ts';

const tries = 4;

/**
 * A transaction that is run again when the server rolled it back because of a deadlock or a serialisation conflict.
 * Only for work that does nothing but SQL: whatever else it does would happen twice.
 */
export async function repeatableTransaction<T>(db: Database, work: (tx: Database) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await db.transaction(work);
    } catch (error) {
      if (tried >= tries || !isRolledBackForOthers(error)) throw error;
    }
  }
}
