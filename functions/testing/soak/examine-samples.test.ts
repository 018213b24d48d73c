/** Each rule by which growth is judged: it passes what is flat, and finds what is not. */
import { describe, expect, it } from 'vitest';
import { examineGrowth, examineSessions, growthOf, held, resident } from './examine-samples.ts';
import type { Sample } from './sample.ts';

const megabyte = 2 ** 20;

/** A hundred samples; what is held in each follows from its number. */
const samplesOf = (heldMb: (number: number) => number, changes: (number: number) => object = () => ({})) =>
  Array.from(
    { length: 100 },
    (_, number): Sample => ({
      atS: number,
      instances: 3,
      sessions: 3,
      endlessLeases: 0,
      memory: {
        renew: {
          pid: 7,
          heap: heldMb(number) * megabyte,
          code: 0,
          external: 0,
          resident: 50 * megabyte,
          events: number,
          ...changes(number),
        },
      },
    }),
  );
const foundIn = (samples: Sample[]) => examineGrowth(growthOf(samples, held), ['renew'], 'what is held');

describe('memory', () => {
  it('is flat where it goes up and down, and where it has grown before the second tenth', () => {
    expect(foundIn(samplesOf((number) => (number < 10 ? number : 10 + (number % 3))))).toEqual([]);
  });

  it('is judged by what the middle of the last tenth takes, as a share of the second: five percent are the most', () => {
    expect(foundIn(samplesOf((number) => (number < 20 ? 10 : 10.5)))).toEqual([]);
    expect(foundIn(samplesOf((number) => (number < 20 ? 10 : 10.51)))).toEqual([
      'what is held of renew has grown from 10 to 10.51 MB',
    ]);
  });

  it('is not judged by a single sample that stands out', () => {
    expect(foundIn(samplesOf((number) => (number === 95 ? 100 : 10)))).toEqual([]);
  });

  it('counts what is held outside of the heap, and by itself what is resident', () => {
    const growing = samplesOf(
      () => 10,
      (number) => ({ external: number * megabyte, resident: number * megabyte }),
    );
    expect(foundIn(growing)).toHaveLength(1);
    expect(growthOf(growing, resident)).toMatchObject([{ before: 15, after: 95, events: 99 }]);
  });

  it('does not count compiled code among what is held', () => {
    const compiling = (codeMb: (number: number) => number) =>
      samplesOf(
        (number) => 10 + number,
        (number) => ({ code: codeMb(number) * megabyte }),
      );
    expect(foundIn(compiling((number) => number))).toEqual([]);
    expect(foundIn(compiling(() => 1))).toHaveLength(1);
  });

  it('of an instance that took the place of another is compared with nobody', () => {
    const replaced = samplesOf(
      () => 10,
      (number) => ({ pid: number < 50 ? 7 : 8 }),
    );
    expect(growthOf(replaced, held)).toEqual([]);
    expect(foundIn(replaced)).toEqual(['what is held is known of too few: not of renew']);
    // One of several may have been ended by its time limit.
    const growth = growthOf(
      samplesOf(() => 10),
      held,
    );
    expect(examineGrowth(growth, ['renew', 'deliver'], 'x')).toEqual([]);
    expect(examineGrowth(growth, ['renew', 'deliver', 'prune'], 'x')).toHaveLength(1);
  });
});

describe('sessions and leases', () => {
  it('are right where no instance has more than one session', () => {
    expect(examineSessions(samplesOf(() => 10))).toEqual([]);
  });

  it('are wrong where there are more of them than instances, and where a lease outlasts all that are given', () => {
    const [sample] = samplesOf(() => 10);
    if (sample === undefined) throw new Error('none');
    expect(examineSessions([{ ...sample, sessions: 4 }])).toEqual(['after 0 s 3 instances have 4 sessions']);
    expect(examineSessions([{ ...sample, endlessLeases: 2 }])).toEqual([
      'after 0 s 2 leases end later than any may',
    ]);
  });
});
