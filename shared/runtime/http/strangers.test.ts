import { describe, expect, it } from 'vitest';
import { createStrangers, strangerLimits } from './strangers.ts';

const minuteStartMs = Date.UTC(2026, 10, 24, 8, 0, 0);
const { turnedAway, logLines, addresses } = strangerLimits;

/** Turns an address away so often. @returns the last */
function turnAway(
  strangers = createStrangers(),
  address: string | undefined,
  times: number,
  nowMs = minuteStartMs,
) {
  let last = strangers.turnAway(address, nowMs);
  for (let time = 1; time < times; time += 1) last = strangers.turnAway(address, nowMs);
  return last;
}

describe('an address that is wrong too often', () => {
  it('has to wait for the next minute, and no longer', () => {
    const strangers = createStrangers();
    expect(turnAway(strangers, '192.0.2.1', turnedAway).retryAfterS).toBeUndefined();
    expect(turnAway(strangers, '192.0.2.1', 1, minuteStartMs + 12_345).retryAfterS).toBe(48);
    expect(turnAway(strangers, '192.0.2.1', 1, minuteStartMs + 60_000).retryAfterS).toBeUndefined();
  });

  it('makes no other wait, nor those whose address is not known', () => {
    const strangers = createStrangers();
    turnAway(strangers, '192.0.2.1', 10 * turnedAway);
    expect(turnAway(strangers, '192.0.2.2', 1).retryAfterS).toBeUndefined();
    expect(turnAway(strangers, undefined, 10 * turnedAway).retryAfterS).toBeUndefined();
  });

  it('is one of a bounded number that are counted apart', () => {
    const strangers = createStrangers();
    for (let number = 0; number < addresses; number += 1) turnAway(strangers, `address-${number}`, 1);
    expect(turnAway(strangers, 'one too many', 10 * turnedAway).retryAfterS).toBeUndefined();
    expect(turnAway(strangers, 'address-7', turnedAway).retryAfterS).toBe(60);
  });
});

describe('lines of the log', () => {
  it('are left out beyond so many a minute, from whatever addresses, and their number is told once', () => {
    const strangers = createStrangers();
    const flags = Array.from(
      { length: logLines + 40 },
      (_, number) => turnAway(strangers, `${number}`, 1).leftOut,
    );
    expect(flags).toEqual([...Array(logLines).fill(false), ...Array(40).fill(true)]);
    expect(turnAway(strangers, 'x', 1, minuteStartMs + 60_000)).toEqual({
      leftOut: false,
      leftOutBefore: 40,
    });
    expect(turnAway(strangers, 'x', 1, minuteStartMs + 60_001)).toEqual({ leftOut: false, leftOutBefore: 0 });
  });
});
