/**
 * Does a test fail when the code of a room is changed? `npm run mutate`, or `npm run mutate -- shared/tc3` for some rooms
 * or files alone. Only a room's own tests count, in the mode `mutation` of `vitest.config.ts`. What was found is kept and
 * listed in `.local/mutation/`, a room each: a further run tries again what has changed since, and keeps what was found
 * in files that it was not asked for.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';

const rooms = [
  'shared/tc3',
  'shared/callback',
  'shared/essbasic',
  'shared/codes/quota',
  'shared/codes/reading',
  'shared/codes/renewal',
  'shared/codes/life',
];

const asked = process.argv.slice(2).map((path) => path.replace(/\/$/, ''));
const all = asked.length > 0 ? asked : rooms;
for (const room of new Set(all.map(roomOf))) {
  const targets = all.filter((target) => roomOf(target) === room);
  await mutate(room, targets);
}

function isFile(target) {
  return target.endsWith('.ts');
}

/** The room whose tests count for what is mutated. */
function roomOf(target) {
  const room = rooms.find((one) => `${target}/`.startsWith(`${one}/`));
  return room ?? (isFile(target) ? dirname(target) : target);
}

/** Texts for people and what only tests use are not mutated. */
function filesOf(target) {
  if (isFile(target)) return [target];
  return [`${target}/**/*.ts`, `!${target}/**/{*.{test,bench,docs},*-docs}.ts`, `!${target}/**/testing/**`];
}

async function mutate(room, targets) {
  // Only the room's own tests. Not by Stryker's `testFiles`: with it a mutant that acts while modules are loaded is
  // switched on too late, and its verdict is chance.
  process.env.QIANMA_MUTATED_ROOM = room;
  const report = `.local/mutation/${room.replaceAll('/', '-')}`;
  forgetStaticSurvivors(`${report}.json`);
  const results = await new Stryker({
    mutate: targets.flatMap(filesOf),
    ignorers: ['texts'],
    plugins: [
      import.meta.resolve('@stryker-mutator/vitest-runner'),
      import.meta.resolve('./mutation-texts.mjs'),
    ],
    testRunner: 'vitest',
    vitest: { related: false },
    coverageAnalysis: 'perTest',
    // With a database all tests of a room take too long to be run for each constant of a module.
    ignoreStatic: room.startsWith('shared/codes'),
    dryRunTimeoutMinutes: 20,
    concurrency: 1,
    // A loaded machine is no endless loop.
    timeoutMS: 30_000,
    // Stryker would read it with a compiler API that TypeScript 7 no longer has; vitest needs none of it.
    ignorePatterns: ['tsconfig.json', '/dist*', '/.local', '/docs/*.md'],
    disableTypeChecks: false,
    incremental: true,
    incrementalFile: `${report}.json`,
    tempDirName: '.local/mutation/tmp',
    reporters: ['progress-append-only', 'clear-text', 'html'],
    htmlReporter: { fileName: `${report}.html` },
    clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  }).runMutationTest();
  for (const target of targets) {
    const isIn = ({ fileName }) => `${relative(process.cwd(), fileName)}/`.startsWith(`${target}/`);
    summarise(target, results.filter(isIn));
  }
}

/**
 * Who acts while modules are loaded is covered by no test that Stryker could name, and so it would keep the verdict
 * "survived" whatever tests are added.
 */
function forgetStaticSurvivors(incrementalFile) {
  if (!existsSync(incrementalFile)) return;
  const kept = JSON.parse(readFileSync(incrementalFile, 'utf8'));
  for (const file of Object.values(kept.files))
    file.mutants = file.mutants.filter((mutant) => !mutant.static || mutant.status !== 'Survived');
  writeFileSync(incrementalFile, JSON.stringify(kept));
}

function summarise(target, results) {
  const count = (...states) => results.filter(({ status }) => states.includes(status)).length;
  const [killed, timeouts, survived, uncovered, ignored] = [
    count('Killed'),
    count('Timeout'),
    count('Survived'),
    count('NoCoverage'),
    count('Ignored'),
  ];
  const share = (of) => `${((100 * (killed + timeouts)) / of).toFixed(1)} %`;
  const judged = killed + timeouts + survived + uncovered;
  console.log(
    `${target}: ${share(judged)} (killed ${killed}, timeouts ${timeouts}, survived ${survived}, no coverage ${uncovered}); ` +
      `${share(judged + ignored)} if none of the ${ignored} in texts were noticed`,
  );
}
