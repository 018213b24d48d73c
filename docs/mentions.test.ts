/** What the documents written by hand mention exists: commands, options, variables, functions, names of all kinds, links. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const pairs = [
  ['docs/deploy.md', 'docs/deploy.zh-CN.md'],
  ['docs/operate.md', 'docs/operate.zh-CN.md'],
] as const;
const documents = pairs.flat();

/** Names that are other people's, beside Tencent's actions that the code calls itself. */
const foreign = new Set([
  'CloneDBInstance',
  'InquiryPriceCreateDBInstances',
  'QcloudAccessForScfRole',
  'QcloudSCFFullAccess',
  'SCF_QcsRole',
  'grant',
  'max_connections',
  'pg_stat_activity',
]);

const text = (path: string) => readFileSync(path, 'utf8');
const unique = (items: readonly string[]) => [...new Set(items)];

const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> }; // our own file

/** Everything that is not prose: what a mentioned name must occur in. */
const sources = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => /\.(ts|mjs|yml|json)$/.test(path) && path !== 'package-lock.json')
  .filter((path) => path !== 'docs/mentions.test.ts' && existsSync(path))
  .map((path) => `${path}\n${text(path)}`)
  .join('\n');

const isNamed = (name: string) =>
  new RegExp(`(?<![\\w-])${name.replaceAll('.', '\\.')}(?![\\w-])`).test(sources);

const fences = (markdown: string) =>
  [...markdown.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map(([, code]) => code ?? '');
const withoutFences = (markdown: string) => markdown.replaceAll(/^```[\s\S]*?^```$/gm, '');
const spans = (markdown: string) =>
  [...withoutFences(markdown).matchAll(/`([^`\n]+)`/g)].map(([, code]) => code ?? '');
/** Code in either form, command by command. */
const code = (markdown: string) => [
  ...spans(markdown),
  ...fences(markdown).flatMap((block) => block.split('\n')),
];

const headings = (markdown: string) => [...withoutFences(markdown).matchAll(/^(#+) (.*)$/gm)];
/** As GitHub makes them. */
const anchors = (markdown: string) =>
  headings(markdown).map(([, , title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
const links = (markdown: string) =>
  [...withoutFences(markdown).matchAll(/\]\(([^)]+)\)/g)].map(([, to]) => to ?? '');

/** Variables that a command sets or a shell reads, and single words in the form of a name. */
function namesIn(markdown: string): string[] {
  const words = code(markdown).flatMap((line) => [
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
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });

  it('names options that there are', () => {
    const lines = code(markdown).filter((line) => line.startsWith('--') || line.includes('npm run'));
    const options = unique(lines.flatMap((line) => line.match(/(?<=^|\s)--[a-z][\w-]*/g) ?? []));
    const unknown = options.filter((option) => !isNamed(option.slice(2)));
    expect(options.length).toBeGreaterThan(0);
    expect(unknown).toEqual([]);
  });

  it('names variables, functions, actions, events and members that there are', () => {
    const names = namesIn(markdown).filter((name) => !foreign.has(name) && !existsSync(name));
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !isNamed(name))).toEqual([]);
  });

  it('links to files and headings that there are', () => {
    const broken = links(markdown)
      .filter((to) => !to.startsWith('https://'))
      .filter((to) => {
        const [file = '', anchor] = to.split('#');
        const target = file === '' ? path : join(dirname(path), file);
        return !existsSync(target) || (anchor !== undefined && !anchors(text(target)).includes(anchor));
      });
    expect(broken).toEqual([]);
  });
});

describe.each(pairs)('%s and %s', (english, chinese) => {
  const both = [text(english), text(chinese)] as const;

  it('have the same headings, level by level', () => {
    const [en, zh] = both.map((markdown) => headings(markdown).map(([, level]) => level));
    expect(zh).toEqual(en);
  });

  it('show the same code', () => {
    const [en, zh] = both.map((markdown) =>
      fences(markdown).map((block) => block.replaceAll(/#.*$/gm, '').replaceAll(/ +$/gm, '')),
    );
    expect(zh).toEqual(en);
  });

  it('name the same things', () => {
    const [en, zh] = both.map((markdown) => unique(spans(markdown)).sort());
    expect(zh).toEqual(en);
  });

  it('link to the same places', () => {
    const plain = (markdown: string) =>
      unique(
        links(markdown)
          .filter((to) => !to.startsWith('#') && !/^(deploy|operate)(\.zh-CN)?\.md$/.test(to))
          .map((to) => to.replace('.zh-CN.md', '.md').replace(/#.*/, '')),
      ).sort();
    expect(plain(both[1])).toEqual(plain(both[0]));
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
    expect(links(sample)).toEqual(['other.md#there']);
    expect(anchors(sample)).toEqual(['a-heading-with-code']);
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
