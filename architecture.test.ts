/** Imports go one way, and nothing that does not belong there reaches a bundle. The rules are design, the test is law. */
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import type { Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** Which layer may import which. `type:` allows the types of a layer alone. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  functions: [
    'runtime',
    'codes',
    'notifications',
    'delivery',
    'upstream',
    'callback',
    'store',
    'contract',
    'errors',
  ],
  codes: ['contract', 'list-cursor', 'errors'],
  notifications: ['codes', 'contract', 'list-cursor', 'errors'],
  delivery: ['type:codes', 'contract', 'list-cursor', 'errors'],
  upstream: ['tc3', 'contract', 'errors'],
  store: ['type:codes', 'type:notifications', 'type:delivery', 'type:list-cursor', 'errors'],
  'list-cursor': ['errors'],
  runtime: ['contract', 'errors'],
  callback: [],
  tc3: [],
  contract: [],
  errors: [],
  scf: ['errors'],
  local: ['contract', 'tc3', 'callback', 'scf', 'errors'],
  deploy: ['tc3', 'scf', 'errors'],
  // `npm run doctor` asks upstream and judges templates as the functions do: it checks with their own code.
  commands: ['runtime', 'store', 'codes', 'upstream', 'callback', 'contract', 'scf', 'errors'],
  docs: ['runtime', 'contract', 'errors'],
};

/** The layer of a file; undefined for what is outside the rules: tests, benchmarks and their support. */
function layerOf(file: string): string | undefined {
  if (/\.(test|bench)\.ts$|\/testing\//.test(file)) return undefined;
  const [top, second = ''] = file.split('/');
  if (top === 'shared') return second.replace(/\.ts$/, '');
  return top !== undefined && top in allowed ? top : undefined;
}

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
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
    return from.split('/')[1] === to.split('/')[1] ? undefined : `${from} imports ${to} of another function`;
  if (source === target) return undefined;
  const rules = allowed[source] ?? [];
  if (rules.includes(target) || (typeOnly && rules.includes(`type:${target}`))) return undefined;
  return `${from} imports ${to}: ${source} may not import ${target}${typeOnly ? ' (types)' : ''}`;
}

const folders = ['functions', 'shared', 'local', 'deploy', 'commands', 'docs'];

describe('imports', () => {
  it('go one way', () => {
    const all = folders.flatMap(sources).flatMap((file) => importsOf(file, readFileSync(file, 'utf8')));
    expect(all.length).toBeGreaterThan(100);
    expect(all.map(breach).filter((text) => text !== undefined)).toEqual([]);
  });

  it.each([
    ['local/essbasic/x.ts', "import { a } from '../../shared/upstream/y.ts';"],
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

/** Minified bytes of a deployed function; create, with the register, its driver and its texts, is the largest. */
const sizeBudget = 215_000;

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

  it.each(bundles)('%s has no documentation texts in it', (_file, output) => {
    expect(Object.keys(output.inputs).filter((input) => /-docs\.ts$|\.docs\.ts$/.test(input))).toEqual([]);
  });

  it.each(bundles)('%s needs nothing but Node', (_file, output) => {
    const needed = output.imports
      .filter((entry) => entry.external)
      .map((entry) => entry.path.replace(/^node:/, ''));
    // pg asks for its native twin inside a getter that nobody calls.
    expect(needed.filter((name) => !builtinModules.includes(name) && name !== 'pg-native')).toEqual([]);
  });

  it.each(bundles)('%s is within the size budget', (_file, output) => {
    expect(output.bytes).toBeLessThan(sizeBudget);
  });
});
