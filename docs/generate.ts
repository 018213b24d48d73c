/** `npm run docs`, from the root of the repository: writes every generated document. */
import { writeFileSync } from 'node:fs';
import { renderAll } from './render.ts';

for (const [path, text] of renderAll()) {
  writeFileSync(path, text);
  console.log(path);
}
