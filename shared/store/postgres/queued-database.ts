import { Failure } from '../../errors.ts';
import { type ConnectionSource, whileAway } from './connection-source.ts';
import type { Database, QueryOptions, QueryResult, Results, Statement } from './database.ts';
import { isAway, mayBeRepeated } from './database-errors.ts';
import { createQueue, type Queue } from './queue.ts';
import { createTransactionSession, type TransactionSession } from './transaction-session.ts';

/** How often a single statement is run when the server keeps rolling it back for the sake of others. */
const statementTries = 4;

/**
 * A {@link Database} over one connection. Calls wait for each other, a transaction keeps everything else out, and the
 * whole of a transaction happens on the connection it began on or not at all.
 */
export function createQueuedDatabase(source: ConnectionSource, queue: Queue = createQueue()): Database {
  return {
    query: (text, params, options) => queue(() => runStatement(source, text, params, options)),
    async defer(text, params, options) {
      await queue(() => runStatement(source, text, params, options));
    },
    batch: (statements) =>
      queue(async () => rowsOf(await whileAway(source, (connection) => connection.executeAll(statements)))),
    transaction: (work) => queue(() => runTransaction(source, work)),
    close: () => queue(() => source.close()),
  };
}

/** No check here could know the shape of a row: the SQL beside the caller is what does. */
function rowsOf<Rows extends readonly object[]>(results: QueryResult[]): Results<Rows> {
  return results as Results<Rows>;
}

/** A statement outside a transaction that was rolled back, for a reason that passes, had no effect: run it again. */
async function runStatement<Row extends object>(
  source: ConnectionSource,
  text: string,
  params: readonly unknown[] | undefined,
  options: QueryOptions | undefined,
): Promise<QueryResult<Row>> {
  for (let tried = 1; ; tried += 1) {
    try {
      const result = await whileAway(source, (connection) => connection.execute(text, params, options));
      // The shape of a row is what the SQL beside the caller selects; no check here could know it.
      return result as QueryResult<Row>;
    } catch (error) {
      if (tried >= statementTries || isAway(error) || !mayBeRepeated(error)) throw error;
    }
  }
}

async function runTransaction<T>(source: ConnectionSource, work: (tx: Database) => Promise<T>): Promise<T> {
  const session = createTransactionSession(source);
  try {
    const result = await createScope(session, 'transaction').run(work);
    await session.commit();
    return result;
  } catch (error) {
    await session.rollback();
    throw error;
  }
}

/**
 * The part of a transaction that stands or falls together. Rejects when a statement failed, even where `work` went on:
 * PostgreSQL turns the commit of a failed transaction into a rollback without an error.
 */
function createScope(session: TransactionSession, name: string) {
  const queue = createQueue();
  let failed: { error: unknown } | undefined;
  let ended = false;
  let savepoints = 0;

  async function execute<Row extends object>(
    text: string,
    params?: readonly unknown[],
    options?: QueryOptions,
  ) {
    if (ended) throw misuse(`The ${name} has ended`);
    try {
      // As in runStatement: the SQL beside the caller is what knows the shape of a row.
      return (await session.execute(text, params, options)) as QueryResult<Row>;
    } catch (error) {
      failed ??= { error };
      throw error;
    }
  }

  async function executeAll(statements: readonly Statement[]) {
    if (ended) throw misuse(`The ${name} has ended`);
    try {
      return await session.executeAll(statements);
    } catch (error) {
      failed ??= { error };
      throw error;
    }
  }

  async function nested<T>(work: (tx: Database) => Promise<T>): Promise<T> {
    if (ended) throw misuse(`The ${name} has ended`);
    savepoints += 1;
    const savepoint = `savepoint_${name === 'transaction' ? '' : name}${savepoints}`;
    const opening = session.open(`savepoint ${savepoint}`);
    const scope = createScope(session, savepoint);
    let result: T;
    try {
      result = await scope.run(work);
    } catch (error) {
      if (session.forgetSince(opening)) await execute(`rollback to savepoint ${savepoint}`);
      throw error;
    }
    const closing = `release savepoint ${savepoint}`;
    // What fails inside must fail here, and not outside.
    if (session.hasDeferredSince(opening)) await execute(closing, []);
    else session.close(opening, closing);
    return result;
  }

  const tx: Database = {
    query: (text, params, options) => queue(() => execute(text, params, options)),
    defer: (text, params, options) =>
      queue(async () => {
        if (ended) throw misuse(`The ${name} has ended`);
        session.defer({ text, params, ...options });
      }),
    batch: (statements) => queue(async () => rowsOf(await executeAll(statements))),
    transaction: (work) => queue(() => nested(work)),
    close: () => Promise.reject(misuse('A transaction ends with its work, it cannot be closed')),
  };

  async function run<T>(work: (tx: Database) => Promise<T>): Promise<T> {
    try {
      const result = await work(tx);
      if (failed) throw failed.error;
      return result;
    } finally {
      await queue(async () => {
        ended = true;
      });
    }
  }

  return { run };
}

function misuse(detail: string): Failure {
  return new Failure('InternalFailure', { detail });
}
