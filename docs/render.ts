import { existsSync, readFileSync } from 'node:fs';
import { apiPage } from './api-page.ts';
import { configurationTable } from './configuration-table.ts';
import { errorsPage, errorTable, type Language } from './errors-page.ts';

/** What stands between `<!-- <name>:begin -->` and `<!-- <name>:end -->` of a README. */
const sections: Readonly<Record<string, (language: Language) => string>> = {
  configuration: configurationTable,
  errors: errorTable,
};

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
    if (text === undefined) continue;
    const written = Object.entries(sections).reduce(
      (readme, [name, render]) => withSection(path, readme, name, render(language)),
      text,
    );
    documents.set(path, written);
  }
  return documents;
}

function withSection(path: string, text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from === -1 || to < from) throw new Error(`${path} needs a line ${begin} and, below it, a line ${end}`);
  return `${text.slice(0, from + begin.length)}\n${unpadded}\n${content}\n${text.slice(to)}`;
}
