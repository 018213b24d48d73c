/**
 * Builds `dist/<FunctionName>/index.js`, what is deployed, and `dist/local/`, what runs on a laptop.
 * The metafiles beside them are what the architecture test reads.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const started = performance.now();
const names = async (folder) =>
  (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

/** `pg` probes for another platform by building a `Response` where `navigator` is missing: 18 ms on Node 20. */
const banner = "globalThis.navigator??={userAgent:'Node.js'};";

const functions = await names('functions');
await rm('dist', { recursive: true, force: true });
const deployed = await build({
  entryPoints: functions.map((name) => ({ in: `functions/${name}/index.ts`, out: `${name}/index` })),
  outdir: 'dist',
  bundle: true,
  minify: true,
  keepNames: false,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  banner: { js: banner },
  // pg loads its native twin only when asked to.
  external: ['pg-native'],
  sourcemap: 'external',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});

const local = await build({
  entryPoints: {
    start: 'local/start.ts',
    emulator: 'local/essbasic/main.ts',
    instance: 'local/scf/instance.ts',
  },
  outdir: 'dist/local',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  sourcemap: true,
  metafile: true,
  logLevel: 'warning',
});

await mkdir('dist', { recursive: true });
await writeFile('dist/functions.meta.json', JSON.stringify(deployed.metafile));
await writeFile('dist/local.meta.json', JSON.stringify(local.metafile));
console.log(`built ${functions.length} functions in ${Math.round(performance.now() - started)} ms`);
