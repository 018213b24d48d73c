/** What of other people's work ships, under which licence, and what of it may run when it is installed. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

/** May be passed on in a closed product, as long as the notice goes with it; what asks for more is decided by people. */
const allowed = [
  'MIT',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  '0BSD',
  '(MIT OR Apache-2.0)',
  'OFL-1.1',
];

/** Packages that name no licence in their `package.json`, with the words of the licence that they carry as a file. */
const licensedByFile: Readonly<Record<string, string>> = { 'png-js@2.0.0': 'MIT License' };

/** May run a script when they are installed, and why; `npm ci --ignore-scripts` does without it. */
const mayRunScripts: Readonly<Record<string, string>> = {
  'node_modules/esbuild':
    'puts its binary in the place of the script that starts it, which is a matter of milliseconds',
};

interface Component {
  'bom-ref': string;
  licenses?: { license?: { id?: string }; expression?: string }[];
  hashes?: { alg: string; content: string }[];
}

interface LockedPackage {
  version?: string;
  resolved?: string;
  integrity?: string;
  hasInstallScript?: boolean;
}

interface SbomModule {
  createSbom(): { components: Component[] };
  shippedPackages(): { folder: string; ref: string }[];
}

const { createSbom, shippedPackages }: SbomModule = await import(pathToFileURL(resolve('.ci/sbom.mjs')).href);
const sbom = createSbom();
const shipped = shippedPackages();
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, LockedPackage>;
}; // as npm writes it
const locked = Object.entries(lock.packages).filter(([path]) => path !== '');

const licenceOf = ({ licenses: [first] = [] }: Component) => first?.license?.id ?? first?.expression;

describe('the list of what ships', () => {
  it('has the packages that are in bundles and pages, each once, and the typeface', () => {
    const refs = sbom.components.map((component) => component['bom-ref']).sort();
    expect(refs).toEqual([...new Set(shipped.map(({ ref }) => ref)), 'noto-sans-sc-500.ttf'].sort());
    expect(refs).toEqual(
      expect.arrayContaining([expect.stringMatching(/^zod@/), expect.stringMatching(/^preact@/)]),
    );
  });

  it('has a hash of each package', () => {
    const packages = sbom.components.filter((component) => component['bom-ref'].includes('@'));
    expect(packages.filter(({ hashes = [] }) => hashes.length === 0)).toEqual([]);
  });
});

describe('a package that ships', () => {
  it.each(sbom.components.map((component) => [component['bom-ref'], component] as const))(
    '%s may be passed on',
    (ref, component) => {
      const words = licensedByFile[ref];
      if (words === undefined) return void expect(allowed).toContain(licenceOf(component));
      const { folder = '' } = shipped.find((one) => one.ref === ref) ?? {};
      const text = ['LICENSE', 'LICENSE.md'].map((name) => join(folder, name)).find(existsSync);
      expect(licenceOf(component)).toBeUndefined();
      expect(readFileSync(text ?? '', 'utf8')).toContain(words);
    },
  );

  it('runs nothing when it is installed', () => {
    const folders = shipped.map(({ folder }) => folder);
    expect(folders.filter((folder) => lock.packages[folder]?.hasInstallScript)).toEqual([]);
  });
});

describe('a package of the lock file', () => {
  it('runs a script when it is installed only where it may', () => {
    const running = locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
    expect(running).toEqual(Object.keys(mayRunScripts));
  });

  it('comes from the registry and nowhere else, with its hash', () => {
    // One from elsewhere would say from where.
    const strangers = locked.filter(
      ([, { resolved, integrity = '' }]) => resolved !== undefined || !integrity.startsWith('sha512-'),
    );
    expect(strangers.map(([path]) => path)).toEqual([]);
  });
});
