/** What is to happen to the processes of one run: all of it follows from a seed, but for the moments of the system. */
import type { FaultRule } from '../../../../local/cloud-api/faults.ts';
import { createSeededRandom, type SeededRandom } from '../../../../local/cloud-api/seeded-random.ts';

/**
 * How a process ends: killed at one of its steps, or at a fraction of the time that the work usually takes; or by
 * itself, after it was frozen at a step for so long that others have done its work.
 */
type Doom =
  | { readonly kind: 'step'; readonly step: number }
  | { readonly kind: 'freeze'; readonly step: number }
  | { readonly kind: 'moment'; readonly fraction: number }
  | { readonly kind: 'none' };

export type Work = 'renew' | 'create';

export interface Fate {
  readonly work: Work;
  readonly doom: Doom;
  /** Renewals at a time. */
  readonly concurrency: number;
}

/** What the first create meets: a connection that drops before or after the effect, or an error in spite of it. */
export type Mishap = 'none' | 'dropped-before' | 'dropped-after' | 'internal-error';

export interface Schedule {
  readonly number: number;
  readonly kind: 'step' | 'freeze' | 'moment' | 'overlap';
  /** Codes that are due when the processes begin. */
  readonly dueCodes: number;
  /** From the creation of the codes until then: 29 is before their end, 31 after it. */
  readonly days: 29 | 31;
  readonly processes: readonly Fate[];
  readonly faults: readonly FaultRule[];
  /** Does time pass at each death, so that the processes that still work have lost their leases too? */
  readonly leasesRunOutAtDeath: boolean;
}

/** How many steps a process has that is not killed, by what it does and what its first create meets. */
export type StepCounts = Readonly<Record<Work, Readonly<Record<Mishap, number>>>>;

export const mishaps: readonly Mishap[] = ['none', 'dropped-before', 'dropped-after', 'internal-error'];
const works: readonly Work[] = ['renew', 'create'];
const createAction = 'ChannelCreateMultiFlowSignQRCode';
const internalError: FaultRule = { code: 'InternalError', afterEffect: true };

/** Eight timers, as a platform might start them that has lost count. */
const timersAtOnce = 8;

/** Codes of a schedule with one process: one successor that cancels its predecessor, and one that does not. */
const codesOfOne = 2;

/** A process of each kind is stopped at each of its steps, by turns; the rest is left to chance. */
export function makeSchedules(seed: number, count: number, steps: StepCounts): Schedule[] {
  const random = createSeededRandom(seed);
  const stops = shuffled(everyStop(steps), random);
  const overlaps = Math.ceil(count / 10);
  const freezes = Math.ceil(count / 10);
  const moments = Math.ceil(count / 5);
  const named = [
    ...Array.from({ length: overlaps }, () => 'overlap' as const),
    ...Array.from({ length: freezes }, () => 'freeze' as const),
    ...Array.from({ length: moments }, () => 'moment' as const),
  ];
  const kinds = shuffled(
    Array.from({ length: count }, (_, index) => named[index] ?? 'step'),
    random,
  );
  let stopped = 0;
  return kinds.map((kind, index) => {
    const number = index + 1;
    if (kind === 'overlap') return overlap(number, steps, random);
    if (kind === 'moment') return moment(number, random);
    const stop = kind === 'freeze' ? pick(random, stops) : stops[stopped++ % stops.length];
    if (stop === undefined) throw new Error('A process that works has steps');
    return stoppedAt(number, kind, stop, random);
  });
}

export interface Stop {
  readonly work: Work;
  readonly mishap: Mishap;
  readonly step: number;
}

export function everyStop(steps: StepCounts): Stop[] {
  return works.flatMap((work) =>
    mishaps.flatMap((mishap) =>
      Array.from({ length: steps[work][mishap] }, (_, index) => ({ work, mishap, step: index + 1 })),
    ),
  );
}

/** One process and what it meets, unkilled: so its steps are counted. */
export function undisturbed(work: Work, mishap: Mishap): Schedule {
  return {
    number: 0,
    kind: 'step',
    dueCodes: work === 'renew' ? codesOfOne : 0,
    days: 29,
    processes: [{ work, doom: { kind: 'none' }, concurrency: 1 }],
    faults: faultsOf(mishap),
    leasesRunOutAtDeath: false,
  };
}

function stoppedAt(
  number: number,
  kind: 'step' | 'freeze',
  { work, mishap, step }: Stop,
  random: SeededRandom,
): Schedule {
  const base = undisturbed(work, mishap);
  return {
    ...base,
    number,
    kind,
    days: chance(random, 0.25) ? 31 : 29,
    processes: [{ work, doom: { kind, step }, concurrency: 1 }],
  };
}

function moment(number: number, random: SeededRandom): Schedule {
  const work: Work = chance(random, 0.7) ? 'renew' : 'create';
  return {
    ...undisturbed(work, pick(random, mishaps)),
    number,
    kind: 'moment',
    dueCodes: work === 'renew' ? 3 : 0,
    days: chance(random, 0.5) ? 31 : 29,
    processes: [{ work, doom: { kind: 'moment', fraction: random.fraction() }, concurrency: 4 }],
  };
}

function overlap(number: number, steps: StepCounts, random: SeededRandom): Schedule {
  const processes = Array.from({ length: timersAtOnce }, (_, index): Fate => {
    const work: Work = index === 0 ? 'create' : 'renew';
    return { work, doom: anyDoom(steps[work].none, random), concurrency: 1 + random.integer(2) };
  });
  const probability = 0.1;
  return {
    number,
    kind: 'overlap',
    dueCodes: codesOfOne * (timersAtOnce - 1),
    days: chance(random, 0.5) ? 31 : 29,
    processes,
    faults: [
      { drop: 'before', probability },
      { drop: 'after', probability },
      { malformed: true, probability },
      { ...internalError, probability },
      { latencyMs: 20, probability },
    ],
    leasesRunOutAtDeath: chance(random, 0.5),
  };
}

function anyDoom(steps: number, random: SeededRandom): Doom {
  const lot = random.fraction();
  if (lot < 0.4) return { kind: 'step', step: 1 + random.integer(steps) };
  if (lot < 0.7) return { kind: 'moment', fraction: random.fraction() };
  return { kind: 'none' };
}

function faultsOf(mishap: Mishap): FaultRule[] {
  const first = { action: createAction, count: 1 };
  switch (mishap) {
    case 'none':
      return [];
    case 'dropped-before':
      return [{ ...first, drop: 'before' }];
    case 'dropped-after':
      return [{ ...first, drop: 'after' }];
    case 'internal-error':
      return [{ ...first, ...internalError }];
  }
}

function chance(random: SeededRandom, probability: number): boolean {
  return random.fraction() < probability;
}

function pick<T>(random: SeededRandom, all: readonly T[]): T {
  const one = all[random.integer(all.length)];
  if (one === undefined) throw new Error('Nothing to pick from');
  return one;
}

function shuffled<T>(all: readonly T[], random: SeededRandom): T[] {
  return all
    .map((value) => ({ value, order: random.fraction() }))
    .sort((a, b) => a.order - b.order)
    .map(({ value }) => value);
}
