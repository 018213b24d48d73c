/** One run of the renewal timer: everything that is due, as far as time and upstream's limit go. */
import { type AbandonedPorts, settleAbandoned } from './abandoned-create.ts';
import { type DrainReport, drainRenewals } from './drain-renewals.ts';
import { probePauseS } from './organization.ts';
import type { CancelQueue, Claim, RenewalQueue } from './ports.ts';
import type { RenewPorts } from './renew-code.ts';
import { retryCancels } from './retry-cancels.ts';
import { seconds } from './transitions.ts';

export interface RenewalsPorts extends RenewPorts {
  register: RenewPorts['register'] & RenewalQueue & CancelQueue & AbandonedPorts['register'];
}

export interface RenewalsOptions {
  /** When the run must be over. Epoch milliseconds. */
  deadlineMs: number;
  /** Renewals at a time: upstream's 20 per second times half a second for an answer, and some to spare. */
  concurrency?: number;
  /** Rows of one housekeeping statement. */
  batch?: number;
}

export interface RenewalsReport extends DrainReport {
  /** Generations that were found to have expired. */
  expired: number;
  /** Creates that somebody had left behind. */
  settled: number;
  /** Codes taken back in line because their organisation has quota again. */
  released: number;
  /** Codes of which our users were told that they end, with no successor in sight. */
  warned: number;
  cancelled: number;
  cancelsFailed: number;
}

const defaults = { concurrency: 16, batch: 500 };

/** The last part of the time is for writing down what was answered. */
const settlingMs = 3_000;
/** Longest time for one call, waiting for its turn included. */
const callMs = 12_000;
/** A call that has less is not begun. */
const leastCallMs = 1_500;

const probesPerRun = 20;
const cancelsPerRun = 200;

/**
 * Runs may overlap: leases and the journal see to it that each code is renewed once. What is left when time is over
 * is what the next run begins with.
 */
export async function runRenewals(ports: RenewalsPorts, options: RenewalsOptions): Promise<RenewalsReport> {
  const { deadlineMs, concurrency, batch } = { ...defaults, ...options };
  const { register, surroundings } = ports;
  const nowS = () => seconds(surroundings.nowMs());

  function callDeadlineMs(): number | undefined {
    const leftMs = deadlineMs - settlingMs - surroundings.nowMs();
    return leftMs < leastCallMs ? undefined : surroundings.nowMs() + Math.min(callMs, leftMs);
  }

  /** Statement after statement until one has found less than it may take, or the time is over. */
  async function inBatches(work: () => Promise<number>): Promise<number> {
    let total = 0;
    while (callDeadlineMs() !== undefined) {
      const count = await work();
      total += count;
      if (count < batch) break;
    }
    return total;
  }

  const settled = await inBatches(() => settleAbandoned(ports, batch));
  const expired = await inBatches(() => register.markExpired(nowS(), batch, expiryReasons));
  const released = await inBatches(() => register.releaseHeld(batch));
  const nextProbeS = nowS() + probePauseS(0);
  const probes = await register.claimProbes(nowS(), nextProbeS, probesPerRun, claimMs);
  const put = await inBatches(() => register.holdBlocked(nowS(), batch));
  const claim = (limit: number): Promise<Claim[]> => register.claimDue(nowS(), limit, claimMs);
  const release = (claims: readonly Claim[]) => register.release(claims.map(({ lease }) => lease));
  const [drained, cancels] = await both(
    drainRenewals(ports, {
      probes: probes.map((probe) => ({ ...probe, probe: true })),
      claim,
      release,
      concurrency,
      callDeadlineMs,
    }),
    retryCancels(ports, nowS(), cancelsPerRun, callDeadlineMs),
  );
  // After the renewals: who has just got a successor has nothing to be told.
  const warned = await inBatches(() => register.tellExpiring(nowS(), batch));
  return {
    ...drained,
    warned,
    held: drained.held + put,
    expired,
    settled,
    released,
    cancelled: cancels.cancelled,
    cancelsFailed: cancels.failed,
  };
}

/** Waits for both even if one fails: an instance is frozen once it has answered, with whatever still runs. */
async function both<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return Promise.all([a, b]);
}

/** For the time between the claim and the sending, which prolongs it. Database time. */
const claimMs = 30_000;

const expiryReasons = {
  successorDue: { code: 'ExpiredSuccessorDue' },
  noSuccessor: { code: 'Expired' },
} as const;
