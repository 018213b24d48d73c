import { createSeededRandom } from '../../../local/cloud-api/seeded-random.ts';
import { readBooks } from './books.ts';
import { clocksCanDiffer } from './clocks.ts';
import { comeToRest } from './come-to-rest.ts';
import { examineAsynchronous, examineSynchronous, findLost, findOrphans } from './examine.ts';
import { startFailoverWorld } from './failover-world.ts';
import type { Replication } from './pair.ts';
import { planRound, playRound, type Round } from './round.ts';

export interface FailoverPlan {
  seed: number;
  rounds: number;
  replication: Replication;
  longestPromoteMs: number;
}

/** How much later an asynchronous standby has what the primary has: a fair distance. Milliseconds. */
const lagMs = 150;

/** What is lost was acknowledged so shortly before the death, on a machine that has other work, too. Milliseconds. */
const lastMs = 5_000;

export async function runFailover({ seed, rounds, replication, longestPromoteMs }: FailoverPlan) {
  const { fraction: random } = createSeededRandom(seed);
  const isSynchronous = replication === 'synchronous';
  const behindMs = clocksCanDiffer ? random() * 60_000 : 0;
  const world = await startFailoverWorld({ seed, replication, lagMs: isSynchronous ? 0 : lagMs, behindMs });
  try {
    const played: Round[] = [];
    for (let number = 1; number <= rounds; number += 1) {
      const plan = planRound(random, longestPromoteMs, clocksCanDiffer);
      const round = await playRound(world, plan, random);
      played.push(round);
      console.log(JSON.stringify(reportOf(number, round)));
    }
    const open = await comeToRest(world);
    const tried = played.flatMap((round) => round.tried);
    const books = await readBooks(world, new Set(tried.map(({ name }) => name)));
    const { acknowledged } = world;
    const evidence = { books, rounds: played, acknowledged, lines: world.platform.lines };
    const left = Object.entries(open).flatMap(([what, count]) =>
      count > 0 ? [`${count} ${what} are open`] : [],
    );
    const found = isSynchronous ? examineSynchronous(evidence) : examineAsynchronous(evidence, lastMs);
    const lost = findLost(books, tried, acknowledged);
    return {
      findings: [...left, ...found],
      figures: {
        replication,
        seed,
        deaths: played.length,
        clocksDiffer: clocksCanDiffer,
        creates: fates(tried),
        underWay: fates(played.flatMap(({ underWay }) => underWay)),
        notifications: acknowledged.size,
        successors: books.generations.filter(({ number }) => number > 1).length,
        events: books.events.length,
        lost: {
          creates: lost.creates.length,
          notifications: lost.notifications.length,
          events: lost.events.length,
        },
        orphans: findOrphans(books).length,
        usualMs: spread(played.map(({ usualMs }) => usualMs)),
        firstAnswerMs: spread(played.map(({ firstAnswerMs }) => firstAnswerMs)),
      },
    };
  } finally {
    await world.close();
  }
}

const fates = (tried: Round['tried']) => {
  const counts: Record<string, number> = {};
  for (const { status, code } of tried) {
    const fate = status === 200 ? 'adopted' : (code ?? 'no answer');
    counts[fate] = (counts[fate] ?? 0) + 1;
  }
  return counts;
};

/** The middle one, the ninth of ten, and the longest. */
function spread(values: number[]): { p50: number; p90: number; max: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p90: at(0.9), max: at(1) };
}

function reportOf(number: number, round: Round) {
  const { how, promoteAfterMs, behindMs, firstAnswerMs, usualMs, underWay, tried } = round;
  return {
    round: number,
    how,
    awayMs: round.backMs - round.killedMs,
    promoteAfterMs: Math.round(promoteAfterMs),
    nextBehindMs: Math.round(behindMs),
    usualMs,
    firstAnswerMs,
    underWay: fates(underWay),
    all: fates(tried),
  };
}
