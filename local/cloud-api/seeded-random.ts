/** Randomness that the same seed repeats. Not for secrets. */
export interface SeededRandom {
  /** From 0 up to, not including, 1. */
  fraction(): number;
  /** A whole number from 0 up to, not including, `below`. */
  integer(below: number): number;
  /** Where the sequence stands: a whole number of 32 bits. */
  state(): number;
  restore(state: number): void;
}

/** The published generator mulberry32: 32 bits of state, which a snapshot keeps as one number. */
export function createSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    fraction,
    integer: (below) => Math.floor(fraction() * below),
    state: () => state,
    restore: (to) => {
      state = to >>> 0;
    },
  };
}
