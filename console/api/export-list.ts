import type { TextKey } from '../texts/dictionary.ts';
import type { ActionName } from './answers.ts';
import { functionUrl } from './function-url.ts';
import { saveFile } from './save-file.ts';
import { send } from './send.ts';
import { type WholeTable, wholeTable } from './table-pages.ts';

/** As many as a function answers at once. */
const pageSize = 100;
/** What a browser puts together in its memory, and a function is asked for one after the other. */
export const mostRows = 20_000;

export interface ExportOptions {
  step: TextKey;
  fileName: string;
  signal: AbortSignal;
  onRows: (rows: number) => void;
}

/**
 * Saves a list as one CSV file: all that the filter lets through, up to {@link mostRows}.
 *
 * @throws CallProblem; an `AbortError` where the caller has aborted it
 */
export async function exportList(
  action: ActionName,
  filter: object,
  { step, fileName, signal, onRows }: ExportOptions,
): Promise<WholeTable> {
  const ask = (cursor: string | undefined) =>
    send(
      {
        action,
        url: functionUrl(action),
        method: 'POST',
        headers: { Accept: 'text/csv', 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...filter, Limit: pageSize, ...(cursor !== undefined && { Cursor: cursor }) }),
        read: async (response) => ({
          csv: await response.text(),
          next: response.headers.get('next-cursor'),
        }),
      },
      { step, signal },
    );
  const table = await wholeTable(ask, mostRows / pageSize, onRows);
  saveFile(new Blob([table.text], { type: 'text/csv;charset=utf-8' }), fileName);
  return table;
}
