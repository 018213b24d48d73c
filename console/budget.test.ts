/** What a browser has to fetch for the pages, and from whom what is in them comes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';

const folder = 'dist/console/page';
const files = readdirSync(folder);
const gzipped = (ending: string) =>
  files
    .filter((name) => name.endsWith(ending))
    .map((name) => gzipSync(readFileSync(join(folder, name)), { level: 9 }).length)
    .reduce((sum, bytes) => sum + bytes, 0);

const { outputs } = JSON.parse(readFileSync('dist/pages.meta.json', 'utf8')) as Metafile; // our own build's file
const inputs = new Set(Object.values(outputs).flatMap(({ inputs: own }) => Object.keys(own)));

describe('all pages together', () => {
  it('have at most 60 KB of script and 12 KB of style, compressed', () => {
    expect(gzipped('.js')).toBeLessThanOrEqual(60_000);
    expect(gzipped('.css')).toBeLessThanOrEqual(12_000);
    expect(gzipped('.js')).toBeGreaterThan(5_000);
  });

  it('need two round trips: the page names every file that its first view needs', () => {
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    const [main] = Object.values(outputs).filter(({ entryPoint }) => entryPoint === 'console/main.tsx');
    const needed = main?.imports.filter(({ kind }) => kind === 'import-statement') ?? [];
    for (const { path } of needed) expect(page).toContain(path.split('/').at(-1));
    expect(page.match(/<script /g)).toHaveLength(1);
    expect(page).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=|https?:(?!\/\/www\.w3\.org\/2000\/svg)/);
  });

  it('are made of the room and of packages alone: types of the other rooms leave nothing behind', () => {
    const strangers = [...inputs].filter((path) => !/^(console|node_modules)\//.test(path));
    expect(strangers).toEqual([]);
  });
});
