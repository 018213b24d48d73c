/** How the clock of the emulator runs beside real time. */
export interface ClockState {
  /** What it showed at `atRealMs`. Epoch milliseconds. */
  nowMs: number;
  /** Epoch milliseconds of real time. */
  atRealMs: number;
  /** Virtual seconds per real second: 1 keeps pace with real time, 0 stands still. */
  speed: number;
}

/** The time that the emulated service lives in: codes expire and requests are counted by it. */
export interface VirtualClock {
  /** Epoch milliseconds, with fractions. */
  nowMs(): number;
  /** Unix seconds, whole. */
  nowS(): number;
  /** Moves to a time, forwards or backwards, and runs on from there. Epoch milliseconds. */
  set(nowMs: number): void;
  /** Moves by an amount, which may be negative. */
  advance(byMs: number): void;
  /** Virtual seconds per real second, from 0 (frozen) upwards. */
  setSpeed(speed: number): void;
  state(): ClockState;
  /** Runs on as that clock would have, had it never been stopped. */
  restore(state: ClockState): void;
}

/** Years 1970 to 9999: what an RFC 3339 date can say. */
export const latestMs = Date.parse('9999-12-31T23:59:59.999Z');

export function createVirtualClock(realNowMs: () => number, start: Partial<ClockState> = {}): VirtualClock {
  const bornMs = realNowMs();
  let anchor: ClockState = { nowMs: bornMs, atRealMs: bornMs, speed: 1, ...start };

  const nowMs = () =>
    Math.min(latestMs, Math.max(0, anchor.nowMs + (realNowMs() - anchor.atRealMs) * anchor.speed));
  const moveTo = (toMs: number, speed: number) => {
    anchor = { nowMs: toMs, atRealMs: realNowMs(), speed };
  };

  return {
    nowMs,
    nowS: () => Math.floor(nowMs() / 1000),
    set: (toMs) => moveTo(toMs, anchor.speed),
    advance: (byMs) => moveTo(nowMs() + byMs, anchor.speed),
    setSpeed: (speed) => moveTo(nowMs(), speed),
    state: () => ({ ...anchor }),
    restore: (state) => {
      anchor = { ...state };
    },
  };
}

/** The same clock, which calls `onChange` at every change of its time and speed. */
export function watchedClock(clock: VirtualClock, onChange: () => void): VirtualClock {
  const watched =
    <A extends readonly unknown[]>(change: (...given: A) => void) =>
    (...given: A) => {
      change(...given);
      onChange();
    };
  return {
    ...clock,
    set: watched(clock.set),
    advance: watched(clock.advance),
    setSpeed: watched(clock.setSpeed),
    restore: watched(clock.restore),
  };
}
