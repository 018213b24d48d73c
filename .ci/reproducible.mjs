/**
 * Are the bundles the same, byte for byte, whoever builds them? Two clones in folders of different names, packages
 * installed without running a script of theirs, one built on Node 20 and the other on Node 22; then what is deployed is
 * compared.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative, sep } from 'node:path';
import { nodeBinary } from './node-binary.mjs';

const builds = [
  { major: '20', folder: 'a' },
  { major: '22', folder: join('some', 'other folder') },
];

const home = mkdtempSync(join(tmpdir(), 'qianma-reproducible-'));
try {
  const [first, second] = builds.map(built);
  const names = [...new Set([...first.keys(), ...second.keys()])].sort();
  const differing = names.filter((name) => first.get(name) !== second.get(name));
  if (differing.length > 0) throw new Error(`these differ: ${differing.join(', ')}`);
  const whole = createHash('sha256')
    .update(JSON.stringify([...first]))
    .digest('hex');
  console.log(`${names.length} files are the same on Node 20 and 22, in two folders: sha256 ${whole}`);
} finally {
  rmSync(home, { recursive: true, force: true });
}

/** Hashes of what is deployed, by name. */
function built({ major, folder }) {
  const clone = join(home, folder);
  mkdirSync(dirname(clone), { recursive: true });
  const env = { ...process.env, PATH: [dirname(nodeBinary(major)), process.env.PATH].join(delimiter) };
  const run = (file, args, cwd) =>
    execFileSync(file, args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
  run('git', ['clone', '--quiet', '--no-hardlinks', process.cwd(), clone], process.cwd());
  run('npm', ['ci', '--ignore-scripts', '--silent'], clone);
  run(nodeBinary(major), ['esbuild.config.mjs'], clone);
  const dist = join(clone, 'dist');
  return new Map(
    filesIn(dist)
      .map((path) => [relative(dist, path).split(sep).join('/'), path])
      .filter(([name]) => isDeployed(name))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, path]) => [name, createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** A folder of a function with all that is in it; maps, programs of a laptop and the embedded database stay here. */
function isDeployed(name) {
  return (
    !name.endsWith('.map') && name.includes('/') && !/^(bench|client|commands|deploy|docs|local)\//.test(name)
  );
}
