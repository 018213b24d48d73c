/**
 * What the repositories ask of a database: PostgreSQL over its wire, or PGlite in tests. Both answer alike:
 * bigint and numeric arrive as text (cast a count to int, a time to `extract(epoch …)::float8`), JSON is sent as text.
 */
export interface Database {
  /**
   * Runs `text`. Without `params` it may hold several statements, and the result is that of the last one.
   *
   * @throws Failure `DatabaseUnavailable` when the server cannot be reached or gives up waiting; `detail` says whether
   *   the statement may have had its effect. What the server refuses is an `InternalFailure` whose cause carries the
   *   SQLSTATE: see `isUniqueViolation`.
   */
  query<Row extends object = Record<string, unknown>>(
    text: string,
    params?: readonly unknown[],
    options?: QueryOptions,
  ): Promise<QueryResult<Row>>;

  /**
   * For a statement of a transaction that answers nothing that is needed: it is sent with the statement that follows, or
   * with the commit, and saves the wait for it. What is wrong with it is thrown there. Outside of a transaction, and
   * wherever statements cannot be sent together, it is carried out at once.
   */
  defer(text: string, params: readonly unknown[], options?: QueryOptions): Promise<void>;

  /**
   * Runs statements one after the other, each seeing what those before it have done, and waits once for all of them.
   * When one fails those after it are not run. Outside of a transaction it is for reading: whether the statements are
   * one transaction is not promised.
   *
   * @returns one result for each
   */
  batch<Rows extends readonly object[]>(statements: readonly Statement[]): Promise<Results<Rows>>;

  /**
   * Commits when `work` resolves, rolls back when it rejects. Nothing else runs on the connection until then: inside
   * `work` use `tx` only, a call on the outer database would wait for itself. A transaction of `tx` is a savepoint.
   */
  transaction<T>(work: (tx: Database) => Promise<T>): Promise<T>;

  close(): Promise<void>;
}

export interface QueryOptions {
  /**
   * The server keeps the parsed statement and its plan for the next time on this connection: for statements that are
   * run often and take longer to plan than to carry out. With parameters only.
   */
  prepared?: boolean;
}

/** One statement and its parameters, none as an empty list. */
export interface Statement extends QueryOptions {
  readonly text: string;
  readonly params: readonly unknown[];
}

export interface QueryResult<Row extends object = Record<string, unknown>> {
  rows: Row[];
  /** Rows returned, or rows changed where none are returned. */
  rowCount: number;
}

/** The results of several statements, given the rows of each. */
export type Results<Rows extends readonly object[]> = { [I in keyof Rows]: QueryResult<Rows[I]> };
