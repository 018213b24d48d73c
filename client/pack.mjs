/**
 * `npm run client`, or `pack.mjs <folder>`: builds the client and the command line, and packs them there, in `dist.client` unless another is named,
 * as what `npm install <file>` takes. Prints the path of the file.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');
const folder = resolve(process.argv[2] ?? join(root, 'dist.client'));
const content = join(folder, 'package');

rmSync(content, { recursive: true, force: true });
mkdirSync(content, { recursive: true });
await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: ['index.ts', 'webhooks.ts'],
  outdir: content,
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2023',
  external: ['standardwebhooks'],
  logLevel: 'warning',
});
await build({
  absWorkingDir: root,
  entryPoints: { qianma: 'cli/main.ts' },
  outdir: content,
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  charset: 'utf8',
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
});
const inherit = { stdio: ['ignore', 'ignore', 'inherit'], cwd: import.meta.dirname };
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
execFileSync(process.execPath, [compiler, '-p', '.', '--outDir', content], inherit);
for (const name of ['package.json', 'README.md', 'README.zh-CN.md', 'SKILL.md']) {
  copyFileSync(join(import.meta.dirname, name), join(content, name));
}
copyFileSync(join(root, 'LICENSE'), join(content, 'LICENSE'));

// Under `npm run` npm says where it is; a Windows shell is not needed then.
const [npm, ...first] = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
const packed = execFileSync(npm, [...first, 'pack', content, '--json', '--pack-destination', folder], {
  encoding: 'utf8',
});
console.log(join(folder, JSON.parse(packed)[0].filename));
