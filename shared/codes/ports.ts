/** What the domain asks of the world. Times of the world are the caller's, those of leases the database's. */

import type { Action, RequestOf, ResponseOf } from '../essbasic/action.ts';
import type { ListPosition } from '../list-cursor.ts';
import type { Text } from '../text.ts';
import type { AuditEntry, RememberedAnswer, Scope, SlotAnswer, SlotRequest, TakeSlot } from '../world.ts';
import type { Code, CodeState, Generation } from './code.ts';
import type { CodeEvent } from './events.ts';
import type { Attempt } from './life/attempt.ts';
import type { Notice } from './notice.ts';
import type { Organization } from './quota/organization.ts';
import type { QuotaLack } from './quota/scan-trial.ts';
import type { DailyUse } from './reading/forecast.ts';
import type { Reason } from './reasons.ts';
import type { RenewalFacts } from './renewal/renewal.ts';

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

/** One transaction: what is written here becomes true together, or not at all. */
export interface RegisterTransaction {
  /** Locks the code for the rest of the transaction. */
  lockCode(codeId: string): Promise<LockedCode | undefined>;
  lockCodeOf(key: CodeKey, scope: Scope): Promise<LockedCode | undefined>;
  /** Locks the code and everything of it that a cancel ends. */
  lockToCancel(key: CodeKey, scope: Scope): Promise<CodeToCancel | undefined>;
  /** Writes what may change of a code. `lease`: `release` ends the work, `revoke` also fences off its holder. */
  saveCode(code: Code, lease: 'keep' | 'release' | 'revoke'): Promise<void>;
  deleteCode(codeId: string): Promise<void>;
  insertGeneration(generation: Generation): Promise<void>;
  /** Writes the state; what was counted is written by those who count. */
  saveGeneration(generation: Generation): Promise<void>;
  lockGeneration(qrCodeId: string): Promise<Generation | undefined>;
  /** Writes down a cancel, unless another of the same QR code is open. Leased: the timer keeps its hands off it. */
  insertCancel(attempt: Attempt, leaseMs?: number): Promise<void>;
  /** {@link insertCancel}, waited for. @returns the one that is open, this or another; undefined: another just was */
  beginCancel(attempt: Attempt, leaseMs: number): Promise<OpenCancel | undefined>;
  /** The timer keeps its hands off a cancel from now on. */
  leaseCancel(attemptId: string, leaseMs: number): Promise<void>;
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
export interface RegisterWrites extends Journal {
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

  transaction<T>(work: (tx: RegisterTransaction) => Promise<T>): Promise<T>;
  /**
   * A transaction that only writes: what it would have to read first is presumed, and checked where it happens. One wait.
   *
   * @returns undefined where a presumption is wrong: then nothing was written
   */
  transactionIf<T>(presumed: Presumed, work: (tx: RegisterTransaction) => Promise<T>): Promise<T | undefined>;
}

/** What a create writes. */
export type CreationWrites = Pick<RegisterWrites, 'noteFirstCreate' | 'transaction' | 'transactionIf'>;

/** What a renewal writes. */
export type RenewalWrites = Pick<RegisterWrites, 'noteCreate' | 'transaction' | 'transactionIf'>;

/** One of the ids that people have of a code. */
export type CodeKey =
  | { readonly by: 'CodeId'; readonly value: string }
  | { readonly by: 'QrCodeId'; readonly value: string }
  | { readonly by: 'Slug'; readonly value: string };

/** A code and what is shown with it. */
export interface CodeRecord {
  code: Code;
  /** Newest first; of a list the newest few alone. */
  generations: Generation[];
  /** Undefined: never short of quota. */
  organization: Organization | undefined;
  /** On its template and its organisation. */
  notices: Notice[];
  contracts: ContractCount[];
  /** Calls whose effect may live upstream without belonging to anything. */
  possibleOrphans: number;
  /** Of the newest days that have any. */
  dailyUses: DailyUse[];
}

/** Contracts of a generation that are linked alike and in the same state. */
export interface ContractCount {
  readonly generation: number;
  readonly link: 'certain' | 'inferred';
  /** In upstream's words. */
  readonly state: string;
  readonly count: number;
}

export interface ListFilter {
  readonly organization?: string;
  readonly state?: CodeState;
  readonly templateId?: string;
  readonly label?: string;
  readonly externalId?: string;
  /** Unix seconds. */
  readonly expiringBeforeS?: number;
  /** Part of the flow name, the words on the poster, the note, the external id or a label, in any case. */
  readonly text?: string;
}

export interface RegisterReads {
  find(key: CodeKey, scope: Scope): Promise<CodeRecord | undefined>;
}

export interface ExternalIds {
  /** Codes with this external id that the caller may see: those that are not cancelled first, then the newest; two at most. */
  codesOf(externalId: string, scope: Scope): Promise<{ codeId: string; isCancelled: boolean }[]>;
}

export interface RegisterLists {
  list(
    filter: ListFilter,
    page: { scope: Scope; after: ListPosition | undefined; limit: number; generations: number },
  ): Promise<CodeRecord[]>;
}

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

/** An organisation inside an application. */
export type Tenant = Pick<Code, 'appId' | 'organization'>;

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

/** What people who stand in front of a poster may know of it. */
export interface Gate {
  /** `QrCodeName` of the create. */
  readonly name: string | null;
  /** What the organisation calls itself there; absent where it has not said it. */
  readonly organization?: string;
  /** Whom to ask, in words of the organisation; absent where it has given none. */
  readonly contact?: Text;
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

/** Codes by their ids, by the end of a link, by the caller's own id, or all that have a label. */
export type PosterKey =
  | { codeIds: readonly string[] }
  | { slug: string }
  | { externalId: string }
  | { label: string };

/** What a poster says of a code. */
export interface PosterCode {
  readonly codeId: string;
  readonly slug: string;
  readonly externalId: string | null;
  readonly isCancelled: boolean;
  readonly gate: Gate;
}

/** What a poster asks of the register. */
export interface PosterReads {
  /** The oldest first: one statement. Those that have a label, or an external id with others, are not cancelled. */
  posterCodes(key: PosterKey, scope: Scope, limit: number): Promise<PosterCode[]>;
}
