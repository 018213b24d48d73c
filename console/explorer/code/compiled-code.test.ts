/**
 * The code of a call in the languages whose SDKs no test can count on: compiled and run by their own tools on stand-ins
 * for the SDKs, which print the body that they were given.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { oddBody } from './testing/bodies.ts';
import { isThere, runCode, toolchains, writeFiles } from './testing/compilers.ts';
import { stubAction, stubSdks } from './testing/stub-sdks.ts';
import { upstreamCodeOf } from './upstream-code.ts';

const languages = ['Python', 'PHP', 'Go', 'Java', '.NET', 'C++'] as const;

describe.each(languages)('the code of a call in %s', (language) => {
  const missing = toolchains[language].programs.filter((program) => !isThere(program));
  const skipped = missing.length > 0 ? `: SKIPPED, needs ${missing.join(' and ')}` : '';

  it.skipIf(skipped !== '')(
    `is compiled, and holds any body to the character${skipped}`,
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'qianma-code-'));
      onTestFinished(() => rm(folder, { recursive: true, force: true }));
      await writeFiles(folder, stubSdks[language]);
      const body = oddBody();
      const call = { action: stubAction, body, host: 'http://127.0.0.1:9300', version: '2021-05-26' };
      const printed = await runCode(language, folder, upstreamCodeOf(language, call));
      expect(JSON.parse(printed)).toEqual(JSON.parse(body));
      // Beyond what a number of JavaScript holds.
      expect(printed).toContain('9007199254740993');
    },
    240_000,
  );
});
