/** Runs every built bundle on the Node versions that SCF may offer next. The binaries come from npm. */
import { execFileSync } from 'node:child_process';
import { nodeBinary } from './node-binary.mjs';

for (const major of ['22', '24']) {
  // Nothing of CI's own environment: a bundle that finds a DATABASE_URL would go to work on it.
  execFileSync(nodeBinary(major), ['.ci/smoke.mjs'], { stdio: 'inherit', env: { PATH: process.env.PATH } });
}
