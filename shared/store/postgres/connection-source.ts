import type { QueryOptions, QueryResult, Statement } from './database.ts';
import { isAway } from './database-errors.ts';

/** What is on its way: a statement, or a text without parameters, which may also open or close a bracket. */
export type Sent = Statement | ({ readonly text: string; readonly params?: undefined } & QueryOptions);

export interface SendOptions extends QueryOptions {
  /**
   * Statements that are sent with this one, for one wait instead of several. When one of them fails, none of those
   * after it is carried out.
   */
  before?: readonly Sent[];
}

/** One session of a server: runs one statement at a time, throws only what `database-errors.ts` makes. */
export interface Connection {
  execute(text: string, params?: readonly unknown[], options?: SendOptions): Promise<QueryResult>;
  /** Runs statements that are sent together, and waits once. @returns one result for each */
  executeAll(statements: readonly Sent[]): Promise<QueryResult[]>;
}

/** Where the one connection comes from. */
export interface ConnectionSource {
  /** A connection that answers, opened or checked where that is due. */
  ready(): Promise<Connection>;
  /** Drops a connection in an unknown state. */
  discard(connection: Connection): void;
  /** Waits for a database that is away, longer with each try. @returns false, at once, where no time is left for it */
  pause(tried: number): Promise<boolean>;
  close(): Promise<void>;
}

/** What opens a conversation with the server is repeated while the server is away and nothing of it has happened. */
export async function whileAway<T>(
  source: ConnectionSource,
  begin: (connection: Connection) => Promise<T>,
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await begin(await source.ready());
    } catch (error) {
      if (!isAway(error) || !(await source.pause(tried))) throw error;
    }
  }
}
