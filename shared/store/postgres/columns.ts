/** Seconds of a `timestamptz`; the database keeps microseconds, which the domain has no use for. */
export const atS = (column: string, name: string) => `extract(epoch from ${column})::float8 as "${name}"`;
export const atMs = (column: string, name: string) =>
  `round(extract(epoch from ${column}) * 1000)::float8 as "${name}"`;

/**
 * Columns of a row under the names that the domain has for them: `code_id` is `codeId`, `due_at:s` is `dueAtS` in
 * seconds, `created_at:ms` is `createdAtMs` in milliseconds.
 *
 * @param names with blanks between them
 */
export function columns(row: string, names: string): string {
  return names
    .split(' ')
    .map((name) => {
      const [column = '', unit] = name.split(':');
      const camel = column.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
      if (unit === undefined) return `${row}.${column} as "${camel}"`;
      return unit === 's' ? atS(`${row}.${column}`, `${camel}S`) : atMs(`${row}.${column}`, `${camel}Ms`);
    })
    .join(', ');
}

/** The column that the domain calls `codeId`: `code_id`. */
export const columnOf = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
