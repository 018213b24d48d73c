/**
 * Follows documents, in each language and on each version of Node, as a newcomer would: in a clean clone, their own
 * commands word for word, and what they say is printed. `--node 20,22` and `--language en` narrow it;
 * `--document docs/local` follows another than the README.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { nodeBinary } from './node-binary.mjs';

const { values } = parseArgs({
  options: {
    node: { type: 'string', default: '20,22,24' },
    language: { type: 'string', default: 'en,zh' },
    document: { type: 'string', default: 'README' },
  },
});
const documents = { en: `${values.document}.md`, zh: `${values.document}.zh-CN.md` };

const cache = resolve('node_modules/.cache/readme');
await build({
  entryPoints: ['docs/testing/follow-document.ts', 'docs/testing/read-start.ts'],
  outdir: cache,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  logLevel: 'warning',
});
const load = (name) => import(pathToFileURL(join(cache, name)).href);
const [{ followDocument }, { readStart }] = await Promise.all([
  load('follow-document.mjs'),
  load('read-start.mjs'),
]);

/** What a newcomer's shell has: nothing of CI's own. */
function environment(major) {
  const { HOME, LANG, npm_config_cache: npmCache, npm_config_cafile: npmCertificates } = process.env;
  const path = [dirname(nodeBinary(major)), process.env.PATH].join(delimiter);
  return {
    PATH: path,
    HOME,
    NO_COLOR: '1',
    ...(LANG && { LANG }),
    ...(npmCache && { npm_config_cache: npmCache }),
    ...(npmCertificates && { npm_config_cafile: npmCertificates }),
  };
}

async function follow(major, language) {
  const folder = mkdtempSync(join(tmpdir(), 'qianma-readme-'));
  const env = environment(major);
  const run = (file, ...args) =>
    execFileSync(file, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let product;
  const beside = [];
  // In a group of its own, so that a signal reaches all of it, as Ctrl-C does.
  const serve = (code) => {
    const [file, ...args] = code.trim().split(' ');
    return spawn(file, args, { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  };
  try {
    execFileSync('git', ['clone', '--quiet', '--no-hardlinks', resolve('.'), folder]);
    assert.match(String(run('node', '--version')), new RegExp(`^v${major}\\.`));
    const markdown = readFileSync(join(folder, documents[language]), 'utf8');
    const blocks = await followDocument(markdown, {
      folder,
      env,
      async start(code) {
        const commands = code.trim().split('\n');
        const last = commands.pop();
        for (const command of commands) run('sh', '-euc', command);
        product = serve(last);
        const started = await readStart(product.stdout);
        // Who reads on after the README has done what it says.
        if (values.document !== 'README') env.API_KEY = started.apiKey;
        return started;
      },
      async serve(code) {
        const served = serve(code);
        beside.push(served);
        for await (const line of createInterface(served.stdout)) if (line.startsWith('ready')) break;
        served.stdout.resume();
      },
    });
    for (const served of beside) process.kill(-served.pid, 'SIGINT');
    process.kill(-product.pid, 'SIGINT');
    if (product.exitCode === null && product.signalCode === null) await once(product, 'exit');
    // npm ends itself by the signal that it got, whatever its script did: the script leaves no lock where it ends cleanly.
    assert.ok(product.exitCode === 0 || product.signalCode === 'SIGINT', 'npm start ends');
    assert.equal(existsSync(join(folder, '.local/lock')), false, 'npm start ends cleanly');
    return blocks;
  } finally {
    for (const one of [product, ...beside])
      if (one && one.exitCode === null && one.signalCode === null) process.kill(-one.pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const major of values.node.split(',')) {
  for (const language of values.language.split(',')) {
    const startedMs = Date.now();
    const blocks = await follow(major, language);
    const tookS = Math.round((Date.now() - startedMs) / 1000);
    console.log(`${documents[language]} on Node ${major}: ${blocks} blocks followed, ${tookS} s`);
  }
}
