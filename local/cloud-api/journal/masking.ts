import { readableName } from '../violation.ts';

export const hidden = '***';
const maxItems = 20;
const maxText = 300;
const maxDepth = 6;

/**
 * A copy of a request that may be kept and shown: bounded, with names of members alone that are names. `shown` says what
 * is kept of a text, a number or a truth at a path such as `Agent.AppId`; items of a list have the path of the list.
 */
export function maskedCopy(
  value: unknown,
  shown: (path: string, value: unknown) => unknown,
  path = '',
  depth = 0,
): unknown {
  if (depth > maxDepth) return hidden;
  if (Array.isArray(value)) {
    const items = value.slice(0, maxItems).map((item) => maskedCopy(item, shown, path, depth + 1));
    return value.length > maxItems ? [...items, `… ${value.length - maxItems} more`] : items;
  }
  if (typeof value === 'object' && value !== null) {
    const copy: Record<string, unknown> = {};
    for (const name of Object.keys(value).slice(0, maxItems)) {
      const memberPath = path === '' ? name : `${path}.${name}`;
      copy[readableName(name)] = maskedCopy(Reflect.get(value, name), shown, memberPath, depth + 1);
    }
    return copy;
  }
  const kept = shown(path, value);
  return typeof kept === 'string' && kept.length > maxText ? `${kept.slice(0, maxText)}…` : kept;
}
