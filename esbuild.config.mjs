/**
 * Builds what is deployed, `<folder>/<FunctionName>/index.js`, and the programs that run on a laptop. Run by itself it
 * builds everything into `dist/`, which the tests read and `npm run deploy` uploads; `commands/run.mjs` builds what one
 * command needs into a folder of its own.
 */
import { spawn } from 'node:child_process';
import crypto from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, realpathSync } from 'node:fs';
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const root = import.meta.dirname;
const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
};

const functionNames = readdirSync(join(root, 'functions'), { withFileTypes: true })
  // `testing` is what the functions' own tests share.
  .filter((entry) => entry.isDirectory() && entry.name !== 'testing')
  .map(({ name }) => name);

/** Files that functions read, each put beside its bundle. */
const besideBundles = {
  poster: ['shared/poster/font/noto-sans-sc-500.ttf', 'shared/poster/font/OFL.txt'],
};

/** What runs on a laptop: where each is built, and from what. */
export const programs = {
  'local/start': 'local/start/start.ts',
  'local/emulator': 'local/essbasic/main.ts',
  'local/conformance': 'local/conformance/main.ts',
  'local/instance': 'local/scf/instance.ts',
  'local/scf': 'local/scf/management/main.ts',
  'local/starter': 'local/scf/testing/starter-process.ts',
  'local/database': 'local/postgresql/worker.ts',
  'local/make-seed': 'local/postgresql/make-seed.ts',
  'deploy/main': 'deploy/command/main.ts',
  'commands/doctor': 'commands/doctor.ts',
  'commands/keys': 'commands/keys.ts',
  'commands/migrate': 'commands/migrate.ts',
  'commands/policies': 'commands/policies.ts',
  'commands/poster': 'commands/poster.ts',
  'docs/generate': 'docs/generate.ts',
  'docs/take-pictures': 'docs/testing/take-pictures.ts',
  'bench/run': 'bench/run.ts',
  'bench/caller': 'bench/caller.ts',
  'bench/distance': 'bench/distance.ts',
  'bench/posters/draw-empty-page': 'bench/posters/draw-empty-page.ts',
  'bench/posters/draw-poster': 'bench/posters/draw-poster.ts',
  'bench/emulator-server': 'bench/emulator-server.ts',
  'bench/interactive-caller': 'bench/interactive-caller.ts',
  'bench/loopback-upstream': 'bench/loopback-upstream.ts',
  'bench/receivers': 'bench/receivers.ts',
  'bench/renewal-timer': 'bench/renewal-timer.ts',
};

/** The program of each `npm run <command>`, and what that program starts in its turn. */
export const commands = {
  start: {
    program: 'local/start',
    starts: ['local/instance', 'local/database', 'local/make-seed'],
    needsFunctions: true,
  },
  emulator: { program: 'local/emulator' },
  scf: { program: 'local/scf', starts: ['local/instance'] },
  migrate: { program: 'commands/migrate' },
  keys: { program: 'commands/keys' },
  // What is uploaded is `dist/`, which the engine of Serverless Devs finds by its path in `serverless.yml`.
  deploy: { program: 'deploy/main', needsDist: true },
  doctor: { program: 'commands/doctor' },
  policies: { program: 'commands/policies' },
  conformance: { program: 'local/conformance' },
  poster: { program: 'commands/poster' },
  // Asks the built commands what they say of themselves.
  docs: { program: 'docs/generate', needsDist: true },
  // Starts the built product.
  pictures: { program: 'docs/take-pictures', needsDist: true },
};

/** Builds the program of a command, and what it starts, into a folder. */
export async function buildCommand(name, folder) {
  const { program, starts = [], needsFunctions = false } = commands[name];
  await Promise.all([
    buildPrograms([program, ...starts], folder, {}).then(
      () => starts.includes('local/make-seed') && makeSeed(folder),
    ),
    needsFunctions && Promise.all([buildFunctions(folder, {}), buildPages(folder)]),
  ]);
}

/** What the embedded database is copied from, if it is not there yet. Where it cannot be made the database makes it. */
async function makeSeed(folder) {
  const maker = spawn(process.execPath, [join(folder, 'local', 'make-seed.mjs')], { stdio: 'inherit' });
  await once(maker, 'exit');
}

