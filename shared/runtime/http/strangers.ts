/** What an instance lets those do who prove nothing: how often an address may be wrong, and how many lines are written of it. */
import type { Log } from '../log/log.ts';

export interface Stranger {
  /** Where there are too many from its address: seconds until the next is answered as the first was. */
  readonly retryAfterS?: number;
  /** Too many lines are in the log already. */
  readonly leftOut: boolean;
  /** Lines that were left out in a minute that is over, told once. */
  readonly leftOutBefore: number;
}

/** Counts of a minute, in the memory of an instance. */
export interface Strangers {
  /**
   * Counts a request that was turned away. What proves itself is never asked here, whatever its address has done.
   *
   * @param address one that is not known has no limit: it may be anybody's
   */
  turnAway(address: string | undefined, nowMs: number): Stranger;
}

export const strangerLimits = {
  /** From one address in a minute: a sender whose secrets were just changed stays below. */
  turnedAway: 120,
  /** Log lines in a minute, whatever the address. */
  logLines: 60,
  /** Addresses that are counted apart, so that memory is bounded; further ones have no limit in that minute. */
  addresses: 1_000,
} as const;

const minuteMs = 60_000;

/** Once a minute, where lines were left out. */
export function tellLeftOut(log: Pick<Log, 'warn'>, { leftOutBefore }: Stranger): void {
  if (leftOutBefore > 0) log.warn('lines about strangers were left out', { lines: leftOutBefore });
}

export function createStrangers(): Strangers {
  let minute = 0;
  let lines = 0;
  let counts = new Map<string, number>();

  const countOf = (address: string | undefined): number => {
    const known = address === undefined ? undefined : counts.get(address);
    if (address === undefined || (known === undefined && counts.size >= strangerLimits.addresses)) return 0;
    const count = (known ?? 0) + 1;
    counts.set(address, count);
    return count;
  };

  return {
    turnAway(address, nowMs) {
      const current = Math.floor(nowMs / minuteMs);
      let leftOutBefore = 0;
      if (current !== minute) {
        leftOutBefore = Math.max(0, lines - strangerLimits.logLines);
        minute = current;
        lines = 0;
        counts = new Map();
      }
      lines += 1;
      return {
        leftOut: lines > strangerLimits.logLines,
        leftOutBefore,
        ...(countOf(address) > strangerLimits.turnedAway && {
          retryAfterS: Math.ceil(((current + 1) * minuteMs - nowMs) / 1000),
        }),
      };
    },
  };
}
