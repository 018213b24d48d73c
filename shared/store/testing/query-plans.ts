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

export interface TablesRead {
  /** Tables that are read from end to end. */
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
  return {
    sequentially: nodes
      .filter((node) => node['Node Type'] === 'Seq Scan')
      .map((node) => node['Relation Name'] ?? ''),
    indexes: nodes.flatMap((node) => [
      ...(node['Index Name'] === undefined ? [] : [node['Index Name']]),
      ...(node['Conflict Arbiter Indexes'] ?? []),
    ]),
  };
}

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}
