/**
 * `npm start`, `npm run keys` …: sees that everything is there, builds the command into a folder of its own and runs
 * it in this process. A build beside it takes nothing away from it, and no shell is in between, on Windows neither.
 *
 * Says in one line what a person has to do where something is missing; so nothing but Node itself may be imported
 * before that is known, and nothing here may need a new Node.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, 'node_modules', '.cache', 'qianma');
const { engines, dependencies, devDependencies } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);

/** As `commands/shell/language.ts` has it, which is not built yet. */
const locale = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
const isChinese = /^zh\b|^zh_/i.test(locale);

function stop(zh, en) {
  process.stderr.write(`error: ${isChinese ? zh : en}\n`);
  process.exit(1);
}

/** Numbers of a version, `>=` before it or not. */
const numbersOf = (version) => version.replace(/^\D*/, '').split('.').map(Number);

function isOlder(version, least) {
  const [own, other] = [numbersOf(version), numbersOf(least)];
  const index = own.findIndex((number, at) => number !== other[at]);
  return index >= 0 && own[index] < other[index];
}

/** Packages that are not there, or there in another version than the one that is asked for. */
function packagesToInstall() {
  const wanted = Object.entries(Object.assign({}, dependencies, devDependencies));
  return wanted
    .filter(([name, version]) => {
      const file = join(root, 'node_modules', name, 'package.json');
      return !existsSync(file) || JSON.parse(readFileSync(file, 'utf8')).version !== version;
    })
    .map(([name]) => name);
}

/** A process that was killed has left its folder. */
function removeLeftOvers() {
  mkdirSync(cache, { recursive: true });
  for (const name of readdirSync(cache)) {
    if (!isRunning(Number(name.split('-').pop())))
      rmSync(join(cache, name), { recursive: true, force: true });
  }
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's.
    return error.code === 'EPERM';
  }
}

async function prepare(name) {
  const { buildCommand, buildDist, commands, fileOf } = await import('../esbuild.config.mjs');
  const { program, needsDist } = commands[name];
  if (needsDist) {
    await buildDist();
    return join(root, 'dist', fileOf(program));
  }
  removeLeftOvers();
  const folder = join(cache, `${name}-${process.pid}`);
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  await buildCommand(name, folder);
  return join(folder, fileOf(program));
}

const [, , name] = process.argv;
if (isOlder(process.versions.node, engines.node)) {
  const least = engines.node.replace('>=', '');
  stop(
    `Node.js ${process.versions.node} 版本过低：需要 ${least} 或更高版本`,
    `Node.js ${process.versions.node} is too old: install ${least} or later`,
  );
}
const missing = packagesToInstall();
if (missing.length > 0) {
  const names = missing.slice(0, 3).join(', ') + (missing.length > 3 ? ' …' : '');
  stop(
    `依赖包未安装或版本不符（${names}）：请运行 npm ci`,
    `packages are missing or of another version (${names}): run npm ci`,
  );
}

let program;
try {
  program = await prepare(name);
} catch (error) {
  // esbuild has shown where, where it is the source that cannot be built.
  const [line] = String(error.message).split('\n');
  stop(`构建失败：${line}`, `the build failed: ${line}`);
}
// The command finds its own arguments where every program does.
process.argv.splice(1, 2, program);
await import(pathToFileURL(program).href);
