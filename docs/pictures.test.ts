/** Pictures of the documents: each that is shown is there, and each that is there is shown, in the language of its page. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { imagesOf, readText, userDocuments } from './testing/read-markdown.ts';

const folder = 'docs/pictures';
const files = readdirSync(folder).map((name) => join(folder, name));
const isChinese = (path: string) => path.includes('.zh-CN.');
const shownBy = (page: string) => imagesOf(readText(page)).map(({ source }) => join(dirname(page), source));

describe.each(userDocuments)('%s', (page) => {
  it('shows pictures that there are, in its language, and says what is to be seen on each', () => {
    const shown = shownBy(page);
    expect(shown.filter((path) => !files.includes(path))).toEqual([]);
    expect(shown.filter((path) => isChinese(path) !== isChinese(page))).toEqual([]);
    expect(imagesOf(readText(page)).filter(({ alt }) => alt.length < 8)).toEqual([]);
  });
});

describe('docs/pictures', () => {
  it('holds no picture that no page shows', () => {
    const shown = new Set(userDocuments.flatMap(shownBy));
    expect(shown.size).toBeGreaterThan(10);
    expect(files.filter((path) => !shown.has(path))).toEqual([]);
  });

  it('is as small as a clone of the repository may expect', () => {
    const bytes = files.map((path) => readFileSync(path).length).reduce((sum, one) => sum + one, 0);
    expect(bytes).toBeLessThan(1_050_000);
  });
});
