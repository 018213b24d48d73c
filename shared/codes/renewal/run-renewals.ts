/** One run of the renewal timer: everything that is due, as far as time and upstream's limit go. */

import { seconds } from '../../world.ts';
import type { Code } from '../code.ts';
import { codeEvent, origin } from '../events.ts';
import { type AbandonedPorts, settleAbandoned } from '../life/abandoned-create.ts';
import { retryCancels } from '../life/retry-cancels.ts';
import { probePauseS } from '../quota/organization.ts';
import { type DrainReport, drainRenewals } from './drain-renewals.ts';
import { expiringEvent } from './expiring.ts';
import { type NamedCodes, nameCode } from './named-codes.ts';
import type { CancelQueue, Claim, RenewalQueue } from './ports.ts';
import type { RenewPorts } from './renew-code.ts';

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
  /** Takes the error of one step, one code or one QR code: it is tried again, and the others go on. */
  onError?(error: unknown, about: ErrorPlace): void;
}

/** Where something was thrown that the run survives. */
export interface ErrorPlace {
  readonly step: string;
  readonly codeId?: string;
  readonly qrCodeId?: string;
}

export interface RenewalsReport extends DrainReport {
  /** Generations that were found to have expired. */
  expired: number;
  /** Creates that another run had left behind. */
  settled: number;
  /** Codes taken back in line because their organisation has quota again. */
  released: number;
  /** Codes that are about to end with no successor in sight, with an event each. */
  warned: number;
  cancelled: number;
  cancelsFailed: number;
}

const defaults = { concurrency: 16, batch: 500, onError: () => {} };

/** The last part of the time is for writing down what was answered. */
const settlingMs = 3_000;
/** Longest time for one call, waiting for its turn included. */
const callMs = 12_000;
/** A call that has less is not begun. */
const leastCallMs = 1_500;

const probesPerRun = 20;
const cancelsPerRun = 200;
/** Cancels at a time: no caller waits for them. */
const cancelsAtOnce = 4;

/**
 * Runs may overlap: leases and the journal see to it that each code is renewed once. What is left when time is over
 * is what the next run begins with.
 */
export async function runRenewals(ports: RenewalsPorts, options: RenewalsOptions): Promise<RenewalsReport> {
  const { deadlineMs, concurrency, batch, onError } = { ...defaults, ...options };
  const { register, surroundings } = ports;
  const nowS = () => seconds(surroundings.nowMs());

  function callDeadlineMs(): number | undefined {
    const leftMs = deadlineMs - settlingMs - surroundings.nowMs();
    return leftMs < leastCallMs ? undefined : surroundings.nowMs() + Math.min(callMs, leftMs);
  }

  /** An error in one step is reported, and costs the next ones nothing. */
  async function step<T>(name: string, work: () => Promise<T>, otherwise: T): Promise<T> {
    if (callDeadlineMs() === undefined) return otherwise;
    return work().catch((error: unknown) => {
      onError(error, { step: name });
      return otherwise;
    });
  }

  /** Statement after statement until one has found less than it may take, or the time is over. */
  async function inBatches(name: string, work: () => Promise<number>): Promise<number> {
    let total = 0;
    for (let count = batch; count >= batch && callDeadlineMs() !== undefined; ) {
      count = await step(name, work, 0);
      total += count;
    }
    return total;
  }

  const settled = await inBatches('settle', () =>
    settleAbandoned(ports, batch, (error, codeId) => onError(error, { step: 'settle', codeId })),
  );
  const codes: NamedCodes = {};
  const expiredEvent = (code: Code) => {
    nameCode(codes, 'expired', code.codeId);
    return codeEvent('code.expired', code, origin(surroundings));
  };
  const expired = await inBatches('expire', () =>
    register.markExpired(nowS(), batch, expiryReasons, expiredEvent),
  );
  const released = await inBatches('release', () => register.releaseHeld(batch));
  const nextProbeS = nowS() + probePauseS(0);
  const claimProbes = () => register.claimProbes(nowS(), nextProbeS, probesPerRun, claimMs);
  const probes = await step<Claim[]>('probe', claimProbes, []);
  const put = await inBatches('hold', () => register.holdBlocked(nowS(), batch));
  const cancelOptions = {
    nowS: nowS(),
    limit: cancelsPerRun,
    concurrency: cancelsAtOnce,
    callDeadlineMs,
    onError: (error: unknown, qrCodeId: string) => onError(error, { step: 'cancel', qrCodeId }),
  };
  const [drained, cancels] = await both(
    drainRenewals(ports, {
      probes: probes.map((probe) => ({ ...probe, probe: true })),
      claim: (limit, except) => register.claimDue(nowS(), limit, claimMs, except),
      release: (claims) => register.release(claims.map(({ lease }) => lease)),
      concurrency,
      callDeadlineMs,
      onError: (error, codeId) => onError(error, { step: 'renew', codeId }),
      endMs: deadlineMs,
    }),
    step('cancel', () => retryCancels(ports, cancelOptions), { cancelled: 0, failed: 0 }),
  );
  // After the renewals: a code that has just got a successor needs no event.
  const warned = await inBatches('warn', () =>
    register.emitExpiring(nowS(), batch, (code) => {
      nameCode(codes, 'warned', code.codeId);
      return expiringEvent(code, surroundings);
    }),
  );
  return {
    ...drained,
    codes: { ...codes, ...drained.codes },
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
