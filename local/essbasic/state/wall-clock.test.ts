import { describe, expect, it } from 'vitest';
import { createWallClock } from './wall-clock.ts';

/** A machine whose clocks a test moves. */
function machine() {
  const time = { systemMs: 1_000_000, steadyMs: 7 };
  const now = createWallClock({ systemMs: () => time.systemMs, steadyMs: () => time.steadyMs });
  return { time, now };
}

describe('the wall clock', () => {
  it('is finer than the clock of the system', () => {
    const { time, now } = machine();
    expect(now()).toBe(1_000_000);
    time.steadyMs += 0.25;
    expect(now()).toBe(1_000_000.25);
  });

  it('does not follow what is only coarse', () => {
    const { time, now } = machine();
    time.systemMs += 50;
    expect(now()).toBe(1_000_000);
  });

  it.each([3_600_000, -3_600_000])('follows when the clock of the system is set by %i ms', (byMs) => {
    const { time, now } = machine();
    time.systemMs += byMs;
    expect(now()).toBe(1_000_000 + byMs);
    time.steadyMs += 1;
    time.systemMs += 1;
    expect(now()).toBe(1_000_001 + byMs);
  });
});
