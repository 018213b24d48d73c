/**
 * Lists as `text/csv` (RFC 4180), as a spreadsheet takes them: UTF-8 with its mark, so that Excel reads Chinese; lines
 * end with CRLF; and no cell is taken for a formula.
 */

import type { Language } from '../../text.ts';
import type { Answer } from './http-handler.ts';

/** A column: what it is called, and how the cell is read of an item of the list. */
export interface CsvColumn {
  readonly name: string;
  /** Members from the item down. */
  readonly path: readonly string[];
  /** A `time` is shown as a date, in UTC; a `text` has the members `En` and `Zh`, of which one is shown. */
  readonly kind: 'plain' | 'time' | 'text';
}

/** `CreatedOn:time` is a time, `Reason:text` a text in two languages; `Use.Used` a member of a member. */
export function csvColumns(...columns: readonly string[]): readonly CsvColumn[] {
  return columns.map((column) => {
    const [name = '', kind = 'plain'] = column.split(':');
    return { name, path: name.split('.'), kind: kind === 'time' || kind === 'text' ? kind : 'plain' };
  });
}

const byteOrderMark = '\ufeff';
const lineEnd = '\r\n';

/** Answers of an action as a table. */
export interface CsvForm {
  /** @returns undefined: the caller has asked for JSON */
  of(members: object, accept: string | undefined, language: Language): Answer | undefined;
}

/** The list of an answer that has this name, with these columns: see {@link csvColumns}. */
export function csvList(list: string, ...columns: readonly string[]): CsvForm {
  const read = csvColumns(...columns);
  return {
    of(members, accept, language) {
      if (!prefersCsv(accept)) return undefined;
      const items: unknown = Reflect.get(members, list);
      const objects = Array.isArray(items)
        ? items.filter((item) => typeof item === 'object' && item !== null)
        : [];
      return tableAnswer(csvOf(read, objects, language), members);
    },
  };
}

/** A page as a table. What JSON says of the next page is in a header. */
function tableAnswer(body: string, members: object): Answer {
  const next: unknown = Reflect.get(members, 'NextCursor');
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/csv; charset=utf-8; header=present',
      ...(typeof next === 'string' && { 'Next-Cursor': next }),
    },
    body,
  };
}

/** The table of a list, its head included. */
export function csvOf(columns: readonly CsvColumn[], items: readonly object[], language: Language): string {
  const head = columns.map(({ name }) => quoted(name));
  const lines = items.map((item) => columns.map((column) => quoted(cellOf(column, item, language))));
  return byteOrderMark + [head, ...lines].map((cells) => cells.join(',') + lineEnd).join('');
}

function cellOf({ path, kind }: CsvColumn, item: object, language: Language): string {
  const value = path.reduce<unknown>((one, member) => memberOf(one, member), item);
  if (value === null || value === undefined) return '';
  if (kind === 'text') return harmless(shown(memberOf(value, language === 'zh' ? 'Zh' : 'En') ?? ''));
  if (kind === 'time' && typeof value === 'number')
    return new Date(value * 1000).toISOString().replace('.000', '');
  // A number is ours, and a minus before it begins no formula.
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : harmless(shown(value));
}

function memberOf(value: unknown, member: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, member) : undefined;
}

/** Lists in one cell, what is nested deeper as JSON. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join('; ');
  return JSON.stringify(value);
}

/**
 * What would begin a formula is a text with an apostrophe before it. Source: OWASP, CSV Injection; the full-width signs
 * begin one in spreadsheets of East Asia.
 */
function harmless(text: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
}

/** RFC 4180 §2: quotes around what has a quote, a comma or a line end in it, and each quote twice. */
function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * Does an `Accept` header prefer `text/csv` to JSON? RFC 9110 §12.5.1: a higher `q` is preferred; JSON is what is
 * answered where nothing else is asked for.
 */
export function prefersCsv(accept: string | undefined): boolean {
  const ranges = (accept ?? '').split(',').map((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    return { type, q: q === undefined ? 1 : Number(q.slice(2)) || 0 };
  });
  const qOf = (type: string) =>
    Math.max(0, ...ranges.filter((range) => range.type === type).map(({ q }) => q));
  return qOf('text/csv') > 0 && qOf('text/csv') > qOf('application/json');
}
