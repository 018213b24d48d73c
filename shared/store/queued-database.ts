import { Failure } from '../errors.ts';
import type { Database, QueryResult } from './database.ts';
import { isRolledBackForOthers } from './database-errors.ts';
import { createQueue, type Queue } from './queue.ts';

/** One session of a server: runs one statement at a time, throws only what `database-errors.ts` makes. */
export interface Connection {
  /**
   * `before`: statements that are sent with this one, for one wait instead of several. When one of them fails, neither
   * those after it nor `text` is carried out.
   */
  execute(text: string, params?: readonly unknown[], before?: readonly string[]): Promise<QueryResult>;
}

/** Where the one connection comes from. */
export interface ConnectionSource {
  /** A connection that answers, opened or checked where that is due. */
  ready(): Promise<Connection>;
  /** Drops a connection of which nobody knows what it is doing. */
  discard(connection: Connection): void;
  close(): Promise<void>;
}

/** How often a single statement is run when the server keeps rolling it back for the sake of others. */
const statementTries = 4;

/**
 * A {@link Database} over one connection. Calls wait for each other, a transaction keeps everything else out, and the
 * whole of a transaction happens on the connection it began on or not at all.
 */
export function createQueuedDatabase(source: ConnectionSource, queue: Queue = createQueue()): Database {
  return {
    query: (text, params) => queue(() => runStatement(source, text, params)),
    transaction: (work) => queue(() => runTransaction(source, work)),
    close: () => queue(() => source.close()),
  };
}

/** A statement outside a transaction that lost a deadlock or a serialisation conflict had no effect: run it again. */
async function runStatement<Row extends object>(
  source: ConnectionSource,
  text: string,
  params: readonly unknown[] | undefined,
): Promise<QueryResult<Row>> {
  const connection = await source.ready();
  for (let tried = 1; ; tried += 1) {
    try {
      // The shape of a row is what the SQL beside the caller selects; no check here could know it.
      return (await connection.execute(text, params)) as QueryResult<Row>;
    } catch (error) {
      if (tried >= statementTries || !isRolledBackForOthers(error)) throw error;
    }
  }
}

async function runTransaction<T>(source: ConnectionSource, work: (tx: Database) => Promise<T>): Promise<T> {
  const connection = await source.ready();
  const session = createSession(connection);
  session.defer('begin');
  const scope = createScope(session, 'transaction');
  let result: T;
  try {
    result = await scope.run(work);
  } catch (error) {
    // A clean-up that fails must not hide why it was needed; the server rolls back what it loses the connection of.
    if (session.hasSent()) await connection.execute('rollback').catch(() => source.discard(connection));
    throw error;
  }
  if (!session.hasSent()) return result;
  await connection.execute('commit').catch((error: unknown) => {
    source.discard(connection);
    throw error;
  });
  return result;
}

/**
 * A connection during a transaction. What only opens and closes brackets waits for the next statement and travels with
 * it: on the way to a database in another rack, each wait costs more than the statement itself.
 */
interface Session extends Connection {
  defer(control: string): void;
  /** Takes back what has not been sent yet. @returns false if it has */
  takeBack(control: string): boolean;
  /** Forgets what waits: the statement that follows makes it void. */
  forget(): void;
  hasSent(): boolean;
}

function createSession(connection: Connection): Session {
  let waiting: string[] = [];
  let sent = false;
  return {
    execute(text, params) {
      const before = waiting;
      waiting = [];
      sent = true;
      return connection.execute(text, params, before);
    },
    defer: (control) => waiting.push(control),
    takeBack(control) {
      const isWaiting = waiting.includes(control);
      waiting = waiting.filter((one) => one !== control);
      return isWaiting;
    },
    forget() {
      waiting = [];
    },
    hasSent: () => sent,
  };
}

/**
 * The part of a transaction that stands or falls together. Rejects when a statement failed, even where `work` went on:
 * PostgreSQL turns the commit of a failed transaction into a rollback without an error.
 */
function createScope(session: Session, name: string) {
  const queue = createQueue();
  let failed: { error: unknown } | undefined;
  let ended = false;
  let savepoints = 0;

  async function execute<Row extends object>(text: string, params?: readonly unknown[]) {
    if (ended) throw misuse(`The ${name} has ended`);
    try {
      // As in runStatement: the SQL beside the caller is what knows the shape of a row.
      return (await session.execute(text, params)) as QueryResult<Row>;
    } catch (error) {
      failed ??= { error };
      throw error;
    }
  }

  async function nested<T>(work: (tx: Database) => Promise<T>): Promise<T> {
    if (ended) throw misuse(`The ${name} has ended`);
    savepoints += 1;
    const savepoint = `savepoint_${name === 'transaction' ? '' : name}${savepoints}`;
    const opening = `savepoint ${savepoint}`;
    session.defer(opening);
    const scope = createScope(session, savepoint);
    let result: T;
    try {
      result = await scope.run(work);
    } catch (error) {
      if (!session.takeBack(opening)) {
        // What waits was opened or closed inside, and goes with it.
        session.forget();
        await execute(`rollback to savepoint ${savepoint}`);
      }
      throw error;
    }
    if (!session.takeBack(opening)) session.defer(`release savepoint ${savepoint}`);
    return result;
  }

  const tx: Database = {
    query: (text, params) => queue(() => execute(text, params)),
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
