import type { Database } from '../../../shared/store/database.ts';

/**
 * The database as one process sees it that may die: `atStep` is asked before every statement, and after whatever was
 * committed, when nobody has heard of it yet. Once it has thrown it has to throw always.
 */
export function mortalDatabase(db: Database, atStep: () => void): Database {
  const inside = (tx: Database): Database => ({
    async query(text, params) {
      atStep();
      return tx.query(text, params);
    },
    transaction: (work) => tx.transaction((nested) => work(inside(nested))),
    close: () => tx.close(),
  });
  return {
    async query(text, params) {
      atStep();
      const result = await db.query(text, params);
      atStep();
      return result as typeof result & { rows: never[] }; // the caller's own shape of a row, passed on as it is
    },
    async transaction(work) {
      atStep();
      const result = await db.transaction((tx) => work(inside(tx)));
      atStep();
      return result;
    },
    close: () => db.close(),
  };
}
