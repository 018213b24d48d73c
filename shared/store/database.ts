/**
 * What the repositories ask of a database: PostgreSQL through `pg`, or PGlite in tests. Both answer alike:
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
  ): Promise<QueryResult<Row>>;

  /**
   * Commits when `work` resolves, rolls back when it rejects. Nothing else runs on the connection meanwhile: inside
   * `work` use `tx` only, a call on the outer database would wait for itself. A transaction of `tx` is a savepoint.
   */
  transaction<T>(work: (tx: Database) => Promise<T>): Promise<T>;

  close(): Promise<void>;
}

export interface QueryResult<Row extends object = Record<string, unknown>> {
  rows: Row[];
  /** Rows returned, or rows changed where none are returned. */
  rowCount: number;
}