/** Builds everything into `dist/`, which stays as it is until all of it can be replaced at once. */
export async function buildDist() {
  const next = join(root, `dist.next-${process.pid}`);
  try {
    const [{ metafile }, pages] = await Promise.all([
      buildFunctions(next, { sourcemap: 'external', metafile: true }),
      buildPages(next),
      buildPrograms(Object.keys(programs), next, { sourcemap: true }).then(() => makeSeed(next)),
      buildComponent(next),
    ]);
    await writeFile(join(next, 'functions.meta.json'), JSON.stringify(inDist(metafile, next)));
    await writeFile(join(next, 'pages.meta.json'), JSON.stringify(inDist(pages.metafile, next)));
    await replace(join(root, 'dist'), next);
  } finally {
    await rm(next, { recursive: true, force: true });
  }
}

/** Statements are written over many indented lines for people; the database reads them without, and so do the budgets. */
const statementsWithoutIndentation = {
  name: 'statements-without-indentation',
  setup({ onLoad }) {
    onLoad({ filter: /\/shared\/store\/.*\.ts$/ }, async ({ path }) => {
      // A database knows its migrations by the hash of their text: that stays as it is.
      if (path.includes('/migrations/')) return undefined;
      // Line breaks stay: they end comments, and a stack names the same lines.
      const contents = (await readFile(path, 'utf8')).replace(/\n[ \t]+/g, '\n');
      return { contents, loader: 'ts' };
    });
  },
};

/** A module for each that imports it would be a `require` each: what is re-exported from one place is required once. */
const requiredOnce = {
  name: 'required-once',
  setup({ onResolve, onLoad }) {
    const namespace = 'required-once';
    onResolve({ filter: /^node:crypto$/ }, ({ path, ...from }) =>
      from.namespace === namespace ? { path, external: true } : { path, namespace },
    );
    onLoad({ filter: /^/, namespace }, ({ path }) => ({
      contents: `export { ${Object.keys(crypto).join(', ')} } from '${path}';`,
    }));
  },
};

async function buildFunctions(folder, options) {
  const built = await build({
    ...shared,
    entryPoints: functionNames.map((name) => ({ in: `functions/${name}/index.ts`, out: `${name}/index` })),
    outdir: folder,
    format: 'cjs',
    minify: true,
    legalComments: 'none',
    // Chinese as it is: escaped it takes twice the bytes.
    charset: 'utf8',
    plugins: [statementsWithoutIndentation, requiredOnce],
    // What a bundle reads lies beside it; `import.meta` is nothing in CommonJS.
    define: { 'import.meta.dirname': '__dirname' },
    alias: {
      // Its form for Node has Ajv in it, 120 KB, which no tool of ours needs: their arguments are checked by their own schemas.
      '@modelcontextprotocol/server/_shims':
        './node_modules/@modelcontextprotocol/server/dist/shimsBrowser.mjs',
      // Their modules read files of their packages, or are bundled twice.
      fontkit: './node_modules/fontkit/dist/main.cjs',
      pdfkit: './node_modules/pdfkit/js/pdfkit.js',
    },
    ...options,
  });
  await Promise.all(
    Object.entries(besideBundles).flatMap(([name, files]) =>
      files.map((file) => copyFile(join(root, file), join(folder, name, basename(file)))),
    ),
  );
  // The root says that `.js` is a module; what is deployed is CommonJS.
  await writeFile(join(folder, 'package.json'), '{"type":"commonjs"}\n');
  return built;
}

/** The contract of the API, and what is known of Tencent's own, as `npm run docs` writes them. */
const contracts = ['openapi.json', 'openapi-3.0.json', 'upstream.json'];

async function writeWithoutBlanks(name, folder) {
  const contract = JSON.parse(await readFile(join(root, 'docs', name), 'utf8'));
  await writeFile(join(folder, name), JSON.stringify(contract));
}

/**
 * What the function `console` answers with, beside its code: scripts and styles with a name for each content, and the
 * page that names them, which the function completes.
 */
