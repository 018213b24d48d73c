/** Runs every built bundle on the Node versions that SCF may offer next. The binaries come from npm. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

for (const major of ['22', '24']) {
  const home = `node_modules/.cache/node-${major}`;
  const name = `node-${process.platform}-${process.arch}`;
  const binary = `${home}/node_modules/${name}/bin/node`;
  if (!existsSync(binary))
    execFileSync('npm', ['install', '--silent', '--no-save', '--prefix', home, `${name}@${major}`], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  // Nothing of CI's own environment: a bundle that finds a DATABASE_URL would go to work on it.
  execFileSync(binary, ['.ci/smoke.mjs'], { stdio: 'inherit', env: { PATH: process.env.PATH } });
}
