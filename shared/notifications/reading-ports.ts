/** What those who look at notifications and contracts, or have one forgotten, ask of the store. */

import type { ListPosition } from '../list-cursor.ts';
import type { Scope } from '../world.ts';
import type { Contract, ContractState } from './contract.ts';
import type { Outcome, StoredNotification } from './notification.ts';

export interface NotificationFilter {
  readonly codeId?: string;
  /** Of the code. */
  readonly generation?: number;
  readonly organization?: string;
  readonly msgType?: string;
  readonly outcome?: Outcome;
  readonly sinceS?: number;
  readonly untilS?: number;
}

export interface ContractFilter {
  readonly flowId?: string;
  readonly codeId?: string;
  /** Of its generation. */
  readonly qrCodeId?: string;
  readonly generation?: number;
  readonly organization?: string;
  readonly state?: ContractState;
  /** Those that somebody still has to sign. */
  readonly unfinished?: true;
  readonly sinceS?: number;
  readonly untilS?: number;
}

/** A contract, and what is known of the code that it was started with. */
export interface ContractRecord extends Contract {
  readonly startedAtMs: number;
  /** A contract outlives its code; then the rest is null. */
  readonly isCodeKept: boolean;
  readonly qrCodeName: string | null;
  readonly externalId: string | null;
  /** As the create of the code asked for it. */
  readonly flowEffectiveDay: number | null;
}

export interface ContractLists {
  /** Newest first. */
  list(
    filter: ContractFilter,
    page: { scope: Scope; after: ListPosition | undefined; limit: number },
  ): Promise<ContractRecord[]>;
}

/** What is left of a contract that was forgotten. */
interface ForgottenContract {
  /** Unix seconds. */
  readonly forgottenAtS: number;
  /** Messages whose content was taken away just now. */
  readonly notifications: number;
}

export interface ContractForgetting {
  /** Once, with an audit line. @returns undefined: there is no such contract, for the scope */
  forget(
    contract: { flowId: string; scope: Scope; actor: string },
    nowS: number,
  ): Promise<ForgottenContract | undefined>;
}

/** Requests that were turned away in one hour, for one reason, from one address. */
export interface RejectionCount {
  readonly hourS: number;
  readonly verdict: string;
  /** Empty: of the many others of that hour. */
  readonly sourceIp: string;
  readonly count: number;
  readonly lastAtS: number;
  readonly lastBytes: number;
  /** `application`, or the token and generation of a code's own address. */
  readonly lastRoute: string | null;
}

/** What a scope may see is what is known to be about its organisations; the rest is for keys that see everything. */
export interface NotificationReads {
  find(
    key: { readonly by: 'NotificationId' | 'MsgId'; readonly value: string },
    scope: Scope,
  ): Promise<StoredNotification | undefined>;
  list(
    filter: NotificationFilter,
    page: { scope: Scope; after: ListPosition | undefined; limit: number },
  ): Promise<(StoredNotification & { readonly receivedAtMs: number })[]>;
  /** Newest first. */
  rejections(sinceS: number, limit: number): Promise<RejectionCount[]>;
}
