import type { Rejection } from './notification.ts';

/** What an instance has turned away and not written down yet. */
export interface RejectionTally {
  add(rejection: Omit<Rejection, 'count'>): void;
  /** Takes what is to be written now: of each verdict and address the first at once, then once a minute what came since. */
  due(nowMs: number): readonly Rejection[];
}

interface Pair {
  latest: Omit<Rejection, 'count'>;
  count: number;
  /** Epoch milliseconds. */
  writtenMs: number;
}

/** Addresses that are counted apart in a minute; the others are counted together, by their verdict. */
const maxPairs = 100;
const minuteMs = 60_000;

/**
 * A flood costs the database one write a minute for each verdict and address. What an instance holds when it is ended is
 * lost: the counts say how many there were at least.
 */
export function createRejectionTally(): RejectionTally {
  const pairs = new Map<string, Pair>();
  return {
    add(rejection) {
      const own = keyOf(rejection);
      const isCounted = pairs.has(own) || pairs.size < maxPairs;
      const latest = isCounted ? rejection : { ...rejection, sourceIp: null };
      const key = isCounted ? own : keyOf(latest);
      const { count, writtenMs } = pairs.get(key) ?? { count: 0, writtenMs: Number.NEGATIVE_INFINITY };
      pairs.set(key, { latest, count: count + 1, writtenMs });
    },
    due(nowMs) {
      const due: Rejection[] = [];
      for (const [key, pair] of pairs) {
        if (nowMs - pair.writtenMs < minuteMs) continue;
        // One that has had nothing for a minute makes room.
        if (pair.count === 0) pairs.delete(key);
        else {
          due.push({ ...pair.latest, count: pair.count });
          Object.assign(pair, { count: 0, writtenMs: nowMs });
        }
      }
      return due;
    },
  };
}

const keyOf = ({ verdict, sourceIp }: Pick<Rejection, 'verdict' | 'sourceIp'>) =>
  `${verdict} ${sourceIp ?? ''}`;
