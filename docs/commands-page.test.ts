/** `docs/commands.md`, in both languages, shows what each command says of itself; every option is said. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { helpOf, programs } from './command-help.ts';
import { commandsPage } from './commands-page.ts';
import { fencesOf, readText } from './testing/read-markdown.ts';

const pages = { en: 'docs/commands.md', zh: 'docs/commands.zh-CN.md' } as const;

describe.each(['en', 'zh'] as const)('the page of commands (%s)', (language) => {
  it('is what the commands print', () => {
    const page = commandsPage(language, (name) => helpOf(name, language));
    expect(readText(pages[language]), `${pages[language]} is stale: run npm run docs`).toBe(page);
  });

  it('has a line of help for each option of each command', () => {
    const helps = fencesOf(readText(pages[language]))
      .map(({ code }) => code)
      .join('\n');
    expect(options.length).toBeGreaterThan(15);
    expect(options.filter((option) => !new RegExp(`--${option}\\b`).test(helps))).toEqual([]);
  });
});

/** For those who change the documents: no user runs them. */
const ours = ['docs', 'pictures'];

it('has every command that npm runs', () => {
  const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> }; // our own file
  const run = Object.values(scripts).flatMap(
    (script) => /^node commands\/run\.mjs (\w+)/.exec(script)?.[1] ?? [],
  );
  expect(run.filter((name) => !ours.includes(name)).sort()).toEqual(Object.keys(programs).sort());
});

/** The names in the tables of options that `parseArgs` reads. */
const options = ['commands', 'deploy', 'local', 'shared/shell'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(({ name }) => name.endsWith('.ts') && !name.includes('.test.'))
    .flatMap(({ parentPath, name }) => [
      ...readFileSync(join(parentPath, name), 'utf8').matchAll(
        /^\s+'?([a-z][\w-]*)'?: \{ type: '(?:string|boolean)'/gm,
      ),
    ])
    .map(([, option]) => option)
    .filter((option) => option !== 'help'),
);
