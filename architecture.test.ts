/** Imports go one way, as the table of ARCHITECTURE.md says, and nothing that does not belong there reaches a bundle. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';

const architecture = readFileSync('ARCHITECTURE.md', 'utf8');

/** Rows of the table below a heading of ARCHITECTURE.md, without its two first lines. */
function tableUnder(heading: string): string[][] {
  const [, section = ''] = architecture.split(`\n## ${heading}\n`);
  const [text = ''] = section.split('\n## ');
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** Which room may import which, as the document says it. `type:` allows the types of a room alone. */
const allowed: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  tableUnder('What may import what').map(([room = '', targets = '']) => [
    room.replaceAll('`', ''),
    [...targets.matchAll(/`([\w/-]+)`( \(types\))?/g)].map(([, target = '', types]) =>
      types === undefined ? target : `type:${target}`,
    ),
  ]),
);

/** The layer of a file; undefined for what is outside the rules: tests, benchmarks and their support. */
function layerOf(file: string): string | undefined {
  if (isTest(file)) return undefined;
  const [top, second = ''] = file.split('/');
  if (top === 'shared') return layerName(second);
  if (top === 'local') return `${top}/${second}`;
  return top !== undefined && top in allowed ? top : undefined;
}

/** Tests, benchmarks and what they share. */
const isTest = (file: string) => /\.(test|bench)\.tsx?$|\.test\.kit\.ts$|\/testing\//.test(file);

/** Of an entry of shared/: a folder or a file of its own. */
const layerName = (entry: string) => entry.replace(/\.ts$/, '');

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => normalize(join(entry.parentPath, entry.name)));
}

/** Relative imports of a source text, `import type` lines, re-exports and dynamic ones included. */
function importsOf(from: string, text: string): Import[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^;'"]*?from\s+['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]/g;
  return [...text.matchAll(pattern)].map((match) => ({
    from,
    to: normalize(join(dirname(from), match[2] ?? match[3] ?? '')),
    typeOnly: match[1] !== undefined,
  }));
}

/** What is wrong with an import, or undefined. */
function breach({ from, to, typeOnly }: Import): string | undefined {
  const source = layerOf(from);
  const target = layerOf(to);
  if (source === undefined) return undefined;
  if (target === undefined) return `${from} imports ${to}, which is a test or stands outside the layers`;
  if (source === 'functions' && target === 'functions')
    // What stands in no function's folder is for all of them.
    return to.split('/').length === 2 || from.split('/')[1] === to.split('/')[1]
      ? undefined
      : `${from} imports ${to} of another function`;
  if (source === target) return undefined;
  const rules = allowed[source] ?? [];
  if (rules.includes(target) || (typeOnly && rules.includes(`type:${target}`))) return undefined;
  return `${from} imports ${to}: ${source} may not import ${target}${typeOnly ? ' (types)' : ''}`;
}

const folders = ['cli', 'client', 'console', 'functions', 'shared', 'local', 'deploy', 'commands', 'docs'];

/** Every import of every source file. */
const everyImport = () =>
  [...folders, 'bench'].flatMap(sources).flatMap((file) => importsOf(file, readFileSync(file, 'utf8')));

/** The files that a file reaches by its imports and by theirs. */
function reachedFrom(file: string, targets: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set<string>();
  const waiting = [...(targets.get(file) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    waiting.push(...(targets.get(next) ?? []));
  }
  return reached;
}

/** The circles: files each of which reaches all the others, sorted; but not the pairs of which one needs the types alone. */
function circlesOf(imports: readonly Import[]): string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to]);
  const reached = new Map([...targets.keys()].map((file) => [file, reachedFrom(file, targets)]));
  const circles = [...reached].map(([file, others]) =>
    [...others].filter((other) => reached.get(other)?.has(file)).sort(),
  );
  const isTypeOnly = (from?: string, to?: string) =>
    imports.filter((one) => one.from === from && one.to === to).every(({ typeOnly }) => typeOnly);
  const refused = circles.filter(
    ([one, other, third]) =>
      one !== undefined && (third !== undefined || !(isTypeOnly(one, other) || isTypeOnly(other, one))),
  );
  return [...new Set(refused.map((circle) => circle.join(' ↔ ')))];
}

