/** What the domain asks of the world. Times of the world are the caller's, those of leases the database's. */

import type { Action, RequestOf, ResponseOf } from '../essbasic/action.ts';
import type { AuditEntry, RememberedAnswer, Scope, SlotAnswer, SlotRequest, TakeSlot } from '../world.ts';
import type { Code, Generation } from './code.ts';
import type { CodeEvent } from './events.ts';
import type { Attempt } from './life/attempt.ts';
import type { Organization } from './quota/organization.ts';

/** The way to Tencent. Errors: `UpstreamError`, `TransportError`, and `Failure` where nothing was sent. */
export interface Upstream {
  call<A extends Action>(action: A, request: RequestOf<A>, options: UpstreamCall): Promise<UpstreamAnswer<A>>;
}

export interface UpstreamAnswer<A extends Action> {
  response: ResponseOf<A>;
  /** Empty where upstream gave none. */
  requestId: string;
  /** Members, as dotted paths, in which something came that cannot be read: they are left out of the response. */
  unread?: readonly string[];
}

export interface UpstreamCall {
  /** Epoch milliseconds. */
  deadlineMs: number;
  /**
   * Takes a turn under upstream's rate limit together with the note that the request is sent. Called when a connection
   * stands, before the first byte leaves, until it has taken a turn; when it throws nothing is sent and the call throws
   * the same.
   */
  onSend?: TakeSlot;
}

/** The right to change what is being renewed or created: the highest token wins, and fences off a run that wakes up late. */
export interface Lease {
  readonly codeId: string;
  readonly token: string;
}

export interface LockedCode {
  code: Code;
  leaseToken: string;
  /** Is a run at work on it, by the database's time? */
  leased: boolean;
}

/** One transaction of whoever makes a generation: what is written here becomes true together, or not at all. */
export interface GenerationTransaction {
  /** Locks the code for the rest of the transaction. */
  lockCode(codeId: string): Promise<LockedCode | undefined>;
  /** Writes what may change of a code. `lease`: `release` ends the work, `revoke` also fences off its holder. */
  saveCode(code: Code, lease: 'keep' | 'release' | 'revoke'): Promise<void>;
  deleteCode(codeId: string): Promise<void>;
  insertGeneration(generation: Generation): Promise<void>;
  /** Writes the state; what was counted is written by those who count. */
  saveGeneration(generation: Generation): Promise<void>;
  /** Writes down a cancel, unless another of the same QR code is open. Leased: the timer keeps its hands off it. */
  insertCancel(attempt: Attempt, leaseMs?: number): Promise<void>;
  lockAttempt(attemptId: string): Promise<Attempt | undefined>;
  saveAttempt(attempt: Attempt): Promise<void>;
  /** Creates of a code that are planned or sent. */
  openCreates(codeId: string): Promise<Attempt[]>;
  /** Locks the row; an organisation that was never short of quota has none. */
  lockOrganization(appId: string, organization: string): Promise<Organization | undefined>;
  /** Locks the row, and makes one where there is none: an organisation that has quota, as far as anybody knows. */
  holdOrganization(appId: string, organization: string, nowS: number): Promise<Organization>;
  saveOrganization(organization: Organization): Promise<void>;
  emit(event: CodeEvent): Promise<void>;
  audit(entry: AuditEntry): Promise<void>;
  /** Stores the answer to an `Idempotency-Key` with what makes it true. */
  remember(answer: RememberedAnswer): Promise<void>;
}

/** What a transaction may do to a code that is there. */
export interface RegisterTransaction extends GenerationTransaction {
  lockCodeOf(key: CodeKey, scope: Scope): Promise<LockedCode | undefined>;
  /** Locks the code and everything of it that a cancel ends. */
  lockToCancel(key: CodeKey, scope: Scope): Promise<CodeToCancel | undefined>;
  /** {@link GenerationTransaction.insertCancel}, waited for. @returns the one that is open, this or another; undefined: another just was */
  beginCancel(attempt: Attempt, leaseMs: number): Promise<OpenCancel | undefined>;
  /** The timer keeps its hands off a cancel from now on. */
  leaseCancel(attemptId: string, leaseMs: number): Promise<void>;
}

