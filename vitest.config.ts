import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['*.test.ts', '{functions,shared,local,deploy,commands,docs}/**/*.test.ts'],
    // A hanging test is a failing test, but a loaded machine is not: the bound is far above what any test needs.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
