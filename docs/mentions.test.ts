/** What the documents written by hand mention exists: commands, options, variables, functions, names of all kinds, links. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorsOf, codeOf, linksOf, readText as text, userDocuments } from './testing/read-markdown.ts';
import { sourceFiles } from './testing/source-files.ts';

/** `docs/api*.md`, `docs/commands*.md` and `docs/errors*.md` are written by the code itself. */
const documents = userDocuments.filter((path) => !/(api|commands|errors)(\.zh-CN)?\.md$/.test(path));

/** Names that are other people's, beside Tencent's actions that the code calls itself; `END` ends a file in a shell. */
const foreign = new Set([
  'CloneDBInstance',
  'END',
  'InquiryPriceCreateDBInstances',
  'LISTEN',
  'QIANMA_WEBHOOK_SECRET',
  'QcloudAccessForScfRole',
  'QcloudSCFFullAccess',
  'SCF_Message',
  'SCF_QcsRole',
  'grant',
  'max_connections',
  'pg_stat_activity',
]);

const unique = (items: readonly string[]) => [...new Set(items)];

const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> }; // our own file

/** Everything that is not prose: what a mentioned name must occur in. */
const sources = sourceFiles(/\.(ts|mjs|cjs|yml|json)$/)
  .filter((path) => path !== 'package-lock.json' && path !== 'docs/mentions.test.ts')
  .map((path) => `${path}\n${text(path)}`)
  .join('\n');

const isNamed = (name: string) =>
  new RegExp(`(?<![\\w-])${name.replaceAll('.', '\\.')}(?![\\w-])`).test(sources);

/** Variables that a command sets or a shell reads, and single words in the form of a name. */
function namesIn(markdown: string): string[] {
  const words = codeOf(markdown).flatMap((line) => [
    ...(/^[A-Za-z_][\w.-]*\w$/.test(line) ? [line] : []),
    ...(line.match(/\b[A-Z][A-Z\d]*_[A-Z\d_]+\b/g) ?? []),
  ]);
  return unique(words);
}

describe.each(documents)('%s', (path) => {
  const markdown = text(path);

  it('names commands that there are', () => {
    const named = unique(
      [...markdown.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, script]) => script ?? ''),
    );
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });

  it('names options that there are', () => {
    const lines = codeOf(markdown).filter((line) => line.startsWith('--') || line.includes('npm run'));
    const options = unique(lines.flatMap((line) => line.match(/(?<=^|\s)--[a-z][\w-]*/g) ?? []));
    const unknown = options.filter((option) => !isNamed(option.slice(2)));
    expect(unknown).toEqual([]);
  });

  it('names files that there are', () => {
    const files = unique(codeOf(markdown)).filter((span) => /^[\w.-]+(\/[\w.@-]+)+\.(ts|mjs|sh)$/.test(span));
    expect(files.filter((file) => !/^dist\//.test(file) && !existsSync(file))).toEqual([]);
  });

  it('names variables, functions, actions, events and members that there are', () => {
    const names = namesIn(markdown).filter((name) => !foreign.has(name) && !existsSync(name));
    expect(names.filter((name) => !isNamed(name))).toEqual([]);
  });

  it('links to files and headings that there are', () => {
    const broken = linksOf(markdown)
      .filter((to) => !to.startsWith('https://'))
      .filter((to) => {
        const [file = '', anchor] = to.split('#');
        const target = file === '' ? path : join(dirname(path), file);
        return !existsSync(target) || (anchor !== undefined && !anchorsOf(text(target)).includes(anchor));
      });
    expect(broken).toEqual([]);
  });
});

describe('what these tests look for', () => {
  const sample = [
    '# A heading, with `code`',
    'See [it](other.md#there); `NoSuchFunction` reads `NO_SUCH_VARIABLE`, `two words` are no name.',
    '```sh',
    'NO_SUCH_SETTING=1 npm run doctor -- --no-such-option',
    '```',
  ].join('\n');

  it('is found in text and in code', () => {
    expect(namesIn(sample).sort()).toEqual(['NO_SUCH_SETTING', 'NO_SUCH_VARIABLE', 'NoSuchFunction', 'code']);
    expect(linksOf(sample)).toEqual(['other.md#there']);
    expect(anchorsOf(sample)).toEqual(['a-heading-with-code']);
  });

  it('is missed where it is not, also as a part of another name', () => {
    expect(
      ['NoSuchFunction', 'NO_SUCH_VARIABLE', 'no-such-option', 'ESS_SECRET', 'renew-expired'].map(isNamed),
    ).toEqual([false, false, false, false, false]);
    expect(['ESS_SECRET_ID', 'stable-link', 'DescribeTemplates', 'quota.exhausted'].map(isNamed)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });
});
