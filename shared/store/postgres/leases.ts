/**
 * A lease says who is at work on a row. It ends by the database's own clock: the others wait no longer than that for a
 * process that died at work.
 */

/**
 * SQL: is the lease over that ends at this time, or was there none?
 *
 * No lease is given for as long as `longestS`. One that ends later was given by a clock that was ahead, on the server
 * that was the primary before: it is over, or work would rest for as long as the clocks differ.
 */
export function isOver(until: string, longestS = 120): string {
  const longest = `clock_timestamp() + interval '${longestS} seconds'`;
  return `(${until} is null or ${until} <= clock_timestamp() or ${until} > ${longest})`;
}

/** SQL: the end of a lease that begins now. */
export function inMs(ms: string): string {
  return `clock_timestamp() + ${ms} * interval '1 millisecond'`;
}

/** A table with `due_at` and `lease_until`. */
interface Due {
  table: string;
  /** The name of a row in conditions and columns. */
  row: string;
  key: readonly string[];
  /** What else of the picked rows is needed. */
  more?: readonly string[];
  /** Further conditions, as SQL. */
  where?: string;
}

/** SQL: a CTE `picked` of locked rows that are due at $1 (Unix seconds) and free, $2 at most, oldest first. */
export function pickedDue({ table, row, key, more = [], where = 'true' }: Due): string {
  return `picked as (
    select ${[...key, ...more].map((column) => `${row}.${column}`).join(', ')} from ${table} ${row}
    where ${row}.due_at <= to_timestamp($1) and ${isOver(`${row}.lease_until`)} and ${where}
    order by ${row}.due_at limit $2 for update of ${row} skip locked
  )`;
}

/** SQL: takes what {@link pickedDue} picks for $3 milliseconds. */
export function claimDueSql(due: Due, returning: string): string {
  const { table, row, key } = due;
  const isPicked = key.map((column) => `${row}.${column} = picked.${column}`).join(' and ');
  return `with ${pickedDue(due)}
    update ${table} ${row} set lease_until = ${inMs('$3')}
    from picked where ${isPicked} returning ${returning}`;
}
