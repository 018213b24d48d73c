import type pg from 'pg';
import Query from 'pg/lib/query.js';

/**
 * Sends statements without parameters and one with parameters after them in one flush, and waits once. They end in one
 * `Sync`: when one fails, the server skips all that follow (PostgreSQL, "Extended Query"). With the option `pipeline` of
 * pg each would have a `Sync` of its own, and a statement could run outside of the transaction whose `begin` had failed.
 *
 * @param params at least one: without any, pg would send a text that ends no flush
 * @returns one result for each
 */
export function sendTogether(
  client: pg.Client,
  before: readonly string[],
  text: string,
  params: readonly unknown[],
): Promise<pg.QueryResult | pg.QueryResult[]> {
  return new Promise((resolve, reject) => {
    client.query(
      new StatementsTogether(before, text, params, (error, results) => {
        if (error) reject(error);
        else resolve(results);
      }),
    );
  });
}

class StatementsTogether extends Query {
  readonly #before: readonly string[];

  constructor(
    before: readonly string[],
    text: string,
    params: readonly unknown[],
    callback: (error: Error | null, results: pg.QueryResult | pg.QueryResult[]) => void,
  ) {
    super(text, params, callback);
    this.#before = before;
  }

  override submit(connection: pg.Connection): Error | null {
    connection.stream.cork();
    try {
      for (const text of this.#before) {
        // More than the first argument is for older versions: nothing is sent before `uncork`.
        connection.parse({ name: '', text, types: [] }, true);
        connection.bind({}, true);
        connection.execute(null, true);
      }
      return super.submit(connection);
    } finally {
      connection.stream.uncork();
    }
  }
}
