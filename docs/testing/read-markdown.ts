/** Parts of a Markdown document, for the tests that compare documents with the code or with each other. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const chinese = '.zh-CN.md';

/** The documents that people read: both READMEs and the pages of docs/, paths from the root of the repository. */
export const userDocuments: readonly string[] = [
  'README.md',
  `README${chinese}`,
  'client/README.md',
  `client/README${chinese}`,
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

/** `docs/x.md` and `docs/x.zh-CN.md`: the path in the other language. */
const twinOf = (path: string) =>
  path.endsWith(chinese) ? path.replace(chinese, '.md') : path.replace(/\.md$/, chinese);

/** English and Chinese. One of them may be missing on the disk. */
export const languagePairs: readonly (readonly [english: string, chinese: string])[] = [
  ...new Set(userDocuments.map((path) => (path.endsWith(chinese) ? twinOf(path) : path))),
].map((english) => [english, twinOf(english)]);

export const readText = (path: string) => readFileSync(path, 'utf8');

export interface Fence {
  /** What stands behind the three backticks. */
  info: string;
  /** Without the backticks; ends with a newline. */
  code: string;
}

/** Fenced blocks, also those of a list item, in their order. */
export const fencesOf = (markdown: string): Fence[] =>
  [...markdown.matchAll(/^( *)```([^\n`]*)\n([\s\S]*?)^\1```$/gm)].map(
    ([, indent = '', info = '', code = '']) => ({
      info: info.trim(),
      code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  );

/** Neither fenced blocks nor comments. */
const proseOf = (markdown: string) =>
  markdown.replaceAll(/^( *)```[\s\S]*?^\1```$/gm, '').replaceAll(/<!--[\s\S]*?-->/g, '');

/** Code within a line. */
export const spansOf = (markdown: string) =>
  [...proseOf(markdown).matchAll(/`([^`\n]+)`/g)].map(([, code]) => code ?? '');

/** Code in either form, command by command, without what is only printed or answered. */
export const codeOf = (markdown: string) => [
  ...spansOf(markdown),
  ...fencesOf(markdown)
    .filter(({ info }) => !/ (answer|printed)\b/.test(info))
    .flatMap(({ code }) => code.split('\n')),
];

export interface Heading {
  level: number;
  title: string;
}

export const headingsOf = (markdown: string): Heading[] =>
  [...proseOf(markdown).matchAll(/^(#+) (.*)$/gm)].map(([, level = '', title = '']) => ({
    level: level.length,
    title,
  }));

/** Anchors of the headings, as GitHub makes them. */
export const anchorsOf = (markdown: string) =>
  headingsOf(markdown).map(({ title }) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** Where the links lead. */
export const linksOf = (markdown: string) =>
  [...proseOf(markdown).matchAll(/\]\(([^)]+)\)/g)].map(([, to]) => to ?? '');

/** Pictures, with what is said for those who do not see them. */
export const imagesOf = (markdown: string) =>
  [...proseOf(markdown).matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)].map(([, alt = '', source = '']) => ({
    alt,
    source,
  }));

/** Rows and columns of each table, the headings included. */
export function tablesOf(markdown: string): { rows: number; columns: number }[] {
  const blocks = proseOf(markdown).match(/(?:^ *\|.*\|$\n?)+/gm) ?? [];
  return blocks.map((block) => {
    const lines = block.trimEnd().split('\n');
    // A pipe that is escaped belongs to a cell.
    const columns = (lines[0] ?? '').replaceAll('\\|', '').split('|').length - 2;
    return { rows: lines.length - 1, columns };
  });
}

/** What is said, block by block: paragraphs, list items and headings, without code, links' targets and tables. */
export const sayingsOf = (markdown: string): string[] =>
  proseOf(markdown)
    .split(/\n\s*\n|\n(?= *(?:[-*]|\d+\.) )/)
    .filter((block) => !/^ *\|/.test(block))
    .map((block) =>
      block
        .replaceAll(/`[^`\n]+`/g, '')
        .replaceAll(/\]\([^)]+\)/g, ']')
        .trim(),
    )
    .filter((block) => block !== '');

/** The cells of every row of every table, line by line, without the headings. */
export const tableCellsOf = (markdown: string): string[][] =>
  (proseOf(markdown).match(/(?:^ *\|.*\|$\n?)+/gm) ?? []).flatMap((block) =>
    block
      .trimEnd()
      .split('\n')
      .slice(2)
      .map((line) =>
        line
          .split(/(?<!\\)\|/)
          .slice(1, -1)
          .map((cell) => cell.trim()),
      ),
  );
