import * as z from 'zod/mini';
import { ApproverRestriction } from '../../../shared/essbasic/structs/ApproverRestriction.ts';
import { schemaError } from '../../../shared/text.ts';
import { createSeededRandom, type SeededRandom } from '../../cloud-api/seeded-random.ts';
import { once } from '../once.ts';
import { madeUpPerson, population } from './people.ts';
import type { Fate, PlannedAct } from './planned-act.ts';
import type { ContractAct } from './sign.ts';
import { latestMs } from './virtual-clock.ts';

const share = z.number().check(z.minimum(0), z.maximum(1));
const seconds = z.number().check(z.minimum(0), z.maximum(latestMs / 1000));

/** What becomes of contracts: shares of them, and how soon. Whatever is left over waits until its deadline. */
export const Signing = once(() =>
  z
    .strictObject({
      sign: z.optional(share),
      reject: z.optional(share),
      cancel: z.optional(share),
      /** Each decides at a random time so long after the start. One day unless given. */
      withinS: z.optional(seconds),
    })
    .check(
      z.refine(
        ({ sign = 0, reject = 0, cancel = 0 }) => sign + reject + cancel <= 1 + Number.EPSILON,
        schemaError({ zh: '各比例之和不得超过 1', en: 'has shares that add up to more than 1' }),
      ),
    ),
);
export type Signing = z.infer<ReturnType<typeof Signing>>;

const maxPeople = 100_000;

/** People who scan a code in the course of time. */
export const Crowd = once(() =>
  z.strictObject({
    /** So many made-up ones, or these. */
    people: z.union([
      z.int().check(z.minimum(1), z.maximum(maxPeople)),
      z.array(ApproverRestriction).check(z.minLength(1), z.maxLength(maxPeople)),
    ]),
    /** They come at random times within so many seconds of the virtual clock; all at once if left out. */
    overS: z.optional(seconds),
    /** The share of them that scan a second time. */
    duplicates: z.optional(share),
    /** Decides who they are, when they come and what they do. Drawn if left out. 32 bits. */
    seed: z.optional(z.int().check(z.minimum(0), z.maximum(2 ** 32 - 1))),
    /** What becomes of the contracts that they start; they wait for `/_emulator/sign` if left out. */
    signing: z.optional(Signing()),
  }),
);
export type Crowd = z.infer<ReturnType<typeof Crowd>>;

/** What a crowd scans: a code, or the link on a poster that leads to one. */
export type Scanned = { QrCodeId: string } | { link: string };

/** When each of the crowd comes, and what each will do with the contract. The same seed plans the same. */
export function planCrowd(scanned: Scanned, crowd: Crowd & { seed: number }, nowMs: number): PlannedAct[] {
  const { people, overS = 0, duplicates = 0, seed, signing } = crowd;
  const random = createSeededRandom(seed);
  const first = random.integer(population);
  const who =
    typeof people === 'number'
      ? Array.from({ length: people }, (_, index) => madeUpPerson(first + index))
      : people;
  const comesAtMs = () => Math.min(latestMs, nowMs + Math.floor(random.fraction() * overS * 1000));
  return who.flatMap((person) => {
    const scans = random.fraction() < duplicates ? 2 : 1;
    return Array.from({ length: scans }, (): PlannedAct => {
      const fate = signing && fateOf(signing, random);
      const act = { dueMs: comesAtMs(), person, ...(fate && { fate }) };
      return 'link' in scanned ? { kind: 'visit', ...scanned, ...act } : { kind: 'scan', ...scanned, ...act };
    });
  });
}

const secondsPerDay = 86_400;

/** Draws what becomes of one contract; undefined: nothing, until its deadline. Always takes three numbers. */
export function fateOf(
  { sign = 0, reject = 0, cancel = 0, withinS = secondsPerDay }: Signing,
  random: SeededRandom,
): Fate | undefined {
  const [lot, one, other] = [random.fraction(), random.fraction(), random.fraction()];
  const act = actFor(lot, { sign, reject, cancel });
  if (act === undefined) return undefined;
  const times = [one, other].map((fraction) => Math.floor(fraction * withinS * 1000));
  // A contract has two parties at most that sign, one after the other.
  return { act, afterMs: act === 'sign' ? times.sort((a, b) => a - b) : times.slice(0, 1) };
}

function actFor(lot: number, shares: Readonly<Record<'sign' | 'reject' | 'cancel', number>>) {
  let upTo = 0;
  for (const act of ['sign', 'reject', 'cancel'] as const satisfies readonly ContractAct[]) {
    upTo += shares[act];
    if (lot < upTo) return act;
  }
  return undefined;
}
