import { describe, expect, it } from 'vitest';
import { createShiftedDate } from './shifted-date.ts';

/** A `Date` that stands still. */
class Still extends Date {
  static override now() {
    return 1_700_000_000_000;
  }
}

const dayMs = 86_400_000;

describe('a shifted Date', () => {
  it('tells the shifted time, however it is asked', () => {
    // A class of its own instances, with all that is asked of the real one.
    const { Date: Shifted, setShift } = createShiftedDate(Still as unknown as DateConstructor);
    setShift(dayMs);
    expect(Shifted.now()).toBe(1_700_086_400_000);
    expect(new Shifted().getTime()).toBe(1_700_086_400_000);
    expect(Shifted()).toBe(new Date(1_700_086_400_000).toString());
  });

  it('tells a new time after another shift, to who kept its functions too', () => {
    const { Date: Shifted, setShift } = createShiftedDate(Date);
    const { now } = Shifted;
    setShift(365 * dayMs);
    expect(now()).toBeGreaterThan(Date.now() + 364 * dayMs);
    setShift(0);
    expect(now()).toBeLessThan(Date.now() + dayMs);
  });

  it('leaves a time that is given as it is', () => {
    const { Date: Shifted, setShift } = createShiftedDate(Date);
    setShift(dayMs);
    expect(new Shifted(5).getTime()).toBe(5);
    expect(new Shifted('2026-01-02T03:04:05Z').toISOString()).toBe('2026-01-02T03:04:05.000Z');
    expect(new Shifted(2026, 0, 2).getFullYear()).toBe(2026);
    expect(Shifted.UTC(2026, 0)).toBe(Date.UTC(2026, 0));
    expect(Shifted.parse('2026-01-02T03:04:05Z')).toBe(1_767_323_045_000);
  });

  it('knows dates of the real one as its own, and the other way round', () => {
    const { Date: Shifted } = createShiftedDate(Date);
    expect(new Date() instanceof Shifted).toBe(true);
    expect(new Shifted() instanceof Date).toBe(true);
    expect(Shifted.name).toBe('Date');
    class Own extends Shifted {}
    expect(new Own() instanceof Own).toBe(true);
  });
});
