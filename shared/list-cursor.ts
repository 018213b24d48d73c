import { createHash } from 'node:crypto';
import { Failure } from './errors.ts';

/** Where a page of a list ends: lists go from new to old. */
export interface ListPosition {
  /** Epoch milliseconds. */
  readonly atMs: number;
  readonly id: string;
}

/**
 * A place in a list as text that nobody has to understand. It belongs to the filter it was made with: under another
 * one it would skip entries without a word.
 */
export function cursorOf({ atMs, id }: ListPosition, filter: object): string {
  return Buffer.from(JSON.stringify([atMs, id, fingerprint(filter)])).toString('base64url');
}

/** @throws Failure `InvalidRequest` for what is no cursor, and for a cursor of another list */
export function readCursor(cursor: string, filter: object): ListPosition {
  const parts = parse(Buffer.from(cursor, 'base64url').toString());
  if (!Array.isArray(parts) || parts.length !== 3) throw refused('is no cursor of this list');
  const [atMs, id, print] = parts;
  if (!isTime(atMs) || typeof id !== 'string' || !/^[\w-]{1,64}$/.test(id)) {
    throw refused('is no cursor of this list');
  }
  if (print !== fingerprint(filter)) throw refused('belongs to a list with other filters');
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

function refused(message: string): Failure {
  return new Failure('InvalidRequest', { problems: [{ path: 'Cursor', message }] });
}
