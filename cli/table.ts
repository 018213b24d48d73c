import stringWidth from 'string-width';
import { isShownText, type Language } from '../shared/text.ts';

/** Columns that are shown where none are named: as many as a terminal mostly holds. */
const most = 7;

export interface TableOptions {
  /** Names of the columns, in their order; the first that have a value unless given. */
  columns?: readonly string[];
  language: Language;
  isTime(member: string): boolean;
}

/** Items of a list, one in a line under a line of names. In a terminal a Chinese character takes two columns. */
export function tableOf(items: readonly object[], { columns, language, isTime }: TableOptions): string[] {
  const shown = columns ?? columnsOf(items).slice(0, most);
  const cells = items.map((item) =>
    shown.map((name) => cell(Reflect.get(item, name), isTime(name), language)),
  );
  const rows = [shown, ...cells];
  const widths = shown.map((_, column) => Math.max(...rows.map((row) => stringWidth(row[column] ?? ''))));
  return rows.map((row) =>
    row
      .map((text, column) => text + ' '.repeat((widths[column] ?? 0) - stringWidth(text)))
      .join('  ')
      .trimEnd(),
  );
}

function columnsOf(items: readonly object[]): string[] {
  const names = new Set<string>();
  for (const item of items) {
    for (const [name, value] of Object.entries(item)) if (isPlain(value)) names.add(name);
  }
  return [...names];
}

const isPlain = (value: unknown) =>
  ['string', 'number', 'boolean'].includes(typeof value) || isShownText(value);

function cell(value: unknown, isTime: boolean, language: Language): string {
  if (value === null || value === undefined) return '';
  if (isTime && typeof value === 'number') return `${new Date(value * 1000).toISOString().slice(0, 16)}Z`;
  if (isShownText(value)) return oneLine(language === 'zh' ? value.Zh : value.En);
  return oneLine(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

/** No line, and no command to the terminal, comes out of a value. */
const oneLine = (text: string) => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
