import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openApiFiles } from './files.ts';

it.each([...(await openApiFiles())])('%s is what its sources say', (path, text) => {
  const onDisk = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  expect(onDisk === text, `${path} is stale: run npm run docs`).toBe(true);
});
