/** Starts the product as `npm start` does, on any free ports and in a folder of its own, and has the doctor look at it. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const callback = {
  ESS_CALLBACK_KEYS: 'MADEUPKEYOFTHESMOKE0000000000001',
  ESS_CALLBACK_TOKENS: 'made-up-token-of-the-smoke',
};
const folder = await mkdtemp(join(tmpdir(), 'qianma-doctor-'));
const { DATABASE_URL: _, ...env } = process.env;
const product = spawn(process.execPath, ['dist/local/start.mjs'], {
  env: { ...env, ...callback, PORT: '0', ESSBASIC_PORT: '0', DATA_DIR: folder },
  stdio: ['ignore', 'pipe', 'inherit'],
});

try {
  const { key, functions, emulator, database } = await ready();
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      'dist/commands/doctor.mjs',
      ...['--json', '--organization', 'proxy-org-openid', '--operator', 'proxy-operator-openid'],
      ...['--template', 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV'],
    ],
    {
      env: {
        ...env,
        ...callback,
        API_KEY: key,
        DATABASE_URL: database,
        ESS_APP_ID: 'yDRscUUgyg1zr7wnUyJ8QMwwnHc4OOcQ',
        ESS_ENDPOINT: emulator,
        ESS_SECRET_ID: 'AKIDqianmalocal000000000000000000000',
        ESS_SECRET_KEY: 'qianmalocalsecretkey000000000000',
        PUBLIC_BASE_URL: functions,
        REGISTER_KEYS: Buffer.alloc(32, 1).toString('base64'),
      },
    },
  );
  const { checks } = JSON.parse(stdout);
  assert.deepEqual(
    checks.filter(({ outcome }) => outcome !== 'ok'),
    [],
  );
  console.log(`npm run doctor on npm start: ${checks.length} checks, all ok`);
} finally {
  product.kill('SIGTERM');
  if (product.exitCode === null) await once(product, 'exit');
  await rm(folder, { recursive: true, force: true });
}

/** What the line `ready` names, and the key that was printed before it. */
async function ready() {
  let key;
  for await (const line of createInterface(product.stdout)) {
    key ??= /API_KEY=(\S+)/.exec(line)?.[1];
    const [, functions, emulator, database] =
      /^ready +functions (\S+) +emulator (\S+) +database (\S+)/.exec(line) ?? [];
    if (functions !== undefined) {
      product.stdout.resume();
      return { key, functions, emulator, database };
    }
  }
  throw new Error('npm start ended before it was ready');
}
