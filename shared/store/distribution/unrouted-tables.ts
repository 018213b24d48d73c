import { type DistributedTable, distributionKeys } from './distribution-keys.ts';

const references = /\b(from|join|update|into|using)\s+([a-z_]+)(?:\s+(?:as\s+)?([a-z_]+))?/g;
/** What may follow the name of a table and is not a name of its row. */
const keywords =
  /^(?:where|on|set|join|left|cross|for|order|group|limit|returning|using|select|values|union|natural)$/;

const isTable = (name: string): name is DistributedTable => name in distributionKeys;

interface Reference {
  table: DistributedTable;
  key: string;
  /** Its rows are called so. */
  row: string;
}

/**
 * Distributed tables of a statement that it does not find by their key: neither a value, nor a row of an outer query or of a CTE,
 * nor another table of the same query that is found so itself says which. It reads the text, query by query.
 */
export function unroutedTables(text: string): DistributedTable[] {
  return [...new Set(queriesOf(text).flatMap(unroutedIn))];
}

/** A statement without its subqueries, and each of those. A parenthesis that holds no query stays. */
function queriesOf(text: string): string[] {
  const inner = /\((?=\s*(?:select|insert|update|delete|with)\b)/.exec(text);
  if (inner === null) return [text];
  let depth = 0;
  let end = inner.index;
  do {
    if (text[end] === '(') depth += 1;
    if (text[end] === ')') depth -= 1;
    end += 1;
  } while (depth > 0 && end < text.length);
  const nested = text.slice(inner.index + 1, end - 1);
  return [...queriesOf(`${text.slice(0, inner.index)}[]${text.slice(end)}`), ...queriesOf(nested)];
}

function unroutedIn(query: string): DistributedTable[] {
  const found: Reference[] = [];
  const unrouted: DistributedTable[] = [];
  for (const [, word, table = '', next = ''] of query.matchAll(references)) {
    if (!isTable(table)) continue;
    const key = distributionKeys[table];
    if (key === 'everywhere') continue;
    if (word === 'into' && !insertsKey(query, table, key)) unrouted.push(table);
    if (word !== 'into') found.push({ table, key, row: next === '' || keywords.test(next) ? table : next });
  }
  const routed = found.filter((one) => isBound(query, one, found));
  for (let before = -1; before < routed.length; ) {
    before = routed.length;
    const joined = found.filter(
      (one) => !routed.includes(one) && routed.some((other) => isJoined(query, one, other)),
    );
    routed.push(...joined);
  }
  return [...unrouted, ...found.filter((one) => !routed.includes(one)).map(({ table }) => table)];
}

/** Is its key compared with something that is not of this query? */
function isBound(query: string, { key, row }: Reference, all: readonly Reference[]): boolean {
  if (/\bwhere false\b/.test(query)) return true;
  const names = all.length > 1 ? `\\b${row}\\.${key}` : `(?<![.\\w])(?:${row}\\.)?${key}`;
  const values = new RegExp(
    `${names}\\)?\\s*(?:=|in)\\s*(\\$\\d|any\\(|notification_id_of\\(|wanted\\b|\\[\\]|[a-z_]+\\.[a-z_]+)`,
    'g',
  );
  const reversed = new RegExp(`([a-z_]+\\.[a-z_]+)\\s*=\\s*${row}\\.${key}\\b`, 'g');
  const others = [...query.matchAll(values), ...query.matchAll(reversed)].map(([, other = '']) => other);
  return others.some((other) => !all.some((one) => other.startsWith(`${one.row}.`)));
}

function isJoined(query: string, one: Reference, other: Reference): boolean {
  const [a, b] = [`${one.row}\\.${one.key}`, `${other.row}\\.${other.key}`];
  if (new RegExp(`\\b${a}\\s*=\\s*${b}\\b|\\b${b}\\s*=\\s*${a}\\b`).test(query)) return true;
  return one.key === other.key && new RegExp(`\\busing \\([^)]*\\b${one.key}\\b`).test(query);
}

/** Does an insert give the key? One without a list of columns gives all. */
function insertsKey(query: string, table: string, key: string): boolean {
  const [, columns] = new RegExp(`into ${table}(?: as [a-z_]+)? \\(([^)]*)\\)`).exec(query) ?? [];
  return columns === undefined || columns.split(/,\s*/).includes(key);
}
