import type { Database } from '../postgres/database.ts';

/** A schema that the migrations have made, and what of it must be as they left it. */
interface MigratedSchema {
  name: string;
  form: string;
}

/** Of the embedded engine: the migrations take a sixth of a second, which is longer than many suites do. */
const kept: MigratedSchema[] = [];

/** A schema with a suite's rows gone is kept below this size. Rows that are deleted still lie in it. Bytes. */
const mostBytes = 2 ** 21;

/** A migrated schema without rows, from a suite that is over. */
export function takeSchema(): MigratedSchema | undefined {
  return kept.pop();
}

/** What the migrations have made in the schema of `db`, whether statistics lie over it, and how large it is. */
async function lookAt(db: Database) {
  const { rows } = await db.query<{ form: string; analysed: boolean; bytes: number; tables: string[] }>(
    `select coalesce(bool_or(reltuples > 0), false) as analysed, sum(pg_relation_size(oid))::int as bytes,
       array_agg(quote_ident(relname)) filter (where relkind = 'r' and relname <> 'schema_migrations') as tables,
       string_agg(concat_ws(' ', relname, relkind, relnatts, relacl), ',' order by relname)
         || (select string_agg(concat_ws(' ', number, name, checksum), ',' order by number) from schema_migrations)
         as form
     from pg_class where relnamespace = current_schema()::regnamespace`,
  );
  return rows[0] ?? { form: '', analysed: true, bytes: 0, tables: [] };
}

/** A schema that has just been migrated, to be kept when its suite is over. */
export async function migratedSchema(name: string, db: Database): Promise<MigratedSchema> {
  const { form } = await lookAt(db);
  return { name, form };
}

/** Keeps a schema for the next suite, without its rows. @returns whether it is as the migrations left it */
export async function keepSchema(schema: MigratedSchema, db: Database): Promise<boolean> {
  const { form, analysed, bytes, tables } = await lookAt(db);
  if (form !== schema.form || analysed || bytes > mostBytes) return false;
  await db.query(tables.map((table) => `delete from ${table}`).join(';'));
  kept.push(schema);
  return true;
}
