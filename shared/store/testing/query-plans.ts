import type { Database } from '../postgres/database.ts';

export interface Statement {
  text: string;
  params: readonly unknown[];
}

/** A database that remembers what it was asked, so that a test explains the very statements of a repository. */
export function recordStatements(db: Database): { db: Database; statements: Statement[] } {
  const statements: Statement[] = [];
  const recorded = (inner: Database): Database => ({
    query(text, params) {
      statements.push({ text, params: params ?? [] });
      return inner.query(text, params);
    },
    defer(text, params) {
      statements.push({ text, params });
      return inner.defer(text, params);
    },
    batch(batch) {
      statements.push(...batch);
      return inner.batch(batch);
    },
    transaction: (work) => inner.transaction((tx) => work(recorded(tx))),
    close: () => inner.close(),
  });
  return { db: recorded(db), statements };
}

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Conflict Arbiter Indexes'?: string[];
  Plans?: PlanNode[];
}

/** Of a partition what it is a partition of. */
export interface TablesRead {
  /** Tables that are read from end to end, and are more than a few pages; not those of the system. */
  sequentially: string[];
  /** Indexes that are used, also to find out whether an inserted row is there already. */
  indexes: string[];
}

/** How the server would run a statement, after `analyze`. It is not run. */
export async function explain(db: Database, statement: Statement): Promise<TablesRead> {
  const { rows } = await db.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
    `explain (format json) ${statement.text}`,
    statement.params,
  );
  const nodes = (rows[0]?.['QUERY PLAN'] ?? []).flatMap(({ Plan }) => flatten(Plan));
  if (nodes.length === 0) throw new Error(`There is no plan of ${statement.text}`);
  const scanned = nodes.filter((node) => node['Node Type'] === 'Seq Scan');
  const [tables, indexes] = await Promise.all([
    wholesOf(
      db,
      scanned.map((node) => node['Relation Name'] ?? ''),
    ),
    wholesOf(
      db,
      nodes.flatMap((node) => [
        ...(node['Index Name'] === undefined ? [] : [node['Index Name']]),
        ...(node['Conflict Arbiter Indexes'] ?? []),
      ]),
    ),
  ]);
  return {
    sequentially: tables.filter(({ isLarge }) => isLarge).map(({ whole }) => whole),
    indexes: indexes.map(({ whole }) => whole),
  };
}

/** The server reads these from end to end whatever indexes there are. Bytes. */
const fewPages = 5 * 8192;

/** What tables and indexes are a partition of, each itself if of nothing. */
async function wholesOf(db: Database, names: readonly string[]) {
  const { rows } = await db.query<{ whole: string; isLarge: boolean }>(
    `select coalesce(p.relname, c.relname) as whole, 
       pg_relation_size(c.oid) > $2::int and c.relnamespace <> 'pg_catalog'::regnamespace as "isLarge"
     from unnest($1::text[]) with ordinality as named (name, place)
     join pg_class c on c.oid = to_regclass(named.name)
     left join pg_inherits i on i.inhrelid = c.oid left join pg_class p on p.oid = i.inhparent order by place`,
    [names, fewPages],
  );
  return rows;
}

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}
