import type { Database } from '../postgres/database.ts';

/** What people call a code: their own id of it, else the words on its poster, else the name of its contracts. */
const name = 'coalesce(c.external_id, c.qr_code_name, c.flow_name)';

const statement = `
  select c.code_id as id, ${name} as name from codes c where c.code_id = any($1)
  union all
  select g.qr_code_id, ${name} from generations g join codes c on c.code_id = g.code_id
    where g.qr_code_id = any($1)`;

/** The names of codes, by their ids or by those of their generations. Who is not known is left out. */
export async function codeNames(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.query<{ id: string; name: string }>(statement, [ids]);
  return new Map(rows.map((row) => [row.id, row.name]));
}
