import type { ChaosCode } from './chaos-codes.ts';
import type { ChaosWorld } from './chaos-world.ts';
import { type Expectation, judge, type Losses, lossesOf } from './judge.ts';
import type { Fate, Schedule } from './schedule.ts';
import { forSessionsNamed } from './sessions.ts';
import { startWorker, type WorkerEnd, type WorkerProcess } from './worker-process.ts';

const dayS = 86_400;

/** A schedule whose processes are being started. */
export interface Prepared {
  schedule: Schedule;
  /** Those that are due, before those that are made. */
  codes: readonly ChaosCode[];
  processes: readonly WorkerProcess[];
}

export interface ScheduleReport {
  ends: readonly WorkerEnd[];
  findings: readonly string[];
  losses: Losses;
  /** From the beginning of the work to the end of the last process. Milliseconds. */
  tookMs: number;
}

export interface ScheduleOptions {
  world: ChaosWorld;
  workerFile: string;
  seed: number;
}

export function prepareSchedule({ world, workerFile, seed }: ScheduleOptions, schedule: Schedule): Prepared {
  const due = Array.from({ length: schedule.dueCodes }, (_, index) => chaosCode(schedule, 'due', index));
  const made: ChaosCode[] = [];
  const processes = schedule.processes.map(({ work, doom, concurrency }, index) => {
    const create = work === 'create' ? chaosCode(schedule, 'made', index) : undefined;
    if (create) made.push(create);
    return startWorker(workerFile, {
      databaseUrl: forSessionsNamed(world.databaseUrl, sessionsOf(schedule)),
      essbasicUrl: world.essbasicUrl,
      seed: seed + schedule.number * 100 + index,
      aheadMs: schedule.days * dayS * 1000,
      concurrency,
      ...(create && { create }),
      ...('step' in doom && { stopAtStep: doom.step, thaws: doom.kind === 'freeze' }),
    });
  });
  return { schedule, codes: [...due, ...made], processes };
}

/** What the sessions of its processes are called. Other runs may be on the same server. */
const sessionsOf = ({ number }: Schedule) => `chaos ${process.pid}.${number}`;

/** Half of the codes cancel what they replace. */
function chaosCode({ number }: Schedule, kind: 'due' | 'made', index: number): ChaosCode {
  return {
    codeId: `chaos-${number}-${kind}-${index}`,
    flowName: `schedule ${number}, ${kind} ${index}`,
    predecessor: index % 2 === 0 ? 'expire' : 'cancel',
  };
}

/**
 * Lets the processes of a schedule live and die as it says, and healthy timers after them.
 *
 * @param usualMs how long the work takes when no process is killed
 */
export async function runSchedule(
  world: ChaosWorld,
  { schedule, codes, processes }: Prepared,
  usualMs: Readonly<Record<Fate['work'], number>>,
): Promise<ScheduleReport> {
  await world.forgetEverything();
  for (const code of codes.slice(0, schedule.dueCodes)) await world.create(code);
  world.passS(schedule.days * dayS);
  for (const fault of schedule.faults) world.emulator.faults.add(fault);

  await Promise.all(processes.map(({ ready }) => ready));
  const began = performance.now();
  const ends = await Promise.all(
    schedule.processes.map(async ({ doom, work }, index) => {
      const end = await processes[index]?.run({
        ...(doom.kind === 'moment' && { killAfterMs: doom.fraction * usualMs[work] }),
        ...(doom.kind === 'freeze' && { meanwhile: world.comeToRest }),
      });
      if (end === undefined) throw new Error('A schedule has a process for each fate');
      if (end.kind === 'killed' && schedule.leasesRunOutAtDeath) await world.leasesRunOut();
      return end;
    }),
  );
  const tookMs = performance.now() - began;

  world.emulator.faults.clear();
  await world.sessionsEnded(sessionsOf(schedule));
  await world.comeToRest();
  const expected = expectations(schedule, codes, ends);
  await world.renewStopped(
    expected.filter(({ promise }) => promise === 'tried').map(({ code }) => code.codeId),
  );
  await world.comeToRest();
  const evidence = await world.evidence(codes);
  const findings = [...judge(expected, evidence), ...failedTimers(schedule, ends)];
  return { ends, findings, losses: lossesOf(evidence), tookMs };
}

function expectations(
  schedule: Schedule,
  codes: readonly ChaosCode[],
  ends: readonly WorkerEnd[],
): Expectation[] {
  const creates = ends.filter((_, index) => schedule.processes[index]?.work === 'create');
  return codes.map((code, index) => {
    if (index < schedule.dueCodes) return { code, promise: 'renewed' };
    const end = creates[index - schedule.dueCodes];
    const succeeded = end?.kind === 'ended' && end.error === undefined;
    return { code, promise: succeeded ? 'created' : 'tried' };
  });
}

/** A timer that is not killed does not fail, whatever the others suffer; a create may, and says how. */
function failedTimers(schedule: Schedule, ends: readonly WorkerEnd[]): string[] {
  return ends.flatMap((end, index) =>
    end.kind === 'ended' && end.error !== undefined && schedule.processes[index]?.work === 'renew'
      ? [`timer ${index} failed: ${end.error}`]
      : [],
  );
}
