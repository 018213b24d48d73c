import type { Database } from '../postgres/database.ts';

/**
 * Has work go on for so many statements, and fails the one after them.
 *
 * @returns whether the work came to its end
 */
export async function cutOffAfter(
  statements: number,
  db: Database,
  work: (db: Database) => Promise<unknown>,
): Promise<boolean> {
  const reason = new Error('cut off');
  let left = statements;
  const cut = (inner: Database): Database => ({
    ...inner,
    query(text, params, options) {
      left -= 1;
      return left < 0 ? Promise.reject(reason) : inner.query(text, params, options);
    },
    transaction: (within) => inner.transaction((tx) => within(cut(tx))),
  });
  return work(cut(db)).then(
    () => true,
    (error: unknown) => {
      if (error === reason) return false;
      throw error;
    },
  );
}
