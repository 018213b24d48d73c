import { existsSync, readFileSync } from 'node:fs';
import type { Language } from '../shared/text.ts';
import { apiPage } from './api-page.ts';
import { configurationTable } from './configuration-table.ts';
import { errorsPage } from './errors-page.ts';
import { membersSections } from './members-tables.ts';
import { personalDataTable } from './personal-data/data-table.ts';

const unpadded = '<!-- biome-ignore format: written by `npm run docs`, not by hand -->';

/** Pages that people write, and what stands in them between `<!-- <name>:begin -->` and `<!-- <name>:end -->`. */
const embedded: readonly {
  path: string;
  language: Language;
  name: string;
  render: (language: Language) => string;
}[] = [
  { path: 'docs/configuration.md', language: 'en', name: 'configuration', render: configurationTable },
  { path: 'docs/configuration.zh-CN.md', language: 'zh', name: 'configuration', render: configurationTable },
  { path: 'docs/functions.md', language: 'en', name: 'members', render: membersSections },
  { path: 'docs/functions.zh-CN.md', language: 'zh', name: 'members', render: membersSections },
  { path: 'docs/privacy.md', language: 'en', name: 'personal-data', render: personalDataTable },
  { path: 'docs/privacy.zh-CN.md', language: 'zh', name: 'personal-data', render: personalDataTable },
];

const readFromDisk = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

/**
 * Every generated document with its path from the root of the repository. Of a page that people write only what is
 * between its markers is ours, and one that does not exist is left out.
 *
 * @throws Error when a page lacks its markers.
 */
export function renderAll(read: (path: string) => string | undefined = readFromDisk): Map<string, string> {
  const documents = new Map([
    ['docs/api.md', apiPage('en')],
    ['docs/api.zh-CN.md', apiPage('zh')],
    ['docs/errors.md', errorsPage('en')],
    ['docs/errors.zh-CN.md', errorsPage('zh')],
  ]);
  for (const { path, language, name, render } of embedded) {
    const text = documents.get(path) ?? read(path);
    if (text !== undefined) documents.set(path, withSection(path, text, name, render(language)));
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
