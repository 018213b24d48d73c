import type { QueryOptions, QueryResult } from './database.ts';
import type { Connection, Statement } from './queued-database.ts';

/**
 * A connection during a transaction. What opens and closes brackets, and what answers nothing that is needed, waits for
 * the next statement and travels with it: on the way to a database in another rack, a wait costs more than most
 * statements.
 */
export interface TransactionSession {
  execute(text: string, params?: readonly unknown[], options?: QueryOptions): Promise<QueryResult>;
  defer(statement: Statement): void;
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
  hasSent(): boolean;
}

type Opening = Statement;

export function createTransactionSession(connection: Connection): TransactionSession {
  let waiting: Statement[] = [{ text: 'begin' }];
  let sent = false;

  function send(text: string, params: readonly unknown[] | undefined, options?: QueryOptions) {
    const before = waiting;
    waiting = [];
    sent = true;
    return connection.execute(text, params, { ...options, before });
  }

  /** What waits from an opening on; all of it if the opening was sent. */
  function since(opening: Opening): Statement[] {
    return waiting.slice(Math.max(0, waiting.indexOf(opening)));
  }

  return {
    execute: send,
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
      if (!sent && !waiting.some(isDeferred)) return;
      // The commit closes every bracket.
      if (!waiting.some(isDeferred)) waiting = [];
      await send('commit', []);
    },
    hasSent: () => sent,
  };
}

/** Brackets have no parameters. */
function isDeferred({ params }: Statement): boolean {
  return params !== undefined;
}
