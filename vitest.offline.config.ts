import { defineConfig } from 'vitest/config';

/** What runs where there is no network; `deploy/without-network.test.ts` brings it there. */
export default defineConfig({
  test: { include: ['deploy/**/*.offline.ts'], testTimeout: 240_000, hookTimeout: 60_000 },
});
