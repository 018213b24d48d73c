/** What notifications ask of the world as they come and have their effect. */

import type { Code } from '../codes/code.ts';
import type { CodeEvent } from '../codes/events.ts';
import type { Notice, NoticeKey } from '../codes/notice.ts';
import type { UseTransaction } from '../codes/ports.ts';
import type { Counts } from '../codes/quota/count-use.ts';
import type { Reason } from '../codes/reasons.ts';
import type { Seal, Surroundings } from '../world.ts';
import type { Contract, ContractState } from './contract.ts';
import type {
  NotificationMessage,
  NotificationRoute,
  Outcome,
  Rejection,
  StoredBody,
  StoredNotification,
} from './notification.ts';

export interface NotificationPorts {
  notifications: NotificationArrivals;
  surroundings: Surroundings;
  /** For bodies that come in clear; without a key they are not kept. */
  seal: Seal;
}

/** What a retry and a replay need besides: the function decrypts. */
export interface ReopenPorts extends Omit<NotificationPorts, 'notifications'> {
  notifications: NotificationRetries;
  /** Undefined: no key that is configured opens it. */
  reopen(stored: StoredBody): NotificationMessage | undefined;
}

/** Where to look for the code that a message is about, the surest first. */
export interface Locator {
  readonly route: NotificationRoute;
  /** Texts of the message that could be a `QrCodeId`, the likeliest first. */
  readonly qrCodeIds: readonly string[];
  readonly flowId: string | null;
}

/** What is inserted when a notification comes in. */
export interface NewNotification {
  readonly notificationId: string;
  readonly message: Omit<NotificationMessage, 'data'>;
  /** Null: it came in clear, and there is no key to seal it with. */
  readonly body: string | null;
  readonly bodySealed: boolean;
  readonly contentSignature: string | null;
  readonly route: NotificationRoute;
  readonly sourceIp: string | null;
  readonly keyIndex: number | null;
  readonly tokenIndex: number | null;
  readonly receivedAtMs: number;
  readonly occurredAtS: number;
  readonly occurredFrom: string;
  readonly flowId: string | null;
  readonly flowStatus: ContractState | null;
}

/** What the database knows of the things that a message is about. */
export interface Facts {
  /** Locked, with its generation; undefined: the register knows none. */
  readonly located: Located | undefined;
  /** Locked; undefined: nothing is known of the contract, or none is named. */
  readonly contract: Contract | undefined;
  /** What was heard of the contract before it was known to be one of ours. */
  readonly heard: readonly { readonly state: ContractState; readonly atS: number }[];
}

export interface Located {
  readonly codeId: string;
  readonly appId: string;
  readonly organization: string;
  readonly externalId: string | null;
  readonly generation: number;
  readonly qrCodeId: string;
  readonly maxFlowNum: number;
  readonly counts: Counts;
  /** Percent at which the code's policy renews it. */
  readonly exhaustionPercent: number;
  /** How the code was found. */
  readonly by: 'route' | 'qr-code-id' | 'contract';
  /** When quota was last lacking, if the organisation is blocked. Unix seconds. */
  readonly blockedAtS: number | null;
}

/** What the usual path writes, in one statement. */
export interface Progress {
  /** Undefined: the counts of the generation stay. */
  readonly count:
    | {
        readonly codeId: string;
        readonly generation: number;
        readonly counts: Counts;
        /** When it was used, by the time of the message. Unix seconds. */
        readonly atS: number;
      }
    | undefined;
  readonly contract: { readonly after: Contract; readonly isNew: boolean } | undefined;
  readonly events: readonly CodeEvent[];
}

/** A generation that a contract may have been started with. */
export interface Candidate {
  readonly codeId: string;
  readonly appId: string;
  readonly organization: string;
  readonly externalId: string | null;
  readonly generation: number;
  readonly flowName: string;
  readonly appendsScanner: boolean;
}

