/** Plain text inside a table: what Markdown or HTML would take for its own is escaped. */
export const plain = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/\|/g, '\\|').replace(/\n/g, ' ');

/** A literal value inside a table. */
export const code = (text: string) => `\`${text.replace(/\|/g, '\\|')}\``;

/** A table of cells that are Markdown already. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(headings), `|${' --- |'.repeat(headings.length)}`, ...rows.map(line)].join('\n');
}

/** A {@link table} without the columns in which no row says anything. */
export function compactTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const telling = headings.flatMap((_, column) =>
    rows.some((cells) => cells[column] !== '') ? [column] : [],
  );
  const pick = (cells: readonly string[]) => telling.map((column) => cells[column] ?? '');
  return table(pick(headings), rows.map(pick));
}

/** Blocks with a blank line between them, and a line end after the last. */
export const page = (...blocks: readonly string[]) => `${blocks.join('\n\n')}\n`;

/** First line of a generated page: it is not edited by hand, and the formatter does not pad its tables. */
export const generated = '<!-- biome-ignore-all format: written by `npm run docs`, not by hand -->';
