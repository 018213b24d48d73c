import { type Connection, type ConnectionSource, type Sent, whileAway } from './connection-source.ts';
import type { QueryOptions, QueryResult } from './database.ts';

/**
 * A connection during a transaction, taken when the first statement is sent. What opens and closes brackets, and what answers nothing that is needed, waits for
 * the next statement and travels with it: on the way to a database in another rack, a wait costs more than most
 * statements.
 */
export interface TransactionSession {
  execute(text: string, params?: readonly unknown[], options?: QueryOptions): Promise<QueryResult>;
  /** @returns one result for each */
  executeAll(statements: readonly Sent[]): Promise<QueryResult[]>;
  defer(statement: Sent): void;
  /** Opens a bracket with what is sent next. */
  open(text: string): Opening;
  /** Closes a bracket, or takes its opening back where nothing was sent inside. */
  close(opening: Opening, text: string): void;
  /** Forgets what waits in a bracket. @returns whether its opening was sent, so that the server has to forget, too */
  forgetSince(opening: Opening): boolean;
  /** Does a deferred statement of the bracket wait? */
  hasDeferredSince(opening: Opening): boolean;
  /** With what still waits; nothing is sent where there is nothing to be committed. */
  commit(): Promise<void>;
  /** Never fails: the server rolls back what it loses the connection of. */
  rollback(): Promise<void>;
}

type Opening = Sent;

export function createTransactionSession(source: ConnectionSource): TransactionSession {
  let waiting: Sent[] = [{ text: 'begin', prepared: true }];
  let connection: Connection | undefined;

  /** Sends what waits, and more. The first flight opens the transaction: nothing is lost when it is sent again. */
  function send<T>(flight: (connection: Connection, before: readonly Sent[]) => Promise<T>): Promise<T> {
    const before = waiting;
    waiting = [];
    if (connection) return flight(connection, before);
    return whileAway(source, (ready) => {
      connection = ready;
      return flight(ready, before);
    });
  }

  const execute = (text: string, params?: readonly unknown[], options?: QueryOptions) =>
    send((to, before) => to.execute(text, params, { ...options, before }));

  /** What waits from an opening on; all of it if the opening was sent. */
  function since(opening: Opening): Sent[] {
    return waiting.slice(Math.max(0, waiting.indexOf(opening)));
  }

  return {
    execute,
    executeAll: (statements) =>
      send(async (to, before) => (await to.executeAll([...before, ...statements])).slice(before.length)),
    defer: (statement) => waiting.push(statement),
    open(text) {
      const opening = { text };
      waiting.push(opening);
      return opening;
    },
    close(opening, text) {
      if (waiting.includes(opening)) waiting = waiting.filter((one) => one !== opening);
      else waiting.push({ text });
    },
    forgetSince(opening) {
      const wasSent = !waiting.includes(opening);
      waiting = wasSent ? [] : waiting.slice(0, waiting.indexOf(opening));
      return wasSent;
    },
    hasDeferredSince: (opening) => since(opening).some(isDeferred),
    async commit() {
      if (connection === undefined && !waiting.some(isDeferred)) return;
      // The commit closes every bracket.
      if (!waiting.some(isDeferred)) waiting = [];
      await execute('commit', [], { prepared: true });
    },
    async rollback() {
      const used = connection;
      // A clean-up that fails must not hide why it was needed.
      await used?.execute('rollback').catch(() => source.discard(used));
    },
  };
}

/** Brackets have no parameters. */
function isDeferred({ params }: Sent): boolean {
  return params !== undefined;
}
