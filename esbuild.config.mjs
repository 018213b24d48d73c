/**
 * Builds `dist/<FunctionName>/index.js`, what is deployed, and beside it what runs on a laptop:
 * `dist/local`, `dist/deploy`, `dist/commands`, `dist/docs`, `dist/bench`. The metafile of the functions is what the
 * architecture test reads.
 */
import { readdir, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const started = performance.now();
const shared = { bundle: true, platform: 'node', target: 'node20', logLevel: 'warning' };

/** `pg` probes for another platform by building a `Response` where `navigator` is missing: 18 ms on Node 20. */
const banner = "globalThis.navigator??={userAgent:'Node.js'};";

const functions = (await readdir('functions', { withFileTypes: true }))
  // `testing` is what the functions' own tests share.
  .filter((entry) => entry.isDirectory() && entry.name !== 'testing')
  .map(({ name }) => name);
const commands = (await readdir('commands'))
  .filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
  .map((name) => name.slice(0, -3));

await rm('dist', { recursive: true, force: true });

const deployed = build({
  ...shared,
  entryPoints: functions.map((name) => ({ in: `functions/${name}/index.ts`, out: `${name}/index` })),
  outdir: 'dist',
  format: 'cjs',
  minify: true,
  banner: { js: banner },
  // A package that pg would load only where it is asked for by name.
  external: ['pg-native'],
  alias: { pgpass: './shared/store/no-password-file.cjs' },
  sourcemap: 'external',
  legalComments: 'none',
  // Chinese as it is: escaped it takes twice the bytes.
  charset: 'utf8',
  metafile: true,
});

const onTheLaptop = build({
  ...shared,
  entryPoints: {
    'local/start': 'local/start.ts',
    'local/emulator': 'local/essbasic/main.ts',
    'local/instance': 'local/scf/instance.ts',
    'local/scf': 'local/scf/management/main.ts',
    'local/database': 'local/postgresql/worker.ts',
    'deploy/main': 'deploy/main.ts',
    'docs/generate': 'docs/generate.ts',
    'bench/run': 'bench/run.ts',
    'bench/caller': 'bench/caller.ts',
    'bench/emulator-server': 'bench/emulator-server.ts',
    'bench/interactive-caller': 'bench/interactive-caller.ts',
    'bench/loopback-upstream': 'bench/loopback-upstream.ts',
    'bench/receivers': 'bench/receivers.ts',
    'bench/renewal-timer': 'bench/renewal-timer.ts',
    ...Object.fromEntries(commands.map((name) => [`commands/${name}`, `commands/${name}.ts`])),
  },
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  format: 'esm',
  packages: 'external',
  sourcemap: true,
});

/** Loaded by the engine of Serverless Devs, with `require` and as a class. */
const component = build({
  ...shared,
  entryPoints: { 'deploy/index': 'deploy/component.ts' },
  outdir: 'dist',
  format: 'cjs',
  sourcemap: true,
  footer: { js: 'module.exports = module.exports.default;' },
});

const [{ metafile }] = await Promise.all([deployed, onTheLaptop, component]);
// The root says that `.js` is a module; what is deployed is CommonJS.
await writeFile('dist/package.json', '{"type":"commonjs"}\n');
await writeFile('dist/functions.meta.json', JSON.stringify(metafile));
console.log(`built ${functions.length} functions in ${Math.round(performance.now() - started)} ms`);