/** One transaction of whoever counts what a generation is used for. */
export interface UseTransaction extends GenerationTransaction {
  lockGeneration(qrCodeId: string): Promise<Generation | undefined>;
}

interface CodeToCancel extends LockedCode {
  /** Generations that can be scanned upstream, as far as the register knows; oldest first. */
  living: Generation[];
  /** Cancels that are not settled. */
  openCancels: OpenCancel[];
}

export interface OpenCancel {
  attempt: Attempt;
  /** Is a run at work on it, by the database's time? */
  leased: boolean;
}

/** What a transaction takes for granted instead of reading it. */
export interface Presumed {
  /** As it was read: nothing that people see has changed, nor the state of its current generation. */
  readonly code: Code;
  /** Still ours. */
  readonly lease: Lease;
  /** A create that is in the journal as sent. Its organisation is not known to be short of quota. */
  readonly attemptId: string;
}

/** A code as it was when its renewal was planned. */
export interface SeenCode {
  readonly lease: Lease;
  readonly version: number;
}

/**
 * What is written down before the first byte of a call leaves, together with the turn that is taken under upstream's
 * rate limit: committed when the turn is taken, and not at all where it is not.
 */
export interface Journal {
  /** Inserts a code that is being made and leased, and its first create as sent. */
  noteFirstCreate(code: Code, attempt: Attempt, leaseMs: number, slot: SlotRequest): Promise<SlotAnswer>;
  /**
   * Inserts a create as sent, and prolongs the lease for the time of the call.
   *
   * @returns `lost`: the lease is over or another run's; `changed`: the code has another version
   */
  noteCreate(
    attempt: Attempt,
    seen: SeenCode,
    leaseMs: number,
    slot: SlotRequest,
  ): Promise<SlotAnswer | 'lost' | 'changed'>;
  /** Notes that a cancel is sent, and leases it. @returns `settled`: it is settled already */
  noteCancel(
    attemptId: string,
    leaseMs: number,
    sentAtS: number,
    slot: SlotRequest,
  ): Promise<SlotAnswer | 'settled'>;
}

/** What the answer to a cancel makes true. */
export interface SettledCancel {
  /** The cancel, as it is from now on. */
  readonly attempt: Attempt;
  readonly qrCodeId: string;
  /** What becomes of its generation, if that still lives; null: nothing. */
  readonly endedAs: 'cancelled' | 'expired' | null;
}

/** Writing, in transactions. */
export interface Transactions<Transaction> {
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /**
   * A transaction that only writes: what it would have to read first is presumed, and checked where it happens. One wait.
   *
   * @returns undefined where a presumption is wrong: then nothing was written
   */
  transactionIf<T>(presumed: Presumed, work: (tx: Transaction) => Promise<T>): Promise<T | undefined>;
}

export interface RegisterWrites extends Journal, Transactions<RegisterTransaction> {
  /**
   * Settles a cancel that is still open: the QR code that it has ended is neither a living generation from then on, nor
   * a possible orphan.
   *
   * @returns false if another call has settled it
   */
  settleCancel(settled: SettledCancel): Promise<boolean>;
  /** A cancel as it is now, settled or not. */
  findCancel(attemptId: string): Promise<OpenCancel | undefined>;
  /** Is there a code with this QR code, of any organisation? */
  isRegistered(qrCodeId: string): Promise<boolean>;
}

/** What a create writes. */
export type CreationWrites = Pick<Journal, 'noteFirstCreate'> & Transactions<GenerationTransaction>;

/** What a renewal writes. */
export type RenewalWrites = Pick<Journal, 'noteCreate'> & Transactions<GenerationTransaction>;

/** One of the ids that people have of a code. */
export type CodeKey =
  | { readonly by: 'CodeId'; readonly value: string }
  | { readonly by: 'QrCodeId'; readonly value: string }
  | { readonly by: 'Slug'; readonly value: string };

/** An organisation inside an application. */
export type Tenant = Pick<Code, 'appId' | 'organization'>;
