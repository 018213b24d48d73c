/** The client alone: the package's index also loads its pool and looks for its native twin. */
declare module 'pg/lib/client.js' {
  export { Client as default } from 'pg';
}

/** What the client makes of a text and its parameters; `@types/pg` lacks the callback and knows no `super.submit`. */
declare module 'pg/lib/query.js' {
  import type pg from 'pg';

  export default class Query implements pg.Submittable {
    constructor(
      text: string,
      values: readonly unknown[],
      callback: (error: Error | null, results: pg.QueryResult | pg.QueryResult[]) => void,
    );
    /** @returns what keeps it from being sent */
    submit(connection: pg.Connection): Error | null;
  }
}
