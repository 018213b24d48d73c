import { randomInt } from 'node:crypto';
import { defineConfig } from 'vitest/config';

const url = process.env['DATABASE_URL'];
if (url === undefined)
  throw new Error('Set DATABASE_URL to a PostgreSQL server on which schemas can be made');

/**
 * `npm run test:chaos`: the kill tests in full, on a real server. `CHAOS_SCHEDULES` says how many schedules;
 * `CHAOS_SEED` repeats those of an earlier run, as far as the system's own timing allows.
 */
export default defineConfig({
  test: {
    include: ['shared/codes/kill.test.ts'],
    env: {
      QIANMA_TEST_DATABASE_URL: url,
      CHAOS_SCHEDULES: process.env['CHAOS_SCHEDULES'] ?? '1000',
      CHAOS_SEED: process.env['CHAOS_SEED'] ?? String(randomInt(2 ** 32)),
    },
    testTimeout: 3_600_000,
    hookTimeout: 60_000,
  },
});
