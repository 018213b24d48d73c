import * as z from 'zod/mini';

/** A value as far as a schema can read it. */
export interface LenientReading {
  /** Undefined: a member is missing that the schema cannot do without. */
  data: unknown;
  /** Members, as dotted paths, in which something came that cannot be read: they were left out. */
  unread: string[];
}

/**
 * Reads a foreign answer. It demands what the schema does not call optional. It reads anything else that is not as
 * documented by its sense (`"1"` as the number 1) or as not given (null, another type, out of range). It leaves out an
 * element of a list that lacks a demanded member. Unknown members pass.
 *
 * @param value a fresh result of `JSON.parse`: it is changed
 */
export function readLeniently(schema: z.ZodMiniType, value: unknown): LenientReading {
  const unread = new Set<string>();
  for (;;) {
    const result = z.safeParse(schema, value, { jitless: true });
    if (result.success) return { data: result.data, unread: [...unread] };
    const lists = new Set<unknown[]>();
    for (const issue of result.error.issues) {
      const mending = mend(value, issue, lists);
      if (mending === 'left out' || mending === undefined) unread.add(issue.path.join('.'));
      if (mending === undefined) return { data: undefined, unread: [...unread] };
    }
    for (const list of lists) list.splice(0, list.length, ...list.filter((element) => element !== gone));
  }
}

/** Stands for an element that is left out, until its list is looked through as a whole. */
const gone = Symbol('left out');

/** An object or an array. */
type Holder = Record<PropertyKey, unknown>;

/**
 * Each mending leaves one member of a wrong type less, so that there is an end to them.
 *
 * @returns undefined where nothing can be done
 */
function mend(
  root: unknown,
  { path, ...issue }: z.core.$ZodIssue,
  lists: Set<unknown[]>,
): 'read' | 'not given' | 'left out' | undefined {
  const places = placesAlong(root, path);
  if (places === undefined) return 'left out';
  const last = places.at(-1);
  if (last === undefined) return undefined;
  const { holder, key } = last;
  const value = holder[key];
  if (value === undefined) return leaveOut(places.findLast(isElement), lists);
  const read = issue.code === 'invalid_type' ? sameInType(value, issue.expected) : undefined;
  if (read !== undefined) {
    holder[key] = read;
    return 'read';
  }
  leaveOut(last, lists);
  return value === null && !isElement(last) ? 'not given' : 'left out';
}

/** A member of an object, or an element of an array. */
interface Place {
  holder: Holder;
  key: PropertyKey;
}

const isElement = ({ holder }: Place) => Array.isArray(holder);

/** What a path leads through, from the outermost on; undefined where it leads through an element that is left out. */
function placesAlong(root: unknown, path: readonly PropertyKey[]): Place[] | undefined {
  const places: Place[] = [];
  let value = root;
  for (const key of path) {
    if (value === gone || !isHolder(value)) return undefined;
    places.push({ holder: value, key });
    value = value[key];
  }
  return places;
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null;
}

function leaveOut(place: Place | undefined, lists: Set<unknown[]>): 'left out' | undefined {
  if (place === undefined) return undefined;
  const { holder, key } = place;
  if (Array.isArray(holder)) {
    holder[Number(key)] = gone;
    lists.add(holder);
  } else {
    delete holder[key];
  }
  return 'left out';
}

/** A scalar that says the same in the type that is expected; undefined where it says nothing of that type. */
function sameInType(value: unknown, expected: string): string | number | boolean | undefined {
  if (expected === 'string' && typeof value === 'number') return String(value);
  if (typeof value !== 'string') return undefined;
  if (expected === 'number' && /^-?\d{1,15}(\.\d{1,15})?$/.test(value)) return Number(value);
  if (expected === 'boolean' && /^(true|false)$/.test(value)) return value === 'true';
  return undefined;
}
