import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../clock/manual-clock.test.kit.ts';
import { createVirtualClock } from '../state/virtual-clock.ts';
import { createPump } from './pump.ts';

function pumpAt(speed: number, dueTimes: number[]) {
  const real = createManualClock(0);
  const clock = createVirtualClock(real.nowMs, { speed });
  const done: number[] = [];
  const pump = createPump({
    clock,
    nextDueMs: () => dueTimes[0],
    run() {
      while (dueTimes[0] !== undefined && dueTimes[0] <= clock.nowMs()) done.push(dueTimes.shift() ?? 0);
    },
    after: real.after,
  });
  return { real, clock, pump, done };
}

describe('the pump', () => {
  it('does at once what is due, and the rest when its time has come', () => {
    const { real, pump, done } = pumpAt(1, [0, 100, 250]);
    pump.poke();
    expect(done).toEqual([0]);
    real.advance(100);
    expect(done).toEqual([0, 100]);
    real.advance(150);
    expect(done).toEqual([0, 100, 250]);
    expect(real.pending()).toBe(0);
  });

  it('keeps pace with a clock that runs faster', () => {
    const { real, pump, done } = pumpAt(1000, [100_000]);
    pump.poke();
    real.advance(99);
    expect(done).toEqual([]);
    real.advance(1);
    expect(done).toEqual([100_000]);
  });

  it('waits for nothing while the clock stands still, and goes on when it is moved', () => {
    const { real, clock, pump, done } = pumpAt(0, [100]);
    pump.poke();
    expect(real.pending()).toBe(0);
    clock.advance(100);
    pump.poke();
    expect(done).toEqual([100]);
  });

  it('does not spin over what is due and has no room', () => {
    const real = createManualClock(0);
    const clock = createVirtualClock(real.nowMs);
    let runs = 0;
    const run = () => {
      runs += 1;
    };
    createPump({ clock, nextDueMs: () => 0, run, after: real.after }).poke();
    expect({ runs, pending: real.pending() }).toEqual({ runs: 1, pending: 0 });
  });

  it('stops', () => {
    const { real, pump, done } = pumpAt(1, [100]);
    pump.poke();
    pump.stop();
    real.advance(1000);
    expect(done).toEqual([]);
  });
});
