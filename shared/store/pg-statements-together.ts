import type pg from 'pg';
import Query from 'pg/lib/query.js';
import utils from 'pg/lib/utils.js';
import type { PlanNames } from './plan-names.ts';
import type { Statement } from './queued-database.ts';

/**
 * Sends several statements in one flush, and waits once. They end in one `Sync`: when one fails, the server skips all
 * that follow (PostgreSQL, "Extended Query"). With the option `pipeline` of pg each would have a `Sync` of its own, and
 * a statement could run outside of the transaction whose `begin` had failed.
 *
 * @returns one result for each
 */
export function sendTogether(
  client: pg.Client,
  statements: readonly Statement[],
  names: PlanNames,
): Promise<pg.QueryResult | pg.QueryResult[]> {
  return new Promise((resolve, reject) => {
    const together = new StatementsTogether(statements, names, (error, results) => {
      if (error) {
        together.forgetPlans();
        reject(error);
      } else resolve(results);
    });
    client.query(together);
  });
}

class StatementsTogether extends Query {
  readonly #statements: readonly Statement[];
  readonly #names: PlanNames;
  readonly #parsed: string[] = [];

  constructor(
    statements: readonly Statement[],
    names: PlanNames,
    callback: (error: Error | null, results: pg.QueryResult | pg.QueryResult[]) => void,
  ) {
    // The text is never sent: what is sent is up to `submit`.
    super('', [], callback);
    this.#statements = statements;
    this.#names = names;
  }

  /** The server may not have got as far as to parse what it was to keep. */
  forgetPlans(): void {
    for (const text of this.#parsed) this.#names.forget(text);
  }

  override submit(connection: pg.Connection): Error | null {
    let values: (string | Buffer | null)[][];
    try {
      values = this.#statements.map(({ params = [] }) => params.map(utils.prepareValue));
    } catch (error) {
      // What cannot be a parameter is found out before the first byte is sent.
      return error instanceof Error ? error : new Error('a parameter cannot be sent');
    }
    connection.stream.cork();
    for (const [index, statement] of this.#statements.entries()) {
      this.#write(connection, statement, values[index] ?? []);
    }
    connection.sync();
    connection.stream.uncork();
    return null;
  }

  #write(connection: pg.Connection, { text, prepared }: Statement, values: (string | Buffer | null)[]): void {
    const plan = prepared ? this.#names.nameOf(text) : { name: '', isNew: true };
    if (plan.isNew) {
      // The second argument is of older versions of pg: nothing leaves before `uncork`.
      connection.parse({ name: plan.name, text, types: [] }, true);
      if (plan.name !== '') this.#parsed.push(text);
    }
    connection.bind({ portal: '', statement: plan.name, values }, true);
    connection.describe({ type: 'P', name: '' }, true);
    connection.execute(null, true);
  }
}
