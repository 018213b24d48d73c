/** What those who look ask of the register. */
import type { ListPosition } from '../../list-cursor.ts';
import type { Text } from '../../text.ts';
import type { Scope } from '../../world.ts';
import type { Code, CodeState, Generation } from '../code.ts';
import type { Notice } from '../notice.ts';
import type { CodeKey } from '../ports.ts';
import type { Organization } from '../quota/organization.ts';
import type { DailyUse } from './forecast.ts';

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

/** What a create left behind that nobody has answered. */
export type CreatedRecord = Pick<CodeRecord, 'code' | 'generations'>;

export interface CreationReads {
  findCreated(codeId: string): Promise<CreatedRecord | undefined>;
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

/** What people who stand in front of a poster may know of it. */
export interface Gate {
  /** `QrCodeName` of the create. */
  readonly name: string | null;
  /** What the organisation calls itself there; absent where it has not said it. */
  readonly organization?: string;
  /** Whom to ask, in words of the organisation; absent where it has given none. */
  readonly contact?: Text;
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
