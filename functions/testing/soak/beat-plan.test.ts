import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../../local/cloud-api/seeded-random.ts';
import { seed } from '../../../shared/testing/cases.ts';
import { beyondLeasesMs, deeds, moods, planBeat, timers, torments } from './beat-plan.ts';

function beats(ofSeed: number, count = 2_000) {
  const random = createSeededRandom(ofSeed);
  return Array.from({ length: count }, () => planBeat(random));
}

describe('beats', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(beats(seed, 20)).toEqual(beats(seed, 20));
    expect(beats(seed, 20)).not.toEqual(beats(seed + 1, 20));
  });

  it('let each timer overlap with itself and with the others', () => {
    for (const { runs } of beats(seed)) {
      for (const timer of timers.filter((timer) => timer !== 'prune-records' || runs.includes(timer)))
        expect(runs.filter((run) => run === timer).length).toBeGreaterThanOrEqual(2);
    }
  });

  it('leave out nothing that may go wrong', () => {
    const all = beats(seed);
    expect(new Set(all.flatMap((beat) => beat.deeds))).toEqual(new Set(deeds));
    expect(new Set(all.map(({ mood }) => mood))).toEqual(new Set(moods));
    expect(new Set(all.flatMap((beat) => beat.torments.map(({ torment }) => torment)))).toEqual(
      new Set(torments),
    );
    expect(new Set(all.map(({ fault }) => fault?.name)).size).toBe(9);
    expect(new Set(all.map(({ hasQuota }) => hasQuota))).toEqual(new Set([true, false]));
  });

  it('let time pass beyond every lease where somebody is frozen for as long', () => {
    const all = beats(seed);
    const isBeyond = (beat: (typeof all)[number]) =>
      beat.torments.some(({ torment }) => torment === 'freeze beyond its lease');
    expect(Math.min(...all.filter(isBeyond).map(({ passMs }) => passMs))).toBeGreaterThanOrEqual(
      beyondLeasesMs,
    );
    expect(Math.min(...all.map(({ passMs }) => passMs))).toBeGreaterThanOrEqual(10_000);
    expect(Math.min(...all.map(({ passMs }) => passMs))).toBeLessThan(beyondLeasesMs);
  });

  it('make months of an hour', () => {
    const all = beats(seed);
    const meanHours = all.reduce((sum, { passMs }) => sum + passMs, 0) / all.length / 3_600_000;
    expect(meanHours).toBeGreaterThan(1);
    expect(meanHours).toBeLessThan(2.5);
  });
});