/** The folder of a file; a file that stands alone above the rooms is one itself. */
const roomOf = (file: string) => (/^(functions|shared)\/[^/]+$/.test(file) ? file : dirname(file));

/** Migrations are a history: their number grows. */
const isExempt = (folder: string) => folder === 'shared/store/migrations';

describe('the map of ARCHITECTURE.md', () => {
  const mapped = tableUnder('The map').flatMap(([room = '']) => [...room.matchAll(/`([^`]+)`/g)]);
  const rooms = mapped.map(([, room = '']) => room.replace(/\/$/, ''));
  const isMapped = (folder: string) =>
    rooms.some((room) => room === folder.replace(/(?<=^functions\/)[^/]+$/, '<Name>'));

  it('has every folder that holds source, and no other', () => {
    const held = new Set(
      [...folders, 'bench']
        .flatMap(sources)
        .filter((file) => !isTest(file))
        .map(roomOf),
    );
    expect([...held].filter((folder) => !isMapped(folder)).sort(), 'folders without a row').toEqual([]);
    const gone = rooms.filter((room) => !room.includes('<') && !existsSync(room));
    expect(gone, 'rows without a folder').toEqual([]);
  });

  it('has no folder with more than twenty source files', () => {
    const counts = new Map<string, number>();
    for (const file of [...folders, 'bench'].flatMap(sources)) {
      if (isTest(file) || file.endsWith('.docs.ts')) continue;
      counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
    }
    const full = [...counts].filter(([folder, count]) => count > 20 && !isExempt(folder));
    expect(full).toEqual([]);
  });

  it('has the rules of every layer of shared/ and of every hall beside it', () => {
    const layers = [
      ...folders.filter((folder) => folder !== 'shared' && folder !== 'local'),
      ...readdirSync('local').map((room) => `local/${room}`),
      ...readdirSync('shared')
        .filter((entry) => entry !== 'testing' && !isTest(entry))
        .map(layerName),
    ];
    const ruled = [...new Set(layers)];
    expect(Object.keys(allowed).sort()).toEqual(ruled.sort());
    const named = Object.values(allowed).flat();
    expect(named.filter((target) => !Object.hasOwn(allowed, target.replace('type:', '')))).toEqual([]);
  });
});

describe('imports', () => {
  it('go one way', () => {
    const all = everyImport();
    expect(all.length).toBeGreaterThan(100);
    expect(all.map(breach).filter((text) => text !== undefined)).toEqual([]);
  });

  it('make no circle, but for pairs of which one needs the types of the other alone', () => {
    expect(circlesOf(everyImport())).toEqual([]);
  });

  it.each([
    ["import { b } from './b.ts';", "import { a } from './a.ts';", ['a.ts ↔ b.ts']],
    ["import type { B } from './b.ts';", "import { a } from './a.ts';", []],
    ["import type { C } from './c.ts';", "import { c } from './c.ts';", ['a.ts ↔ b.ts ↔ c.ts']],
  ])('of %s and %s make the circles that they make', (a, b, circles) => {
    const c = "import type { A } from './a.ts';\nimport type { B } from './b.ts';";
    expect(circlesOf([...importsOf('a.ts', a), ...importsOf('b.ts', b), ...importsOf('c.ts', c)])).toEqual(
      circles,
    );
  });

  it.each([
    ['local/essbasic/x.ts', "import { a } from '../../shared/upstream/y.ts';"],
    ['local/scf/x.ts', "import { a } from '../essbasic/y.ts';"],
    ['local/cloud-api/x.ts', "import type { A } from '../essbasic/y.ts';"],
    ['shared/store/x.ts', "import { a } from '../codes/y.ts';"],
    ['shared/tc3/x.ts', "import type { A } from '../errors.ts';"],
    ['shared/runtime/x.ts', "export { a } from '../store/y.ts';"],
    ['shared/codes/x.ts', "const a = await import('../runtime/y.ts');"],
    ['functions/a/index.ts', "import { a } from '../b/index.ts';"],
    ['shared/runtime/x.ts', "import { a } from './y.test.ts';"],
  ])('of the wrong kind in %s are found', (file, text) => {
    expect(importsOf(file, text).map(breach)).toEqual([expect.any(String)]);
  });

  it('of types from codes are allowed in the store', () => {
    expect(importsOf('shared/store/x.ts', "import type { A } from '../codes/y.ts';").map(breach)).toEqual([
      undefined,
    ]);
  });
});

const { inputs: _, outputs } = JSON.parse(readFileSync('dist/functions.meta.json', 'utf8')) as Metafile; // our own build's file
const bundles = Object.entries(outputs).filter(([file]) => file.endsWith('.js'));

/** Minified bytes of a deployed function; renew-expired-codes, with register and notifications, is the largest. */
const sizeBudget = 180_000;
/** `poster` has what writes PDF and reads a typeface; nobody stands at a gate and waits for it. */
const posterBudget = 1_100_000;

/** `mcp` has the library of the protocol (320 KB) and its schemas; an agent waits for its model far longer. */
const mcpBudget = 580_000;
/** What errors mean and what to do about them is what its tool `explain` answers. */
const explained = ['shared/essbasic/error-docs.ts', 'shared/explain/failure-docs.ts'];

/** Requests that make a batch and begin it take seconds: what they load besides is a small part of that. */
const batchBudget = 220_000;

/** A person waits for a create: three tenths of what Tencent's SDK loads for the same call. */
const createBudget = 165_900;

function budgetOf(file: string): number {
  if (file === 'dist/ChannelCreateMultiFlowSignQRCode/index.js') return createBudget;
  if (file === 'dist/poster/index.js') return posterBudget;
  if (file === 'dist/mcp/index.js') return mcpBudget;
  return /^dist\/Batch/.test(file) ? batchBudget : sizeBudget;
}

describe('each deployed bundle', () => {
  it('is there for every function', () => {
    expect(bundles.map(([file]) => file).sort()).toEqual(
      readdirSync('functions', { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== 'testing')
        .map(({ name }) => `dist/${name}/index.js`)
        .sort(),
    );
  });

  it.each(bundles)('%s has nothing of the laptop or of a test in it', (_file, output) => {
    const strangers = Object.keys(output.inputs).filter((input) =>
      /^(local|docs|bench|commands|deploy)\/|\.(test|bench)\.ts$|\/testing\//.test(input),
    );
    expect(strangers).toEqual([]);
  });

  it.each(bundles)(
    '%s has no documentation texts in it, but for those that `mcp` answers',
    (file, output) => {
      const texts = Object.keys(output.inputs).filter((input) => /-docs\.ts$|\.docs\.ts$/.test(input));
      expect(texts.sort()).toEqual(file === 'dist/mcp/index.js' ? explained : []);
    },
  );

  it.each(bundles)('%s needs nothing but Node', (_file, output) => {
    const needed = output.imports
      .filter((entry) => entry.external)
      .map((entry) => entry.path.replace(/^node:/, ''));
    expect(needed.filter((name) => !builtinModules.includes(name))).toEqual([]);
  });

  it.each(bundles)('%s is within the size budget', (file, output) => {
    expect(output.bytes).toBeLessThan(budgetOf(file));
  });
});

it('each way in which `npm run breakages` breaks the sources finds what it breaks', async () => {
  const list = pathToFileURL(resolve('.ci/deliberate-breakages.mjs')).href;
  const { breakages }: { breakages: Breakage[] } = await import(list);
  expect(breakages).toHaveLength(7);
  const idle = breakages.filter(({ file, from }) => {
    const text = readFileSync(file, 'utf8');
    return text.replace(from, '') === text;
  });
  expect(idle.map(({ name }) => name)).toEqual([]);
});

interface Breakage {
  name: string;
  file: string;
  from: string | RegExp;
}
