import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where a version of Node is, by its major number: this one, or one that npm installs once. */
export function nodeBinary(major) {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const home = resolve(`node_modules/.cache/node-${major}`);
  const name = `node-${process.platform}-${process.arch}`;
  const binary = `${home}/node_modules/${name}/bin/node`;
  if (!existsSync(binary))
    execFileSync('npm', ['install', '--silent', '--no-save', '--prefix', home, `${name}@${major}`], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  return binary;
}
