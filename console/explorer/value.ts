/** A request while it is being written: changed at a place, with nothing left empty behind. */
import type { Contract, Schema } from './contracts.ts';
import { shapeOf } from './schema.ts';

/** A name in an object, or a number in a list. */
export type Path = readonly (string | number)[];

/** What stands at a place; undefined: nothing. */
export function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = Reflect.get(found, step);
  }
  return found;
}

/**
 * The request with another value at a place; undefined takes it away, and with it each object and list around it that
 * would be empty then.
 */
export function withValueAt(value: unknown, path: Path, next: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return next;
  if (typeof step === 'number') {
    const list: unknown[] = Array.isArray(value) ? [...value] : [];
    const item = withValueAt(list[step], rest, next);
    if (item === undefined) list.splice(step, 1);
    else list[step] = item;
    return list.length === 0 ? undefined : list;
  }
  const members: Record<string, unknown> = isObject(value) ? { ...value } : {};
  const member = withValueAt(members[step], rest, next);
  if (member === undefined) delete members[step];
  else members[step] = member;
  return Object.keys(members).length === 0 ? undefined : members;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a person has typed, in the type that is wanted where it can be had; a request may be wrong on purpose. */
export function typed(text: string, kind: 'string' | 'number' | 'boolean', mayBeNull: boolean): unknown {
  if (text === '') return undefined;
  if (mayBeNull && text === 'null') return null;
  if (kind === 'number' && /^-?\d+(\.\d+)?$/.test(text) && Math.abs(Number(text)) <= Number.MAX_SAFE_INTEGER)
    return Number(text);
  if (kind === 'boolean' && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}

/** What stands in a field for a value. */
export function shownIn(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A new item of a list: of objects one that has a place for each member that it must have. */
export function newItem(schema: Schema, schemas: Contract['schemas']): unknown {
  const shape = shapeOf(schema, schemas);
  if (shape.kind === 'object' || shape.kind === 'any') return {};
  if (shape.values?.[0] !== undefined) return shape.values[0];
  return '';
}

/** `Restrictions[1].Mobile`, as problems name a place. */
export function pathText(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}
