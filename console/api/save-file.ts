import type { TextKey } from '../texts/dictionary.ts';
import { functionUrl } from './function-url.ts';
import { send } from './send.ts';

/**
 * Fetches a file from a function that answers `GET`, with the key in its header as every call, and hands it to the
 * browser to be saved.
 *
 * @throws CallProblem
 */
export async function saveAnswer(
  name: string,
  query: Readonly<Record<string, string>>,
  { step, fileName }: { step: TextKey; fileName: string },
): Promise<void> {
  const url = `${functionUrl(name)}?${new URLSearchParams(query)}`;
  const file = await send(
    { action: name, url, method: 'GET', read: (response) => response.blob() },
    { step },
  );
  saveFile(file, fileName);
}

/** Hands a file to the browser to be saved. */
export function saveFile(file: Blob, fileName: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = fileName;
  link.click();
  // The browser has begun to save it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
