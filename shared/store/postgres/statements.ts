import type { ListPosition } from '../../list-cursor.ts';
import type { Scope } from '../../world.ts';
import type { Values } from '../register/register-rows.ts';
import type { Database, Statement } from './database.ts';

/** Gives a value to a statement and returns its name there. */
export type Param = (value: unknown) => string;

/** Collects the parameters of a statement while it is being written. */
export function parameters(): { params: unknown[]; param: Param } {
  const params: unknown[] = [];
  return { params, param: (value) => `$${params.push(value)}` };
}

/** A statement with the values that it was given while it was written. */
export function statementOf(write: (param: Param) => string): Statement {
  const { params, param } = parameters();
  return { text: write(param), params };
}

/**
 * Keeps a text that is the same for each call, since its parameters come in the same order: writing it takes longer
 * than sending it.
 */
export function writtenOnce(): (write: (param: Param) => string) => string {
  let text: string | undefined;
  return (write) => {
    text ??= write(parameters().param);
    return text;
  };
}

/** {@link writtenOnce} for each shape, of which there are as many as statements. */
const writtenTexts = new Map<string, string>();

function written(shape: string, write: (param: Param) => string): string {
  const known = writtenTexts.get(shape);
  if (known !== undefined) return known;
  const text = write(parameters().param);
  writtenTexts.set(shape, text);
  return text;
}

/** Values of columns that the database works out, as SQL. */
type Expressions = Readonly<Record<string, (param: Param) => string>>;

interface InsertOptions {
  expressions?: Expressions;
  /** What the row is inserted for each row of; left out: it is inserted once. */
  from?: string;
  suffix?: string;
}

/** SQL that inserts one row. Column names are ours; values travel as parameters. */
export function insertSql(
  table: string,
  values: Values,
  param: Param,
  { expressions = {}, from, suffix = '' }: InsertOptions = {},
): string {
  const columns = [...Object.keys(values), ...Object.keys(expressions)];
  const given = [
    ...Object.values(values).map(param),
    ...Object.values(expressions).map((write) => write(param)),
  ].join(', ');
  const row = from === undefined ? `values (${given})` : `select ${given} from ${from}`;
  return `insert into ${table} (${columns.join(', ')}) ${row} ${suffix}`;
}

/** {@link insertSql} as a statement whose plan is kept. */
export function insertStatement(table: string, values: Values, options: InsertOptions = {}): Statement {
  if (options.expressions !== undefined || options.from !== undefined)
    return { ...statementOf((param) => insertSql(table, values, param, options)), prepared: true };
  const shape = `insert ${table} ${Object.keys(values)} ${options.suffix}`;
  const text = written(shape, (given) => insertSql(table, values, given, options));
  return { text, params: Object.values(values), prepared: true };
}

/** `column = $n` for each value. */
export function assignments(values: Values, param: Param): string[] {
  return Object.entries(values).map(([column, value]) => `${column} = ${param(value)}`);
}

/** Updates the row that `key` names. `extra`: further assignments, as SQL. The plan is kept. */
export function updateStatement(
  table: string,
  key: Values,
  values: Values,
  extra: readonly string[] = [],
): Statement {
  const shape = `update ${table} ${Object.keys(values)} ${extra} ${Object.keys(key)}`;
  const text = written(shape, (param) => {
    const changes = [...assignments(values, param), ...extra].join(', ');
    return `update ${table} set ${changes} where ${assignments(key, param).join(' and ')}`;
  });
  return { text, params: [...Object.values(values), ...Object.values(key)], prepared: true };
}

/** Has a statement of a transaction carried out with the one that follows. */
export function defer(db: Database, { text, params, ...options }: Statement): Promise<void> {
  return db.defer(text, params, options);
}

/** SQL: does a row belong to none of the tenants whose columns these two parameters hold? */
export function ofNone(alias: string, appIds: string, organizations: string): string {
  return `not exists (select from unnest(${appIds}::text[], ${organizations}::text[]) t (app_id, organization)
    where t.app_id = ${alias}.app_id and t.organization = ${alias}.organization)`;
}

/** The two parameters of {@link ofNone}. */
export function tenantParams(
  tenants: readonly { appId: string; organization: string }[],
): [string[], string[]] {
  return [tenants.map(({ appId }) => appId), tenants.map(({ organization }) => organization)];
}

/** What a page of a list is made of. */
interface PageParts {
  table: string;
  /** The name of a row in conditions. */
  row: string;
  /** A time and an id, neither of which ever changes: no write moves a row from one page to another. */
  order: readonly [at: string, id: string];
  conditions: readonly string[];
  /** Where the page begins; undefined: at the newest. */
  after: ListPosition | undefined;
  limit: number;
  each?: Each | undefined;
  /** The index by which the rows are found has the hour of their time, not the time. */
  hourly?: boolean;
}

/** Groups of which each has an index of its own, as SQL: a join, and what is true of a row and its group. */
export interface Each {
  from: string;
  on: readonly string[];
  where?: readonly string[];
}

/** SQL: the hour of a time, as indexes have it. */
export const hourOf = (time: string) => `date_bin('1 hour', ${time}, to_timestamp(0))`;

/**
 * SQL for one page of a list as a table expression, newest first. Of several groups it takes the newest of each by
 * index, and of these the newest: one index scan over all of them would have to read and sort everything.
 */
export function pageSql(
  { table, row, order, conditions, after, limit, each, hourly = false }: PageParts,
  param: Param,
): string {
  const [at, id] = order;
  const since = after && [param(new Date(after.atMs).toISOString()), param(after.id)];
  const all = [
    ...conditions,
    ...(since
      ? [
          `(${row}.${at}, ${row}.${id}) < (${since[0]}::timestamptz, ${since[1]})`,
          // Of a comparison of rows the planner sees no more than what an index has.
          `${row}.${at} <= ${since[0]}::timestamptz`,
          ...(hourly ? [`${hourOf(`${row}.${at}`)} <= ${hourOf(`${since[0]}::timestamptz`)}`] : []),
        ]
      : []),
  ];
  const newest = `${at} desc, ${id} desc limit ${param(limit)}`;
  const found = hourly ? `${hourOf(`${row}.${at}`)} desc, ${newest}` : newest;
  const rowsOf = (group: readonly string[]) =>
    `select * from ${table} ${row} where ${[...group, ...all].join(' and ') || 'true'} order by ${found}`;
  if (each === undefined) return `(${rowsOf([])})`;
  const where = each.where ? `where ${each.where.join(' and ')}` : '';
  return `(select page.* from ${each.from} cross join lateral (${rowsOf(each.on)}) page ${where} order by ${newest})`;
}

/** SQL that keeps a page to these values of a column; null: to none in particular. */
export function among(
  column: string,
  values: readonly string[] | null,
  param: Param,
): { conditions: string[]; each?: Each } {
  if (values === null) return { conditions: [] };
  if (values.length === 1) return { conditions: [`${column} = ${param(values[0])}`] };
  const from = `unnest(${param(values)}::text[]) as wanted (value)`;
  return { conditions: [], each: { from, on: [`${column} = wanted.value`] } };
}

/** Whose rows are wanted, each organisation once; null: those of all. */
export function tenantsOf(organization: string | undefined, scope: Scope): readonly string[] | null {
  if (organization === undefined) return scope && [...new Set(scope.organizations)];
  return scope === null || scope.organizations.includes(organization) ? [organization] : [];
}
