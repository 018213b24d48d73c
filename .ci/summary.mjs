/**
 * `summary.mjs <log> [failed step]...`: adds up vitest's closing lines and prints `N passed, N failed`. A step that
 * failed although no test of it did counts as one. The tests that failed are named once more, since a long output may
 * be shown without its middle. Fails where anything failed, or no test ran at all.
 */
import { readFileSync, writeSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const [file, ...failedSteps] = process.argv.slice(2);
const text = stripVTControlCharacters(readFileSync(file, 'utf8'));
const total = (word) =>
  [...text.matchAll(/^\s*Tests\s+.*$/gm)].reduce(
    (sum, [line]) => sum + Number(line.match(new RegExp(`(\\d+) ${word}`))?.[1] ?? 0),
    0,
  );

const passed = total('passed');
const failed = Math.max(total('failed'), failedSteps.length);
for (const [, test] of text.matchAll(/^\s*FAIL\s+(.*)$/gm)) writeSync(1, `failed test: ${test}\n`);
if (failedSteps.length > 0) writeSync(1, `failed: ${failedSteps.join('; ')}\n`);
writeSync(1, `${passed} passed, ${failed} failed\n`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
