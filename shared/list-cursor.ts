import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { Failure } from './errors.ts';
import type { Text } from './text.ts';

/** Where a page of a list ends: lists go from new to old. */
export interface ListPosition {
  /** Epoch milliseconds. */
  readonly atMs: number;
  readonly id: string;
}

/** Where a page ends of a list that goes by names, which may be any text of up to 256 bytes. */
export function positionOfName(name: string): ListPosition {
  return { atMs: 0, id: Buffer.from(name).toString('base64url') };
}

/** The name of {@link positionOfName}. No database takes a zero character, and no name has one. */
export function nameAt({ id }: ListPosition): string {
  return Buffer.from(id, 'base64url').toString().replaceAll('\0', '');
}

/** Entries of one page. */
export const pageLimits = { default: 20, max: 100 } as const;

/** The members of a request that choose the page. */
export const pageMembers = {
  Limit: z.optional(z.int().check(z.minimum(1), z.maximum(pageLimits.max))),
  Cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(700))),
};

/** A member of a request that narrows a list by a text. */
export const textFilter = z.optional(z.string().check(z.minLength(1), z.maxLength(200)));
/** A member of a request that narrows a list by a time. Unix seconds. */
export const timeFilter = z.optional(z.int().check(z.minimum(1), z.maximum(9_999_999_999)));

/**
 * The page of a list that was read one entry farther than the page goes: that entry proves that there is another
 * page. `NextCursor` is null on the last one.
 */
export function pageOf<Entry>(
  found: readonly Entry[],
  limit: number,
  filter: object,
  positionOf: (entry: Entry) => ListPosition,
): { shown: readonly Entry[]; NextCursor: string | null } {
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    shown,
    NextCursor: last !== undefined && found.length > limit ? cursorOf(positionOf(last), filter) : null,
  };
}

/**
 * A place in a list as opaque text. It belongs to the filter it was made with: under another
 * one it would skip entries without a word.
 */
function cursorOf({ atMs, id }: ListPosition, filter: object): string {
  return Buffer.from(JSON.stringify([atMs, id, fingerprint(filter)])).toString('base64url');
}

/**
 * @returns undefined where there is no cursor: the list begins
 * @throws Failure `InvalidRequest` for what is not a cursor, and for a cursor of another list
 */
export function readCursor(cursor: string | undefined, filter: object): ListPosition | undefined {
  if (cursor === undefined) return undefined;
  const parts = parse(Buffer.from(cursor, 'base64url').toString());
  if (!Array.isArray(parts) || parts.length !== 3) throw refused(texts.strange);
  const [atMs, id, print] = parts;
  if (!isTime(atMs) || typeof id !== 'string' || !/^[\w-]{1,344}$/.test(id)) throw refused(texts.strange);
  if (print !== fingerprint(filter)) throw refused(texts.otherFilter);
  return { atMs, id };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= 8.64e15;
}

function fingerprint(filter: object): string {
  const given = Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(given)).digest('base64url').slice(0, 12);
}

const texts = {
  strange: { zh: '不是此列表的游标', en: 'is not a cursor of this list' },
  otherFilter: { zh: '属于筛选条件不同的列表', en: 'belongs to a list with other filters' },
} as const satisfies Record<string, Text>;

function refused(message: Text): Failure {
  return new Failure('InvalidRequest', { problems: [{ path: 'Cursor', message }] });
}
