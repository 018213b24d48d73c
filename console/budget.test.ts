/** What a browser has to fetch for the pages, and from whom what is in them comes. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';

const folder = 'dist/console/page';
const files = readdirSync(folder);
const gzipped = (names: readonly string[]) =>
  names
    .map((name) => gzipSync(readFileSync(join(folder, name)), { level: 9 }).length)
    .reduce((sum, bytes) => sum + bytes, 0);
const withEnding = (ending: string) => files.filter((name) => name.endsWith(ending));

const { outputs } = JSON.parse(readFileSync('dist/pages.meta.json', 'utf8')) as Metafile; // our own build's file
const inputs = new Set(Object.values(outputs).flatMap(({ inputs: own }) => Object.keys(own)));

/** What each file was made from and fetches, by its name: its folder was another while it was built. */
const byName = new Map(Object.entries(outputs).map(([path, output]) => [basename(path), output]));

/** What is for those who build on the API: fetched when they open it, and by nobody else. */
const isForBuilders = (name: string) =>
  byName.get(name)?.entryPoint?.startsWith('console/explorer/') === true;

/** The scripts that a page may need which is none of theirs. */
function scriptsOfPages(): Set<string> {
  const found = new Set<string>();
  const waiting = [...byName.keys()].filter((name) => byName.get(name)?.entryPoint === 'console/main.tsx');
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name) || isForBuilders(name)) continue;
    found.add(name);
    waiting.push(...(byName.get(name)?.imports ?? []).map(({ path }) => basename(path)));
  }
  return found;
}

describe('all pages together', () => {
  const own = scriptsOfPages();
  const scripts = withEnding('.js');

  it('have at most 60 KB of script and 12 KB of style, compressed', () => {
    const bytes = gzipped(scripts.filter((name) => own.has(name)));
    expect(bytes).toBeLessThanOrEqual(60_000);
    expect(bytes).toBeGreaterThan(5_000);
    expect(gzipped(withEnding('.css'))).toBeLessThanOrEqual(12_000);
  });

  it('have at most 30 KB of script more for those who build on the API', () => {
    const bytes = gzipped(scripts.filter((name) => !own.has(name)));
    expect(bytes).toBeLessThanOrEqual(30_000);
    expect(bytes).toBeGreaterThan(5_000);
  });

  it('need two round trips: the page names every file that its first view needs', () => {
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    const [main] = Object.values(outputs).filter(({ entryPoint }) => entryPoint === 'console/main.tsx');
    const needed = main?.imports.filter(({ kind }) => kind === 'import-statement') ?? [];
    for (const { path } of needed) expect(page).toContain(path.split('/').at(-1));
    expect(page.match(/<script /g)).toHaveLength(1);
    expect(page).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=|https?:(?!\/\/www\.w3\.org\/2000\/svg)/);
  });

  it('are made of the room, the code of signatures and packages alone: types of the other rooms leave nothing behind', () => {
    const strangers = [...inputs].filter((path) => !/^(console|shared\/tc3|node_modules)\//.test(path));
    expect(strangers).toEqual([]);
  });
});
