/** What the domain asks of the world. Times of the world are the caller's, those of leases the database's. */
import type { Action, RequestOf, ResponseOf } from '../contract/action.ts';
import type { ListPosition } from '../list-cursor.ts';
import type { Attempt } from './attempt.ts';
import type { Code, CodeState, Generation } from './code.ts';
import type { CodeEvent } from './events.ts';
import type { Ids } from './ids.ts';
import type { Notice } from './notice.ts';
import type { Organization } from './organization.ts';
import type { Reason } from './reasons.ts';

/** The way to Tencent. Errors: `UpstreamError`, `TransportError`, and `Failure` where nothing was sent. */
export interface Upstream {
  call<A extends Action>(
    action: A,
    request: RequestOf<A>,
    options: UpstreamCall,
  ): Promise<{ response: ResponseOf<A>; requestId: string }>;
}

export interface UpstreamCall {
  /** Epoch milliseconds. */
  deadlineMs: number;
  /** Called once, before the first byte leaves; when it throws nothing is sent and the call throws the same. */
  onSend?: () => Promise<void>;
}

/** Keeps what names people unreadable in the database. */
export interface Seal {
  /** @throws Failure `Misconfigured` when there is no key. */
  seal(text: string): string;
  /** @throws Failure `Misconfigured` when the key that sealed it is gone. */
  open(sealed: string): string;
}

/** Whose codes a caller may see: null is everybody's. */
export type Scope = {
  /** Organisations are the platform's names inside one application: the same name in another is somebody else. */
  readonly appId: string;
  readonly organizations: readonly string[];
} | null;

/** The right to change what is being renewed or created: the highest token wins, whoever wakes up late. */
export interface Lease {
  readonly codeId: string;
  readonly token: string;
}

export interface LockedCode {
  code: Code;
  leaseToken: string;
  /** Is somebody at work on it, by the database's time? */
  leased: boolean;
}

export interface AuditEntry {
  /** The API key, or the timer. */
  actor: string;
  action: string;
  /** What it was done to: a `CodeId` or a `QrCodeId`. */
  subject: string;
  reason: string;
}

/** One transaction: what is written here becomes true together, or not at all. */
export interface RegisterTransaction {
  /** Locks the code for the rest of the transaction. */
  lockCode(codeId: string): Promise<LockedCode | undefined>;
  /** Inserts a code that is leased from its first moment. */
  insertCode(code: Code, leaseMs: number): Promise<Lease>;
  /** Writes what may change of a code. `lease`: `release` ends the work, `revoke` also outruns whoever is at it. */
  saveCode(code: Code, lease: 'keep' | 'release' | 'revoke'): Promise<void>;
  deleteCode(codeId: string): Promise<void>;
  insertGeneration(generation: Generation): Promise<void>;
  /** Writes the state; what was counted is written by those who count. */
  saveGeneration(generation: Generation): Promise<void>;
  lockGeneration(qrCodeId: string): Promise<Generation | undefined>;
  /** Those that can be scanned upstream, as far as the register knows; oldest first. */
  livingGenerations(codeId: string): Promise<Generation[]>;
  /**
   * @returns false if it is a cancel and another cancel of the same QR code is open already
   */
  insertAttempt(attempt: Attempt, leaseMs?: number): Promise<boolean>;
  lockAttempt(attemptId: string): Promise<Attempt | undefined>;
  saveAttempt(attempt: Attempt): Promise<void>;
  /** Creates of a code that are planned or sent. */
  openCreates(codeId: string): Promise<Attempt[]>;
  /** Cancels of a code that are not settled. */
  openCancels(codeId: string): Promise<Attempt[]>;
  /** The QR code that nobody owned is dead: its create is a possible orphan no longer. */
  clearOrphan(codeId: string, qrCodeId: string): Promise<void>;
  /** Locks the row; an organisation that was never short of quota has none. */
  lockOrganization(appId: string, organization: string): Promise<Organization | undefined>;
  /** Locks the row, and makes one where there is none: an organisation that has quota, as far as anybody knows. */
  holdOrganization(appId: string, organization: string, nowS: number): Promise<Organization>;
  saveOrganization(organization: Organization): Promise<void>;
  emit(event: CodeEvent): Promise<void>;
  audit(entry: AuditEntry): Promise<void>;
}

/** Writing, in transactions; each statement outside of one is a transaction of its own. */
export interface RegisterWrites {
  transaction<T>(work: (tx: RegisterTransaction) => Promise<T>): Promise<T>;
  /**
   * Notes that a planned create is now sent, and prolongs the lease for the time of the call.
   *
   * @returns false if the lease is over or somebody else's: then nothing may be sent
   */
  markCreateSent(attemptId: string, lease: Lease, leaseMs: number, sentAtS: number): Promise<boolean>;
  /** @returns false if the attempt is settled already */
  markCancelSent(attemptId: string, leaseMs: number, sentAtS: number): Promise<boolean>;
}

/** One of the ids that people have of a code. */
export type CodeKey =
  | { readonly by: 'CodeId'; readonly value: string }
  | { readonly by: 'QrCodeId'; readonly value: string }
  | { readonly by: 'Slug'; readonly value: string };

/** A code and what is told with it. */
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
  /** Part of the flow name, the note or the external id, in any case. */
  readonly text?: string;
}

export interface RegisterReads {
  find(key: CodeKey, scope: Scope): Promise<CodeRecord | undefined>;
  list(
    filter: ListFilter,
    page: { scope: Scope; after: ListPosition | undefined; limit: number; generations: number },
  ): Promise<CodeRecord[]>;
}

/** What the timer finds to do. `nowS` decides what is due, the database who may do it. */
export interface RenewalQueue {
  /** Takes codes whose renewal is due, longest due first, without those of organisations that are out of quota. */
  claimDue(nowS: number, limit: number, leaseMs: number): Promise<Claim[]>;
  /** Takes one due code of each organisation without quota whose probe is due, and puts the next probe off. */
  claimProbes(nowS: number, nextProbeS: number, limit: number, leaseMs: number): Promise<Claim[]>;
  /** Puts due codes of organisations without quota aside. @returns how many */
  holdBlocked(nowS: number, limit: number): Promise<number>;
  /** Takes codes back in line whose organisation has quota again. @returns how many */
  releaseHeld(limit: number): Promise<number>;
  /** Ends generations whose time is over, and the codes that live on them. @returns how many generations */
  markExpired(nowS: number, limit: number, reasons: ExpiryReasons): Promise<number>;
  /**
   * Tells, once per generation, of codes that are about to end and will get no successor, or have not got the one
   * that was due. @returns how many rows were looked at
   */
  tellExpiring(nowS: number, limit: number): Promise<number>;
  /** Creates that somebody planned or sent and then left: their leases are over. */
  interruptedCreates(limit: number): Promise<{ attemptId: string; codeId: string }[]>;
  /** Gives back what was claimed and not begun. */
  release(leases: readonly Lease[]): Promise<void>;
}

export interface Claim {
  lease: Lease;
  code: Code;
  /** Made to find out whether an organisation has quota again. */
  probe?: boolean;
}

export interface ExpiryReasons {
  successorDue: Reason;
  noSuccessor: Reason;
}

export interface CancelQueue {
  /** Takes cancels whose next try is due. */
  claimCancels(nowS: number, limit: number, leaseMs: number): Promise<Attempt[]>;
}

/** Everything around the rules, with its production defaults bound elsewhere. */
export interface Surroundings {
  /** Epoch milliseconds. */
  nowMs(): number;
  ids: Ids;
  /** From 0 to below 1. */
  random(): number;
}
