import type { Database } from '../postgres/database.ts';

/**
 * Has the server count anew what the tables of this schema hold, as its own vacuum would in time. Without names it would
 * read those of all other suites, too, as they come and go.
 */
export async function analyzeTables(db: Database, command = 'analyze'): Promise<void> {
  const { rows } = await db.query<{ tables: string }>(
    `select string_agg(quote_ident(relname), ', ') as tables from pg_class
     where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and not relispartition`,
  );
  await db.query(`${command} ${rows[0]?.tables}`);
}
