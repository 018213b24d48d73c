/** A list as one table, from the pages in which it is answered as `text/csv`. */

/** A page of a list as CSV, and where the next one begins; null: it is the last. */
export interface TablePage {
  csv: string;
  next: string | null;
}

export interface WholeTable {
  /** UTF-8 with its mark, so that spreadsheets read Chinese. */
  text: string;
  rows: number;
  /** False: there is more, which was not asked for. */
  isWhole: boolean;
}

const byteOrderMark = '\ufeff';

/**
 * Asks for one page after the other, and puts them together under one head.
 *
 * @param mostPages after so many it ends, whether there is more or not
 * @param onRows told after each page how many rows there are by now
 * @throws what `ask` throws: half a table is none
 */
export async function wholeTable(
  ask: (cursor: string | undefined) => Promise<TablePage>,
  mostPages: number,
  onRows: (rows: number) => void,
): Promise<WholeTable> {
  let text = byteOrderMark;
  let rows = 0;
  let cursor: string | undefined;
  for (let number = 1; ; number += 1) {
    const { csv, next } = await ask(cursor);
    const page = csv.replace(byteOrderMark, '');
    text += number === 1 ? page : page.slice(page.indexOf('\r\n') + 2);
    rows += recordsIn(page) - 1;
    onRows(rows);
    if (next === null || number === mostPages) return { text, rows, isWhole: next === null };
    cursor = next;
  }
}

/** Ends of lines that stand in no cell: RFC 4180 writes a quote in a cell twice, so that every other part is outside. */
function recordsIn(csv: string): number {
  const outside = csv.split('"').filter((_, index) => index % 2 === 0);
  return outside.join('').split('\r\n').length - 1;
}
