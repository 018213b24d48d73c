/** One instance of a function, reduced to its database: runs the SQL it is sent and posts the result. */
import { openPgDatabase } from '../postgres/pg-database.ts';

const db = openPgDatabase(process.argv[2] ?? '');

process.on('message', (sql) => {
  db.query(String(sql)).then(
    ({ rows }) => process.send?.({ rows }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