async function buildPages(folder) {
  const outdir = join(folder, 'console', 'page');
  const built = await build({
    absWorkingDir: root,
    bundle: true,
    platform: 'browser',
    // Browsers of the last three years.
    target: ['es2022'],
    logLevel: 'warning',
    entryPoints: { main: 'console/main.tsx' },
    outdir,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    // Pages that few open are loaded when they are opened.
    splitting: true,
    format: 'esm',
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    // What the code of signatures takes of Node.
    alias: { 'node:crypto': './console/explorer/signature/node-crypto.ts' },
    metafile: true,
  });
  const outputs = Object.entries(built.metafile.outputs);
  const [main, { imports, cssBundle }] = outputs.find(
    ([, { entryPoint }]) => entryPoint === 'console/main.tsx',
  );
  const needed = imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => path);
  const address = (path) => `{{base}}${basename(path)}`;
  const links = [
    `<link rel="stylesheet" href="${address(cssBundle)}">`,
    // Asked for together with what imports them.
    ...needed.map((path) => `<link rel="modulepreload" href="${address(path)}">`),
    `<script type="module" src="${address(main)}"></script>`,
  ];
  const page = await readFile(join(root, 'console', 'index.html'), 'utf8');
  await writeFile(join(outdir, 'index.html'), page.replace('{{links}}', links.join('\n')));
  await Promise.all(contracts.map((name) => writeWithoutBlanks(name, outdir)));
  return built;
}

function buildPrograms(names, folder, options) {
  const entriesOf = (some) => Object.fromEntries(some.map((name) => [name, programs[name]]));
  const isOther = (name) => !isQuick(name) && !isForPeople(name);
  const asModule = { ...shared, outdir: folder, outExtension: { '.js': '.mjs' }, format: 'esm' };
  return Promise.all([
    build({
      ...asModule,
      entryPoints: entriesOf(names.filter(isOther)),
      packages: 'external',
      ...options,
    }),
    build({
      ...asModule,
      entryPoints: entriesOf(names.filter(isForPeople)),
      ...small,
      external: unbundled,
      // Its form for Node is CommonJS, which asks for modules of Node by `require`.
      alias: { yaml: './node_modules/yaml/browser/index.js' },
      ...options,
    }),
    build({
      ...shared,
      entryPoints: entriesOf(names.filter(isQuick)),
      outdir: folder,
      outExtension: { '.js': '.cjs' },
      format: 'cjs',
      ...small,
      ...options,
    }),
  ]);
}

const small = { minifyWhitespace: true, minifySyntax: true, legalComments: 'none', charset: 'utf8' };

/** Programs of whose start every millisecond counts: one file with the packages in it, CommonJS, which Node starts faster. */
const isQuick = (name) => name === 'local/emulator';

/** Programs that somebody waits for have the packages in them: a file is read faster than the hundred of a package. */
const isForPeople = (name) => !isQuick(name) && /^(commands|deploy|local)\//.test(name);

/** Packages that read files of their own. */
const unbundled = ['@electric-sql/pglite'];

/** The file of a program below the folder that it is built into. */
export const fileOf = (program) => `${program}.${isQuick(program) ? 'cjs' : 'mjs'}`;

/** Loaded by the engine of Serverless Devs, with `require` and as a class. */
function buildComponent(folder) {
  return build({
    ...shared,
    entryPoints: { 'deploy/index': 'deploy/command/component.ts' },
    outdir: folder,
    format: 'cjs',
    sourcemap: true,
    footer: { js: 'module.exports = module.exports.default;' },
  });
}

/** The metafile of the functions, which `architecture.test.ts` reads, as if they had been built where they end up. */
function inDist({ inputs, outputs }, folder) {
  const from = `${folder.slice(root.length + 1)}/`;
  const entries = Object.entries(outputs).map(([path, output]) => [path.replace(from, 'dist/'), output]);
  return { inputs, outputs: Object.fromEntries(entries) };
}

/** Puts `next` in the place of `folder`. Whoever builds at the same time does the same: the last one stays. */
async function replace(folder, next) {
  const old = `${folder}.old-${process.pid}`;
  for (let attempt = 1; ; attempt += 1) {
    await rename(folder, old).catch(unlessMissing);
    try {
      await rename(next, folder);
      break;
    } catch (error) {
      // Another build came in between.
      if (attempt === 5 || !['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code)) throw error;
    } finally {
      await rm(old, { recursive: true, force: true });
    }
  }
}

function unlessMissing(error) {
  if (error.code !== 'ENOENT') throw error;
}

if (realpathSync(process.argv[1]) === import.meta.filename) {
  const startedMs = performance.now();
  await buildDist();
  console.log(`built ${functionNames.length} functions in ${Math.round(performance.now() - startedMs)} ms`);
}
