/**
 * Compares what a document shows with what really came. Ids, keys and times differ from run to run: an id of the
 * document stands for one real id, the same wherever it is shown; `…` stands for whatever follows.
 */

/** What texts of the document stand for: ids that have been seen, addresses. */
export type Substitutions = Map<string, string>;

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** An id or a key: long, with letters and digits in it. */
const idForm = /[A-Za-z0-9_-]{12,}/g;
const isId = (text: string) => /\d/.test(text) && /[A-Za-z]/.test(text);

/** The text with everything replaced that is known to stand for something else. */
export function substituted(text: string, substitutions: Substitutions): string {
  // The longest first: one may be a part of another.
  const known = [...substitutions.keys()].sort((a, b) => b.length - a.length);
  return known.reduce(
    (result, example) => result.replaceAll(example, substitutions.get(example) ?? ''),
    text,
  );
}

/**
 * Does `real` read as `example` does? Ids that had not been seen are added to `substitutions`.
 */
export function matchText(example: string, real: string, substitutions: Substitutions): boolean {
  const isOpen = example.endsWith('…');
  const shown = isOpen ? example.slice(0, -1) : example;
  const ids: string[] = [];
  let pattern = '';
  let end = 0;
  for (const { 0: id, index } of shown.matchAll(idForm)) {
    if (!isId(id) || substitutions.has(id)) continue;
    ids.push(id);
    pattern += `${escaped(substituted(shown.slice(end, index), substitutions))}([A-Za-z0-9_-]{${id.length}})`;
    end = index + id.length;
  }
  pattern += escaped(substituted(shown.slice(end), substitutions));
  const found = new RegExp(`^${pattern}${isOpen ? '' : '$'}`).exec(real);
  if (found === null) return false;
  for (const [index, id] of ids.entries()) substitutions.set(id, found[index + 1] ?? '');
  return true;
}

/** Unix seconds of some day of this decade or the next. */
const isTime = (value: number) => Number.isInteger(value) && value > 1_700_000_000 && value < 2_300_000_000;

/**
 * What of a JSON value is not as the document shows it, each with its path; nothing if all is.
 *
 * @param part members and items that the document leaves out may be there
 */
export function differences(
  example: unknown,
  real: unknown,
  substitutions: Substitutions,
  { part = false, path = '' }: { part?: boolean; path?: string } = {},
): string[] {
  const differs = () => [`${path || 'it'} is ${JSON.stringify(real)}, not ${JSON.stringify(example)}`];
  if (typeof example === 'string')
    return typeof real === 'string' && matchText(example, real, substitutions) ? [] : differs();
  if (typeof example === 'number' && isTime(example))
    return typeof real === 'number' && isTime(real) ? [] : differs();
  if (typeof example !== 'object' || example === null) return Object.is(example, real) ? [] : differs();
  if (typeof real !== 'object' || real === null || Array.isArray(real) !== Array.isArray(example))
    return differs();
  const members: Readonly<Record<string, unknown>> = { ...real };
  const own = Object.entries(example).flatMap(([name, value]) =>
    differences(value, members[name], substitutions, { part, path: path === '' ? name : `${path}.${name}` }),
  );
  const more = part ? [] : Object.keys(members).filter((name) => !Object.hasOwn(example, name));
  return [...own, ...more.map((name) => `${path} has ${name}, which is not shown`)];
}
