/** `npm run docs`, from the root of the repository and after a build: writes every generated document. */
import { writeFileSync } from 'node:fs';
import { helpOf } from './command-help.ts';
import { commandsPage } from './commands-page.ts';
import { openApiFiles } from './openapi/files.ts';
import { renderAll } from './render.ts';

const documents = renderAll();
documents.set(
  'docs/commands.md',
  commandsPage('en', (name) => helpOf(name, 'en')),
);
documents.set(
  'docs/commands.zh-CN.md',
  commandsPage('zh', (name) => helpOf(name, 'zh')),
);
for (const [path, text] of [...documents, ...(await openApiFiles())]) {
  writeFileSync(path, text);
  console.log(path);
}
