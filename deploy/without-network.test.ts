/** A deployment calls the API and nobody else: it works where there is no network. Needs the right to `unshare`. */
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** As root, or in a user namespace of one's own. */
const ways = [['-n'], ['-rn']];
const way = ways.find((flags) => spawnSync('unshare', [...flags, 'true']).status === 0);
if (way === undefined)
  console.warn('\n!! SKIPPED: no right to `unshare -n`: deploying without a network was not tried\n');

it.skipIf(way === undefined)('deploys where there is only a loopback', { timeout: 300_000 }, () => {
  const inside = 'ip link set lo up && exec npx vitest run --config vitest.offline.config.ts';
  // It is a run of its own, not a part of this one.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
  const { status, stdout, stderr } = spawnSync('unshare', [...(way ?? []), 'sh', '-c', inside], {
    encoding: 'utf8',
    env: { ...env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  expect(status, `${stdout}\n${stderr}`).toBe(0);
  expect(stdout).toMatch(/Tests .*\b3 passed/);
});
