/** Both engines of Serverless Devs, where there is no network. Run by `../without-network.test.ts`. */
import { networkInterfaces } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type StandIn, startStandIn } from './stand-in.ts';

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

it('is run where there is only a loopback', () => {
  expect(Object.keys(networkInterfaces()).filter((name) => name !== 'lo')).toEqual([]);
});

it('s deploys, npm run deploy finds nothing more to do, and s removes', async () => {
  const ran = await s('deploy');
  expect(ran.status, ran.stdout + ran.stderr).toBe(0);
  const names = cloud.management.state().functions.map(({ name }) => name);
  expect(names).toContain('qianma-dev-renew-expired-codes');

  const again = await cloud.run('deploy', '--json');
  expect(again.stdout).toContain('"calls":0');

  const removal = await s('remove', '-y');
  expect(removal.status, removal.stdout + removal.stderr).toBe(0);
  expect(cloud.management.state().functions).toEqual([]);
});

it('neither calls nor starts anybody else on the way', () => {
  expect(cloud.strangers()).toEqual([]);
});
