/** What nobody imports and is used all the same; whatever else nobody uses, `npm run unused` names. */
import { programs } from './esbuild.config.mjs';

export default {
  entry: [
    ...Object.values(programs),
    'functions/*/index.ts',
    'client/{index,webhooks}.ts',
    'cli/main.ts',
    '**/*.{test,bench}.ts',
    '!.local/**',
    'vitest.*.ts',
    '.ci/*.mjs',
    'findings/**',
    // Started by tests as processes of their own, loaded by them into others, or before them.
    'shared/store/testing/instance.ts',
    'shared/upstream/testing/frozen-instance.ts',
    'shared/testing/prepare-file.ts',
    'deploy/testing/watch-process.cjs',
    'deploy/testing/short-sleeps.cjs',
  ],
  project: ['**/*.{ts,tsx,mjs,cjs}', '!dist*/**', '!.local/**'],
  // `s` is run by its path.
  ignoreDependencies: ['@serverless-devs/s'],
  ignoreBinaries: ['unshare', 'openssl', 'pdftoppm', 'pdftotext', 'zbarimg'],
  // Its configuration wants variables that only some runs have.
  vitest: false,
};
