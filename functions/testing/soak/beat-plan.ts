/**
 * What one beat of a soak holds: which timers run and how many at the same moment, what people do, what goes wrong at
 * upstream and at the receivers, which instances are frozen, killed or cut off from their database, and how much time
 * passes afterwards. All of it follows from the seed; what the instances are at just then the machine decides.
 */
import type { FaultRule } from '../../../local/cloud-api/faults.ts';
import type { SeededRandom } from '../../../local/cloud-api/seeded-random.ts';

export const timers = ['renew-expired-codes', 'deliver-events', 'work-off-batches', 'prune-records'] as const;
export type Timer = (typeof timers)[number];

export const deeds = [
  'create',
  'create with a key',
  'create many',
  'change many',
  'pause or resume',
  'renew now',
  'cancel',
  'look',
  'scan',
] as const;
export type Deed = (typeof deeds)[number];

export const moods = [
  'well',
  'refuses',
  'asks to wait',
  'resets',
  'takes and resets',
  'slow',
  'hangs',
] as const;
/** How a receiver answers. */
export type Mood = (typeof moods)[number];

export const torments = ['freeze', 'freeze beyond its lease', 'kill', 'cut its session'] as const;
export type Torment = (typeof torments)[number];

export interface BeatPlan {
  runs: readonly Timer[];
  deeds: readonly Deed[];
  /** Of upstream; undefined: all is well. */
  fault: { name: string; rule: FaultRule } | undefined;
  /** Has the organisation contracts to start? */
  hasQuota: boolean;
  mood: Mood;
  /** When, counted from the beginning of the beat, and how long a freeze lasts that ends within it. Milliseconds. */
  torments: readonly { torment: Torment; afterMs: number; forMs: number }[];
  /** What passes afterwards. Milliseconds of the virtual clock. */
  passMs: number;
}

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** Longer than any lease lasts: who was frozen meanwhile has lost what it held. */
export const beyondLeasesMs = 3 * minuteMs;

/** What upstream does wrong. None of it is a lie: where it says no, nothing has happened. */
const faults: readonly { name: string; rule: FaultRule }[] = [
  { name: 'answers errors', rule: { code: 'InternalError', probability: 0.7 } },
  { name: 'limits', rule: { code: 'RequestLimitExceeded', probability: 0.7 } },
  { name: 'broken gateway', rule: { httpStatus: 502, probability: 0.7 } },
  { name: 'cuts before', rule: { drop: 'before', probability: 0.7 } },
  { name: 'cuts after', rule: { drop: 'after', probability: 0.4 } },
  { name: 'half an answer', rule: { malformed: true, probability: 0.4 } },
  { name: 'late', rule: { latencyMs: 800 } },
  { name: 'too late', rule: { latencyMs: 11_000, probability: 0.3, count: 1 } },
];

type Pass = readonly [share: number, leastMs: number, mostMs: number];
/** Shares of beats, of work and of time. They add up to 1 each. */
const passes: readonly [Pass, ...Pass[]] = [
  [0.35, 10 * secondMs, minuteMs],
  [0.3, 2 * minuteMs, 10 * minuteMs],
  [0.2, 20 * minuteMs, 2 * hourMs],
  [0.15, 4 * hourMs, 16 * hourMs],
];
const deedShares: Readonly<Record<Deed, number>> = {
  create: 0.18,
  'create with a key': 0.1,
  'create many': 0.04,
  'change many': 0.04,
  'pause or resume': 0.08,
  'renew now': 0.08,
  cancel: 0.06,
  look: 0.1,
  scan: 0.32,
};
const moodShares: Readonly<Record<Mood, number>> = {
  well: 0.6,
  refuses: 0.1,
  'asks to wait': 0.07,
  resets: 0.08,
  'takes and resets': 0.06,
  slow: 0.07,
  hangs: 0.02,
};
const tormentShares: Readonly<Record<Torment, number>> = {
  freeze: 0.35,
  'freeze beyond its lease': 0.15,
  kill: 0.3,
  'cut its session': 0.2,
};

export function planBeat(random: SeededRandom): BeatPlan {
  const hits = (share: number) => random.fraction() < share;
  const runs = timers.flatMap((timer): Timer[] => {
    // An hour passes between two of its runs, and a few seconds between those of the others.
    if (timer === 'prune-records' && !hits(0.3)) return [];
    return Array.from({ length: 2 + random.integer(2) }, () => timer);
  });
  const fault = hits(0.35) ? faults[random.integer(faults.length)] : undefined;
  const tormented = Array.from({ length: random.integer(4) }, () => ({
    torment: draw(tormentShares, random),
    afterMs: Math.floor(random.fraction() * 500),
    // A few of them for longer than the server bears a transaction that nobody goes on with.
    forMs: hits(0.05) ? 5_500 : Math.floor(50 + random.fraction() * 600),
  }));
  const isBeyond = tormented.some(({ torment }) => torment === 'freeze beyond its lease');
  return {
    runs,
    deeds: Array.from({ length: 1 + random.integer(5) }, () => draw(deedShares, random)),
    fault,
    hasQuota: !hits(0.04),
    mood: draw(moodShares, random),
    torments: tormented,
    passMs: Math.max(isBeyond ? beyondLeasesMs : 0, passOf(random)),
  };
}

function passOf(random: SeededRandom): number {
  const [, leastMs, mostMs] = drawn(passes, random.fraction());
  return Math.round(leastMs + random.fraction() * (mostMs - leastMs));
}

function draw<Name extends string>(shares: Readonly<Record<Name, number>>, random: SeededRandom): Name {
  const lots = Object.entries<number>(shares) as [Name, number][]; // the keys of a constant of that type
  const [first, ...others] = lots.map(([name, share]) => [share, name] as const);
  if (first === undefined) throw new Error('There is nothing to draw from');
  return drawn([first, ...others], random.fraction())[1];
}

/** The one into whose share a lot falls, from 0 to below 1. */
function drawn<One extends readonly [share: number, ...unknown[]]>(
  [first, ...others]: readonly [One, ...One[]],
  lot: number,
): One {
  let [upTo] = first;
  let found = first;
  for (const one of others) {
    if (lot >= upTo) found = one;
    upTo += one[0];
  }
  return found;
}
