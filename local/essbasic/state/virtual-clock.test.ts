import { describe, expect, it } from 'vitest';
import { createVirtualClock, latestMs } from './virtual-clock.ts';

/** Real time that a test moves. */
function realTime(startMs = 1_000_000) {
  const real = { nowMs: startMs };
  return { real, now: () => real.nowMs };
}

describe('the virtual clock', () => {
  it('keeps pace with real time', () => {
    const { real, now } = realTime();
    const clock = createVirtualClock(now);
    expect(clock.nowMs()).toBe(1_000_000);
    real.nowMs += 1500;
    expect(clock.nowMs()).toBe(1_001_500);
    expect(clock.nowS()).toBe(1001);
  });

  it('runs faster, slower, and stands still, without a leap when its speed changes', () => {
    const { real, now } = realTime();
    const clock = createVirtualClock(now);
    clock.setSpeed(60);
    real.nowMs += 1000;
    expect(clock.nowMs()).toBe(1_060_000);
    clock.setSpeed(0);
    real.nowMs += 1000;
    expect(clock.nowMs()).toBe(1_060_000);
    clock.setSpeed(0.5);
    real.nowMs += 1000;
    expect(clock.nowMs()).toBe(1_060_500);
  });

  it('is set and moved, also back, and runs on from there', () => {
    const { real, now } = realTime();
    const clock = createVirtualClock(now, { speed: 2 });
    clock.set(5000);
    real.nowMs += 10;
    expect(clock.nowMs()).toBe(5020);
    clock.advance(-20);
    expect(clock.nowMs()).toBe(5000);
  });

  it('stays within the years that a date can name', () => {
    const clock = createVirtualClock(realTime().now, { speed: 0 });
    clock.advance(-1e300);
    expect(clock.nowMs()).toBe(0);
    clock.set(1e300);
    expect(clock.nowMs()).toBe(latestMs);
  });

  it('runs on after a restore as if it had never been stopped', () => {
    const { real, now } = realTime();
    const stopped = createVirtualClock(now, { nowMs: 0, speed: 10 });
    real.nowMs += 5;
    const state = stopped.state();
    real.nowMs += 100;
    const clock = createVirtualClock(now);
    clock.restore(state);
    expect(clock.nowMs()).toBe(stopped.nowMs());
    expect(clock.nowMs()).toBe(1050);
  });
});
