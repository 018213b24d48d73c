/**
 * Would the kill tests notice? `npm run breakages` breaks a copy of the sources in each of these ways, plays the tests in
 * which processes are killed and frozen at every step, and says which of them has found it: it fails where none has, and
 * where the sources as they are do not pass. With DATABASE_URL also schedules of real processes on that server
 * (CHAOS_SCHEDULES, 200 unless set). Outside of tests and CI: it takes some minutes for each.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { breakages } from './deliberate-breakages.mjs';

const root = join(import.meta.dirname, '..');

/** Of what a run prints: the tests that have failed, and what the schedules of real processes have found. */
const failedTest = /^\s*FAIL .*$/gm;
const finding = /schedule \d+ \(\w+\): [^"\n]*/g;

const asked = process.argv.slice(2).map(Number);
const chosen = breakages.filter((_, index) => asked.length === 0 || asked.includes(index + 1));

const healthy = inCopy(undefined, findingsIn);
if (healthy.length > 0) fail(`The sources as they are do not pass: ${healthy.join('; ')}`);
const missed = chosen.filter((breakage) => {
  const found = inCopy(breakage, findingsIn);
  console.log(
    `${breakage.name}\n  ${found.length === 0 ? 'FOUND BY NOTHING' : found.slice(0, 3).join('\n  ')}`,
  );
  return found.length === 0;
});
if (missed.length > 0) fail(`${missed.length} of ${chosen.length} were found by nothing`);
console.log(`${chosen.length} breakages, all found`);

/** Does the work in a copy of the sources that is broken in this way, and removes it. */
function inCopy(breakage, work) {
  const copy = mkdtempSync(join(tmpdir(), 'qianma-broken-'));
  try {
    const isSource = (path) => !/[/\\](node_modules|dist[^/\\]*|\.git|\.local)$/.test(path);
    cpSync(root, copy, { recursive: true, filter: isSource });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
    if (breakage !== undefined) applyTo(copy, breakage);
    return work(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function applyTo(copy, { name, file, from, to }) {
  const path = join(copy, file);
  const before = readFileSync(path, 'utf8');
  const after = before.replace(from, typeof to === 'string' ? () => to : to);
  if (after === before) fail(`"${name}" finds nothing to break in ${file}`);
  writeFileSync(path, after);
}

/** Stops at the first kind of test that finds something. */
function findingsIn(copy) {
  // All steps, not those that a seed chooses: the verdict is no chance.
  const steps = vitest(
    copy,
    ['--mode', 'full', '--bail', '1', 'shared/codes/life/chaos.test.ts'],
    failedTest,
  );
  if (steps.length > 0 || process.env.DATABASE_URL === undefined) return steps;
  return vitest(copy, ['--mode', 'chaos'], finding);
}

function vitest(copy, args, sign) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...args],
    {
      cwd: copy,
      encoding: 'utf8',
      env: { CHAOS_SCHEDULES: '200', ...process.env, NO_COLOR: '1' },
      maxBuffer: 2 ** 28,
      // What waits for ever is found, too.
      timeout: 30 * 60_000,
    },
  );
  if (status === 0) return [];
  const said = stdout + stderr;
  const found = [...new Set((said.match(sign) ?? []).map((line) => line.trim()))];
  return found.length > 0 ? found : [`ended with status ${status}: ${said.slice(-300)}`];
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
