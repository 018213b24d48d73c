import type { Database } from '../../../shared/store/postgres/database.ts';

/**
 * The database as one process sees it that may die: `atStep` is asked before every statement, and after whatever was
 * committed, when no caller has the answer yet. Once it has thrown it has to throw always.
 */
export function mortalDatabase(db: Database, atStep: () => void): Database {
  const inside = (tx: Database): Database => ({
    async query(...statement) {
      atStep();
      return tx.query(...statement);
    },
    async defer(...statement) {
      atStep();
      return tx.defer(...statement);
    },
    async batch(statements) {
      atStep();
      return tx.batch(statements);
    },
    transaction: (work) => tx.transaction((nested) => work(inside(nested))),
    close: () => tx.close(),
  });

  /** What is committed when it returns. */
  async function committing<T>(work: () => Promise<T>): Promise<T> {
    atStep();
    const result = await work();
    atStep();
    return result;
  }

  return {
    query: (...statement) => committing(() => db.query(...statement)),
    defer: (...statement) => committing(() => db.defer(...statement)),
    batch: (statements) => committing(() => db.batch(statements)),
    transaction: (work) => committing(() => db.transaction((tx) => work(inside(tx)))),
    close: () => db.close(),
  };
}
