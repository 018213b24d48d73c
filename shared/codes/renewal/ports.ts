/** What renewals ask of the register: what is due, and who may do it. */
import type { Code } from '../code.ts';
import type { CodeEvent } from '../events.ts';
import type { Attempt } from '../life/attempt.ts';
import type { Lease, Tenant } from '../ports.ts';
import type { QuotaLack } from '../quota/scan-trial.ts';
import type { Gate } from '../reading/ports.ts';
import type { Reason } from '../reasons.ts';
import type { RenewalFacts } from './renewal.ts';

/** What the timer finds to do. `nowS` decides what is due, the database who may do it. */
export interface RenewalQueue {
  /**
   * Takes codes whose renewal is due, longest due first, without those of organisations that are out of quota.
   *
   * @param except tenants of which nothing is taken
   */
  claimDue(nowS: number, limit: number, leaseMs: number, except?: readonly Tenant[]): Promise<Claim[]>;
  /** Takes one due code of each organisation without quota whose probe is due, and puts the next probe off. */
  claimProbes(nowS: number, nextProbeS: number, limit: number, leaseMs: number): Promise<Claim[]>;
  /** Puts due codes of organisations without quota aside. @returns how many */
  holdBlocked(nowS: number, limit: number): Promise<number>;
  /** Takes codes back in line whose organisation has quota again. @returns how many */
  releaseHeld(limit: number): Promise<number>;
  /** Ends generations whose time is over, and the codes that live on them. @returns how many generations */
  markExpired(
    nowS: number,
    limit: number,
    reasons: ExpiryReasons,
    eventOf: (code: Code) => CodeEvent,
  ): Promise<number>;
  /**
   * Emits an event, once per generation, for codes that are about to end and will get no successor, or have not got the one
   * that was due. @returns how many rows were looked at
   */
  emitExpiring(nowS: number, limit: number, eventOf: (code: Code) => CodeEvent): Promise<number>;
  /** Creates that a run planned or sent and then left: their leases are over. */
  interruptedCreates(limit: number): Promise<{ attemptId: string; codeId: string }[]>;
  /** Gives back what was claimed and not begun. */
  release(leases: readonly Lease[]): Promise<void>;
}

export interface Claim {
  lease: Lease;
  code: Code;
  /** Was the code read whole, and was no create of it left behind? Then its renewal is planned without another look. */
  isClean: boolean;
  /** Made to find out whether an organisation has quota again. */
  probe?: boolean;
}

export interface ExpiryReasons {
  successorDue: Reason;
  noSuccessor: Reason;
}

export interface CancelQueue {
  /** Takes cancels whose next try is due, but none of these tenants. */
  claimCancels(nowS: number, limit: number, leaseMs: number, except?: readonly Tenant[]): Promise<Attempt[]>;
}

/** What a stable link is answered from. */
export interface LinkedCode extends RenewalFacts {
  readonly codeId: string;
  /** When renewal is next to be considered. Unix seconds; null: not before a person changes something. */
  readonly dueAtS: number | null;
  /** Is its organisation out of quota, or was it put aside because it was? */
  readonly isBlocked: boolean;
  /** Null while its organisation has quota, as far as the register knows. */
  readonly quotaLack: QuotaLack | null;
  readonly gate: Gate;
}

/** Of a row that somebody is writing: taken as soon as that is over, or left to others. */
export type WhenLocked = 'wait' | 'skip';

/** What the answer to a stable link asks of the register. */
export interface LinkReads {
  /** The code of a stable link, as far as its answer needs it: one statement. */
  followed(slug: string): Promise<LinkedCode | undefined>;
  /**
   * Takes a code whose renewal is due, if nobody has it and its organisation is not out of quota.
   *
   * @throws QianmaError where it waits for longer than locks may be waited for
   */
  claimIfDue(
    codeId: string,
    nowS: number,
    leaseMs: number,
    whenLocked: WhenLocked,
  ): Promise<Claim | undefined>;
}
