/** What is of one code alone; all else is as the form says. */
export interface Row {
  QrCodeName: string;
  ExternalId?: string;
  Labels?: string[];
}

/** Rows as they are copied from a sheet, tabs between the cells, or typed with commas; empty lines are none. */
export function rowsIn(text: string): Row[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [name = '', id = '', labels = ''] = line
        .split(line.includes('\t') ? '\t' : /[,，]/)
        .map((cell) => cell.trim());
      const found = labels
        .split(/[;；]/)
        .map((label) => label.trim())
        .filter((label) => label !== '');
      return {
        QrCodeName: name,
        ...(id !== '' && { ExternalId: id }),
        ...(found.length > 0 && { Labels: found }),
      };
    });
}
