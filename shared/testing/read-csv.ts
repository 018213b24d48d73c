/** A reader of tables that knows RFC 4180 and nothing else. A mark of UTF-8 is passed over. */
export function readCsv(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let inQuotes = false;
  const text = csv.replace(/^\ufeff/, '');
  for (let at = 0; at < text.length; at += 1) {
    const [here, next] = [text[at], text[at + 1]];
    if (inQuotes) {
      if (here === '"' && next === '"') {
        cell += '"';
        at += 1;
      } else if (here === '"') inQuotes = false;
      else cell += here;
    } else if (here === '"') inQuotes = true;
    else if (here === ',') {
      row.push(cell);
      cell = '';
    } else if (here === '\r' && next === '\n') {
      rows.push([...row, cell]);
      [row, cell] = [[], ''];
      at += 1;
    } else cell += here;
  }
  return rows;
}
