import type { Poster } from './make-posters.ts';

/** What is in the archive, as CSV that spreadsheets read: UTF-8 with its mark, RFC 4180. */
export function indexOf(posters: readonly Poster[], format: string): Buffer {
  const rows = posters.map(({ slug, codeId, name, externalId, link }) => [
    `${slug}.${format}`,
    codeId,
    name ?? '',
    externalId ?? '',
    link,
  ]);
  const lines = [['File', 'CodeId', 'QrCodeName', 'ExternalId', 'StableUrl'], ...rows];
  return Buffer.from(`\ufeff${lines.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`);
}

/** What begins like a formula would be reckoned by a spreadsheet: behind an apostrophe it is text. */
function cell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
