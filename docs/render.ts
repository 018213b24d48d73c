import { existsSync, readFileSync } from 'node:fs';
import { apiPage } from './api-page.ts';
import { errorsPage, errorTable, type Language } from './errors-page.ts';

const begin = '<!-- errors:begin -->';
const end = '<!-- errors:end -->';
const unpadded = '<!-- biome-ignore format: written by `npm run docs`, not by hand -->';

const readmes: readonly (readonly [path: string, language: Language])[] = [
  ['README.md', 'en'],
  ['README.zh-CN.md', 'zh'],
];

const readFromDisk = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

/**
 * Every generated document with its path from the root of the repository. A README is written by people: only what
 * is between its markers is ours, and one that does not exist is left out.
 *
 * @throws Error when a README lacks its markers.
 */
export function renderAll(read: (path: string) => string | undefined = readFromDisk): Map<string, string> {
  const documents = new Map([
    ['docs/api.md', apiPage()],
    ['docs/errors.md', errorsPage('en')],
    ['docs/errors.zh-CN.md', errorsPage('zh')],
  ]);
  for (const [path, language] of readmes) {
    const text = read(path);
    if (text !== undefined) documents.set(path, withErrorTable(path, text, errorTable(language)));
  }
  return documents;
}

function withErrorTable(path: string, text: string, table: string): string {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from === -1 || to < from) throw new Error(`${path} needs a line ${begin} and, below it, a line ${end}`);
  return `${text.slice(0, from + begin.length)}\n${unpadded}\n${table}\n${text.slice(to)}`;
}
