import { defineConfig } from 'vitest/config';

const url = process.env['DATABASE_URL'];
if (url === undefined)
  throw new Error('Set DATABASE_URL to a PostgreSQL server on which schemas can be made');

/**
 * `npm run test:chaos`: processes are killed by the thousand, on a real server. `CHAOS_SCHEDULES` says how often,
 * `CHAOS_SEED` repeats a run as far as the system's own timing allows.
 */
export default defineConfig({
  test: {
    include: ['shared/**/*.chaos.ts'],
    env: { QIANMA_TEST_DATABASE_URL: url },
    testTimeout: 3_600_000,
    hookTimeout: 60_000,
  },
});