export interface NotificationTransaction extends UseTransaction, NoticeTransaction {
  /**
   * Stores the notification, unless it is here already, and locks what it is about.
   *
   * @returns undefined: it is a copy of one that is here
   */
  store(
    notification: NewNotification,
    locator: Locator,
    presumed: { located: Verdict; otherwise: Verdict },
  ): Promise<Facts | undefined>;
  /**
   * Locks a stored notification and what it is about.
   *
   * @param among outcomes that leave something to be done
   * @returns undefined: it has had its effect, or is not there
   */
  reconsider(notificationId: string, locator: Locator, among: readonly Outcome[]): Promise<Facts | undefined>;
  saveProgress(progress: Progress): Promise<void>;
  /** Of a message about a contract that is forgotten: takes away its content and its link to the contract. */
  forgetContent(notificationId: string): Promise<void>;
  /** Kept messages about a contract have had their effect after all. */
  settleHeard(contract: Contract, reason: Reason, settledAtS: number): Promise<void>;
  settle(notificationId: string, settlement: Settlement, settledAtS: number): Promise<void>;
  /** Codes that a contract may have been started with, each with its newest generation that lived then. */
  candidates(contract: {
    templateId: string;
    /** Possible `FlowName`s of the code. */
    flowNames: readonly string[];
    /** Empty: of any organisation. */
    organizations: readonly string[];
    startedAtS: number;
  }): Promise<Candidate[]>;
  /** Of these names, those of organisations that have codes. */
  knownOrganizations(names: readonly string[]): Promise<{ appId: string; organization: string }[]>;
  /**
   * When quota was last there: when a contract of the organisation was last charged for, as far as the messages say so
   * themselves, or a create was sent that succeeded.
   */
  lastProofS(appId: string, organization: string): Promise<number | null>;
}

/** News that the codes of a template have yet to hear. */
export interface Announcement {
  readonly notice: Notice;
  /** Null: all of them have heard. */
  readonly type: 'code.template_unusable' | 'code.template_usable' | null;
  /** The last code that has; null: none has. */
  readonly toldCreatedAtMs: number | null;
  readonly toldCodeId: string | null;
}

/** Part of a {@link NotificationTransaction}. */
export interface NoticeTransaction {
  /** Locks the row, and makes one where there is none: nothing is wrong, as far as anybody knows. */
  holdNotice(key: NoticeKey): Promise<Notice>;
  /** @param announcement what its codes are to hear from now on; null: nothing new */
  saveNotice(notice: Notice, announcement: Announcement['type']): Promise<void>;
  /** Locks the oldest news that the codes have yet to hear, and that no other run has locked. */
  nextAnnouncement(): Promise<Announcement | undefined>;
  /** The next codes of a template that have not heard, the newest first. */
  codesToTell(announcement: Announcement, limit: number): Promise<Code[]>;
  saveAnnouncement(announcement: Announcement): Promise<void>;
}

/** What becomes of a notification. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly reason: Reason;
}

/** {@link Verdict}, and what the notification turned out to be about, where that was not known when it was stored. */
export interface Settlement extends Verdict {
  /** When its effect is to be tried (again). Unix seconds. */
  readonly dueAtS?: number | null;
  readonly failures?: number;
  readonly about?: {
    readonly appId: string;
    readonly organization: string;
    readonly codeId: string | null;
    readonly generation: number | null;
  };
  /** The code whose successor is due by what was counted. */
  readonly madeDue?: string;
}

export interface NotificationTransactions {
  transaction<T>(work: (tx: NotificationTransaction) => Promise<T>): Promise<T>;
}

/** What comes in. */
export interface NotificationArrivals extends NotificationTransactions {
  /**
   * The usual case in one statement: stores a message about a use from which nothing follows but the count, and counts
   * it. Something else follows where a threshold is passed or the organisation is blocked.
   *
   * @param thresholds percent of `MaxFlowNum` that cause an event, beside the one at which the code's policy renews
   * @returns false: nothing was written, as something follows, no code is found, or it is a copy
   */
  storeQuietUse(
    notification: NewNotification,
    locator: Locator,
    verdict: Verdict,
    thresholds: readonly number[],
  ): Promise<boolean>;
  /** Counts a copy. @returns the id of the one that was stored, which may be gone by now */
  countCopy(msgId: string): Promise<string | undefined>;
  reject(rejection: Rejection): Promise<void>;
}

/** What is taken up again. */
export interface NotificationRetries extends NotificationTransactions {
  /** Takes notifications whose effect is to be tried again. */
  claimPending(nowS: number, limit: number, leaseMs: number): Promise<StoredNotification[]>;
  /** Takes up again what was kept, and turns out to be about a contract of ours. @returns how many */
  reviveLinked(nowS: number, sinceS: number, limit: number): Promise<number>;
  /** Organisations that are blocked although a later contract was charged for. */
  provenOrganizations(limit: number): Promise<{ appId: string; organization: string }[]>;
  body(notificationId: string): Promise<(StoredBody & { sealed: boolean }) | undefined>;
}
