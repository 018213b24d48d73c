/** Adds up vitest's closing lines and prints `N passed, N failed`; fails when no test ran at all. */
import { readFileSync, writeSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const text = stripVTControlCharacters(readFileSync(process.argv[2], 'utf8'));
const total = (word) =>
  [...text.matchAll(/^\s*Tests\s+.*$/gm)].reduce(
    (sum, [line]) => sum + Number(line.match(new RegExp(`(\\d+) ${word}`))?.[1] ?? 0),
    0,
  );

const passed = total('passed');
const failed = total('failed');
writeSync(1, `${passed} passed, ${failed} failed\n`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
