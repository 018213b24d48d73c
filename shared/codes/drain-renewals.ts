import type { Claim } from './ports.ts';
import { type RenewalResult, type RenewPorts, renewCode } from './renew-code.ts';

export interface DrainOptions {
  /** Claimed already: one code of each organisation that may have quota again. */
  probes: readonly Claim[];
  claim(limit: number): Promise<Claim[]>;
  /** Gives back what was claimed and not begun. */
  release(claims: readonly Claim[]): Promise<void>;
  concurrency: number;
  /** When the next call must be over; undefined: there is no time for another. */
  callDeadlineMs(): number | undefined;
}

export type DrainReport = Record<RenewalResult['kind'], number> & {
  /** Why the run ended. `trouble`: so many renewals failed in a row that the fault is not with the codes. */
  ended: 'done' | 'time' | 'trouble';
};

/**
 * So many failures in a row, and it is upstream, the network or the key that fails. Going on would bring nothing but
 * possible orphans and long pauses.
 */
const mostTroubles = 5;

/** Renews what is due, several at a time, until nothing is, time is over, or nothing succeeds any more. */
export async function drainRenewals(ports: RenewPorts, options: DrainOptions): Promise<DrainReport> {
  const { claim, concurrency, callDeadlineMs } = options;
  const report: DrainReport = { ...nothing };
  const waiting = [...options.probes];
  /** Of organisations that have just turned out to be without quota: given back without another refusal. */
  const setAside: Claim[] = [];
  const withoutQuota = new Set<string>();
  let claiming: Promise<void> | undefined;
  let empty = false;
  let troubles = 0;
  let broken = false;

  function ended(): DrainReport['ended'] | undefined {
    if (broken || troubles >= mostTroubles) return 'trouble';
    return callDeadlineMs() === undefined ? 'time' : undefined;
  }

  async function refill(): Promise<void> {
    const claimed = await claim(concurrency * 2);
    empty = claimed.length === 0;
    waiting.push(...claimed);
  }

  async function next(): Promise<Claim | undefined> {
    while (ended() === undefined) {
      const claimed = waiting.shift();
      if (claimed && withoutQuota.has(tenantOf(claimed))) setAside.push(claimed);
      else if (claimed) return claimed;
      if (claimed) continue;
      if (empty) return undefined;
      claiming ??= refill().finally(() => {
        claiming = undefined;
      });
      await claiming;
    }
    return undefined;
  }

  async function work(): Promise<void> {
    try {
      for (let claimed = await next(); claimed; claimed = await next()) {
        const deadlineMs = callDeadlineMs();
        if (deadlineMs === undefined) {
          waiting.push(claimed);
          return;
        }
        const result = await renewCode(ports, claimed, deadlineMs);
        report[result.kind] += 1;
        if (result.kind === 'held') withoutQuota.add(tenantOf(claimed));
        troubles = isTrouble(result) ? troubles + 1 : 0;
      }
    } catch (error) {
      // The database is away: what the others have under way is still written down, or told by the journal.
      broken = true;
      throw error;
    }
  }

  const workers = await Promise.allSettled(Array.from({ length: concurrency }, work));
  report.ended = ended() ?? 'done';
  const failure = workers.find((worker) => worker.status === 'rejected');
  if (failure) throw failure.reason;
  const unused = [...waiting, ...setAside];
  if (unused.length > 0) await options.release(unused);
  return report;
}

const nothing: DrainReport = {
  renewed: 0,
  failed: 0,
  retrying: 0,
  unknown: 0,
  held: 0,
  paced: 0,
  idle: 0,
  lost: 0,
  orphaned: 0,
  ended: 'done',
};

const tenantOf = ({ code }: Claim) => JSON.stringify([code.appId, code.organization]);

/** Does a result say more about our way of working, or the way to upstream, than about the code? */
function isTrouble({ kind }: RenewalResult): boolean {
  return kind === 'retrying' || kind === 'unknown' || kind === 'paced' || kind === 'lost';
}
