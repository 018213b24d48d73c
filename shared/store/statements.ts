import type { Database } from './database.ts';
import type { Values } from './register-rows.ts';

/** Collects the parameters of a statement while it is being written. */
export function parameters(): { params: unknown[]; param: (value: unknown) => string } {
  const params: unknown[] = [];
  return { params, param: (value) => `$${params.push(value)}` };
}

/** Inserts one row. Column names are ours; values travel as parameters. */
export async function insertRow(db: Database, table: string, values: Values, suffix = ''): Promise<number> {
  const columns = Object.keys(values);
  const { rowCount } = await db.query(
    `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')}) ${suffix}`,
    Object.values(values),
  );
  return rowCount;
}

/** Updates the row that `key` names. `extra`: further assignments, as SQL. */
export async function updateRow(
  db: Database,
  table: string,
  key: Values,
  values: Values,
  extra: readonly string[] = [],
): Promise<number> {
  const columns = Object.keys(values);
  const assignments = [...columns.map((column, i) => `${column} = $${i + 1}`), ...extra];
  const condition = Object.keys(key).map((column, i) => `${column} = $${columns.length + i + 1}`);
  const { rowCount } = await db.query(
    `update ${table} set ${assignments.join(', ')} where ${condition.join(' and ')}`,
    [...Object.values(values), ...Object.values(key)],
  );
  return rowCount;
}
