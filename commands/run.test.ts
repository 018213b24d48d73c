/** `npm start` and the other commands, from a clone in whatever state it is. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let clone: string;
let running: ChildProcess | undefined;

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'qianma-clone-'));
  mkdirSync(join(clone, 'commands'));
  cpSync('commands/run.mjs', join(clone, 'commands', 'run.mjs'));
});
afterEach(() => {
  running?.kill('SIGKILL');
  rmSync(clone, { recursive: true, force: true });
});

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

const PATH = process.env['PATH'] ?? '';

function node(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  return new Promise((done) => {
    execFile(process.execPath, args, { cwd: clone, env: { PATH, ...env } }, (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

const run = (name: string, env: Record<string, string> = {}) => node(['commands/run.mjs', name], env);

/** The clone's `package.json`, as far as it is read before anything else. */
function describePackage(node: string, dependencies: Record<string, string> = {}): void {
  const text = JSON.stringify({ type: 'module', engines: { node }, dependencies });
  writeFileSync(join(clone, 'package.json'), text);
}

function install(name: string, version: string): void {
  mkdirSync(join(clone, 'node_modules', name), { recursive: true });
  writeFileSync(join(clone, 'node_modules', name, 'package.json'), JSON.stringify({ version }));
}

describe('a clone that cannot run anything yet', () => {
  it('says that the packages are missing, in the language of the shell', async () => {
    cpSync('package.json', join(clone, 'package.json'));
    const stderr = expect.stringMatching(/^error: packages are missing [^\n]*: run npm ci\n$/);
    expect(await run('start', { LANG: 'en_US.UTF-8' })).toEqual({ code: 1, stdout: '', stderr });
    expect((await run('keys', { LANG: 'zh_CN.UTF-8' })).stderr).toMatch(
      /^error: 依赖包未安装[^\n]*npm ci\n$/,
    );
  });

  it.each([
    ['1.2.3', 'builds'],
    ['1.2.2', 'stops'],
  ])('with version %s of a package that must be 1.2.3 it %s', async (version, what) => {
    describePackage('>=20.19.0', { made: '1.2.3' });
    install('made', version);
    const wanted =
      what === 'stops' ? /^error: packages .*\(made\): run npm ci\n$/ : /^error: the build failed: /;
    expect((await run('keys')).stderr).toMatch(wanted);
  });

  it.each(['>=99.0.0', `>=${process.versions.node.replace(/\d+$/, (patch) => String(Number(patch) + 1))}`])(
    'says that this Node is too old for %s',
    async (least) => {
      describePackage(least);
      const stderr = `error: Node.js ${process.versions.node} is too old: install ${least.slice(2)} or later\n`;
      expect(await run('start')).toEqual({ code: 1, stdout: '', stderr });
    },
  );

  it('says in one line that the source cannot be built', async () => {
    describePackage('>=20.19.0');
    writeFileSync(join(clone, 'esbuild.config.mjs'), 'throw new Error("two lines\\nof text");');
    expect(await run('start')).toMatchObject({ code: 1, stderr: 'error: the build failed: two lines\n' });
  });
});

describe('a command', () => {
  // What the others say of themselves is compared with their page: `docs/commands-page.test.ts`.
  it.each([
    ['en_US.UTF-8', /^usage: npm run keys -- <command>\n/],
    ['zh_CN.UTF-8', /^用法：npm run keys -- <命令>\n/],
  ])('gets its arguments, and speaks the language of the shell: %s', async (LANG, wanted) => {
    const help = await node([resolve('commands/run.mjs'), 'keys', '--help'], { LANG });
    expect(help).toEqual({ code: 0, stdout: expect.stringMatching(wanted), stderr: '' });
  });
});

describe('npm start', () => {
  it('serves on while everything is built again beside it, and leaves nothing behind', async () => {
    for (const name of ['commands', 'console', 'deploy', 'docs', 'bench', 'functions', 'local', 'shared'])
      cpSync(name, join(clone, name), { recursive: true });
    for (const name of ['package.json', 'tsconfig.json', 'esbuild.config.mjs', 'serverless.yml'])
      cpSync(name, join(clone, name));
    symlinkSync(resolve('node_modules'), join(clone, 'node_modules'));

    const product = spawn(process.execPath, ['commands/run.mjs', 'start'], {
      cwd: clone,
      env: { PATH, PORT: '0', ESSBASIC_PORT: '0', LANG: 'C' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running = product;
    const url = await readyUrl(product);
    let isBuilding = true;
    const built = node(['esbuild.config.mjs']).finally(() => {
      isBuilding = false;
    });
    const answers: number[] = [];
    const call = async (name = '') =>
      answers.push((await fetch(`${url}/${name}`, { method: 'POST' })).status);
    // Each function's first call starts a process: while all is built, and once it is.
    const [first, ...cold] = readdirSync(join(clone, 'functions')).filter((name) => /^[A-Z]/.test(name));
    for (const name of cold.splice(3)) if (isBuilding) await call(name);
    while (isBuilding) await call(first);
    for (const name of cold) await call(name);
    expect([...new Set(answers)]).toEqual([415]);
    expect(await built).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(clone).filter((name) => name.startsWith('dist'))).toEqual(['dist']);

    const own = join(clone, 'node_modules', '.cache', 'qianma', `start-${product.pid}`);
    expect(existsSync(own)).toBe(true);
    product.kill('SIGINT');
    expect((await once(product, 'exit'))[0]).toBe(0);
    expect(existsSync(own)).toBe(false);
  });
});

async function readyUrl({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('has no output');
  for await (const line of createInterface(stdout)) {
    const [, url] = /^ready +functions (\S+)/.exec(line) ?? [];
    if (url === undefined) continue;
    stdout.resume();
    return url;
  }
  throw new Error('npm start ended before it was ready');
}
