import { defineConfig } from 'vitest/config';

const url = process.env['DATABASE_URL'];
if (url === undefined)
  throw new Error('Set DATABASE_URL to a PostgreSQL server on which schemas can be made');

/** `npm run test:pg`: the suites of the store and of the life of a code, on a real server in the place of PGlite. */
export default defineConfig({
  test: {
    include: [
      '{shared/{store,codes,notifications,delivery},commands}/**/*.test.ts',
      'functions/crowd.test.ts',
    ],
    // Runs what `npm run build` makes, on the database of `npm start`.
    exclude: ['commands/doctor/doctor.test.ts'],
    env: { QIANMA_TEST_DATABASE_URL: url },
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
