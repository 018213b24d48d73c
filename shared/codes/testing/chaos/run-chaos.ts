import { type ChaosWorld, openChaosWorld } from './chaos-world.ts';
import type { Losses } from './judge.ts';
import {
  type Prepared,
  prepareSchedule,
  runSchedule,
  type ScheduleOptions,
  type ScheduleReport,
} from './run-schedule.ts';
import {
  everyStop,
  type Mishap,
  makeSchedules,
  mishaps,
  type Schedule,
  type StepCounts,
  undisturbed,
  type Work,
} from './schedule.ts';
import { buildWorker } from './worker-process.ts';

export interface ChaosOptions {
  /** Nothing else may use its tables at the same time. */
  databaseUrl: string;
  seed: number;
  schedules: number;
}

export interface ChaosReport {
  seed: number;
  schedules: number;
  /** Schedules that were to kill one process at one step. */
  stopped: number;
  /** Processes that were killed at work, by the kind of schedule. */
  kills: Record<Exclude<Schedule['kind'], 'freeze'>, number>;
  /** Processes that were frozen at work and thawed when others had done it. */
  thawed: number;
  /** Processes that came to their end before they could be killed, or were not to be killed. */
  survivors: number;
  /** Different steps at which a process was killed, and how many there are. */
  stepsHit: number;
  steps: number;
  losses: Losses;
  tookS: number;
  /** What is wrong, with the number of the schedule. Empty when all is well. */
  findings: string[];
}

/** How many schedules ahead processes are started: loading takes longer than the work. */
const ahead = 2;

/** Runs schedules one after the other, each on an empty register. */
export async function runChaos({ databaseUrl, seed, schedules: count }: ChaosOptions): Promise<ChaosReport> {
  const began = performance.now();
  const worker = await buildWorker();
  const waiting: Prepared[] = [];
  let world: ChaosWorld | undefined;
  try {
    world = await openChaosWorld(databaseUrl, seed);
    const options: ScheduleOptions = { world, workerFile: worker.file, seed };
    const { steps, usualMs } = await measure(options);
    const report = emptyReport(seed, count, everyStop(steps).length);
    const hit = new Set<string>();
    const left = makeSchedules(seed, count, steps);
    for (;;) {
      while (waiting.length <= ahead && left.length > 0) {
        waiting.push(...left.splice(0, 1).map((next) => prepareSchedule(options, next)));
      }
      const [prepared] = waiting;
      if (prepared === undefined) break;
      const result = await runSchedule(world, prepared, usualMs);
      waiting.shift();
      note(report, prepared.schedule, result, hit);
    }
    return { ...report, tookS: Math.round((performance.now() - began) / 100) / 10 };
  } finally {
    await Promise.all(waiting.flatMap(({ processes }) => processes.map((process) => process.discard())));
    await world?.close();
    await worker.dispose();
  }
}

function emptyReport(seed: number, schedules: number, steps: number): ChaosReport {
  return {
    seed,
    schedules,
    stopped: 0,
    kills: { step: 0, moment: 0, overlap: 0 },
    thawed: 0,
    survivors: 0,
    stepsHit: 0,
    steps,
    losses: { unknownCreates: 0, orphans: 0 },
    tookS: 0,
    findings: [],
  };
}

function note(
  report: ChaosReport,
  schedule: Schedule,
  { ends, findings, losses }: ScheduleReport,
  hit: Set<string>,
): void {
  if (schedule.kind === 'step') report.stopped += 1;
  for (const end of ends) {
    if (end.kind === 'ended') report[end.thawed ? 'thawed' : 'survivors'] += 1;
    else if (schedule.kind !== 'freeze') report.kills[schedule.kind] += 1;
  }
  const [only] = schedule.processes;
  if (schedule.kind === 'step' && ends[0]?.kind === 'killed') {
    hit.add(JSON.stringify([only?.work, schedule.faults, only?.doom]));
    report.stepsHit = hit.size;
  }
  report.losses.unknownCreates += losses.unknownCreates;
  report.losses.orphans += losses.orphans;
  report.findings.push(...findings.map((text) => `schedule ${schedule.number} (${schedule.kind}): ${text}`));
}

/** Counts the steps of each kind of work, and how long it takes. */
async function measure(options: ScheduleOptions) {
  const usualMs: Record<Work, number> = { renew: 0, create: 0 };
  async function count(work: Work): Promise<StepCounts[Work]> {
    const counts: Record<Mishap, number> = {
      none: 0,
      'dropped-before': 0,
      'dropped-after': 0,
      'internal-error': 0,
    };
    for (const mishap of mishaps) {
      const result = await runSchedule(
        options.world,
        prepareSchedule(options, undisturbed(work, mishap)),
        usualMs,
      );
      const [end] = result.ends;
      if (end?.kind !== 'ended' || result.findings.length > 0) {
        throw new Error(`No process was killed, and yet: ${result.findings.join('; ')}`);
      }
      counts[mishap] = end.steps;
      if (mishap === 'none') usualMs[work] = result.tookMs;
    }
    return counts;
  }
  const steps: StepCounts = { renew: await count('renew'), create: await count('create') };
  return { steps, usualMs };
}
