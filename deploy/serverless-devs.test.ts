/** Both engines of Serverless Devs. Needs `npm run build`. */
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type StandIn, startStandIn } from './testing/stand-in.ts';

let cloud: StandIn;
beforeAll(async () => {
  cloud = await startStandIn();
}, 240_000);
afterAll(() => cloud.close());

const s = (...args: string[]) =>
  cloud.command(
    process.execPath,
    [resolve('node_modules/@serverless-devs/s/bin/s'), ...args, '-t', 'serverless.yml'],
    {
      default_serverless_devs_registry_mode: 'local',
      serverless_devs_config_home: join(cloud.project, 'home'),
      // Or `s` looks for newer versions of itself, and reports what was typed.
      NODE_ENV: 'test',
    },
  );

it('s deploys, npm run deploy finds nothing more to do, and s removes', async () => {
  const ran = await s('deploy');
  expect(ran.status, ran.stdout + ran.stderr).toBe(0);
  const names = cloud.management.state().functions.map(({ name }) => name);
  expect(names).toContain('qianma-dev-renew-expired-codes');

  const again = await cloud.run('deploy', '--json');
  expect(again.stdout).toContain('"calls":0');

  const unnamed = await s('remove', '-y');
  expect(unnamed.status).not.toBe(0);
  expect(unnamed.stdout + unnamed.stderr).toContain('name it with --stage');
  expect(cloud.management.state().functions).toHaveLength(names.length);

  const one = await s('stable-link', 'remove', '--stage', 'dev', '-y');
  expect(one.status, one.stdout + one.stderr).toBe(0);
  const left = cloud.management.state().functions.map(({ name }) => name);
  expect(names.filter((name) => !left.includes(name))).toEqual(['qianma-dev-stable-link']);

  const removal = await s('remove', '--stage', 'dev', '-y');
  expect(removal.status, removal.stdout + removal.stderr).toBe(0);
  expect(cloud.management.state().functions).toEqual([]);
});

it('neither calls nor starts anybody else on the way', () => {
  expect(cloud.strangers()).toEqual([]);
});
