import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/** For the packages to come, or one of the other steps. */
const longestMs = 180_000;

export interface EarlierBuild {
  /** Where the functions are, each in a folder of its name. */
  dist: string;
  dispose(): Promise<void>;
}

export interface EarlierOptions {
  commit: string;
  /** Functions. */
  names: readonly string[];
  /** As its own `esbuild.config.mjs` gives it: modules by name, and what stands in for them. */
  alias: Record<string, string>;
  /** The benchmark that needs it. */
  what: string;
}

/**
 * Functions of a commit, built as it built them, with the packages that its lock file names, in a temporary folder.
 * Undefined, with a loud line, where the history does not hold the commit.
 */
export async function buildEarlier({
  commit,
  names,
  alias,
  what,
}: EarlierOptions): Promise<EarlierBuild | undefined> {
  if (!isKnown(commit)) {
    console.error(`SKIPPED: ${what} — the history here does not hold ${commit}: git fetch --unshallow`);
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), 'qianma-earlier-'));
  const dist = join(folder, 'dist');
  const dispose = () => rm(folder, { recursive: true, force: true });
  const run = (file: string, args: readonly string[], input?: Buffer) =>
    execFileSync(file, args, {
      cwd: folder,
      stdio: ['pipe', 'ignore', 'inherit'],
      timeout: longestMs,
      ...(input && { input }),
    });
  try {
    run('tar', ['-x'], execFileSync('git', ['archive', commit], { maxBuffer: 2 ** 30 }));
    run('npm', ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund']);
    await build({
      absWorkingDir: folder,
      entryPoints: names.map((name) => ({ in: `functions/${name}/index.ts`, out: `${name}/index` })),
      outdir: dist,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      minify: true,
      banner: { js: "globalThis.navigator??={userAgent:'Node.js'};" },
      external: ['pg-native'],
      alias,
      legalComments: 'none',
      charset: 'utf8',
      logLevel: 'warning',
    });
    // The root says that `.js` is a module.
    await writeFile(join(dist, 'package.json'), '{"type":"commonjs"}\n');
    return { dist, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function isKnown(commit: string): boolean {
  try {
    execFileSync('git', ['cat-file', '-e', `${commit}^{commit}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
