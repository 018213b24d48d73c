/**
 * What the documents of Tencent say of a member of a request, as a person reads them. Nothing here comes from the
 * schemas or from the emulator: where the two disagree with this, one of the three has read wrongly.
 */

/** Where it stands: a document of Tencent's, or an assumption of ours where none says it. */
export type Source =
  /** The page of the action, of 2025-09-12, and the machine form of it (tccli, 2026-08-21). */
  | 'page'
  /** The page of the action as it was in 2022 and 2023. */
  | 'older-page'
  /** An example that a page publishes with a successful answer. */
  | 'example'
  /** The codes that are common to all of Cloud API 3.0. */
  | 'common-codes'
  /** The page of the same action of the sibling product `ess`. */
  | 'sibling'
  /** The official SDK, 4.1.313 of 2026-09-15. */
  | 'sdk'
  /** No document says it. */
  | 'assumed';

/** What is wrong with a value, the codes that may say so, and who says that it is wrong. */
export interface Objection {
  path: string;
  codes: readonly string[];
  source: Source;
}

interface Text {
  kind: 'text';
  /** In characters. */
  most?: number;
  values?: readonly string[];
  /** Of a text that is not empty. */
  form?: RegExp;
}

interface Whole {
  kind: 'whole';
  least?: number;
  most?: number;
  /** Days from now at most, of a time in Unix seconds. */
  mostDaysAhead?: number;
}

interface Flag {
  kind: 'flag';
}

interface List {
  kind: 'list';
  most?: number;
  each: Rule;
}

interface Struct {
  kind: 'struct';
  members: Readonly<Record<string, Member>>;
}

export type Rule = Text | Whole | Flag | List | Struct;

export type Member = Rule & {
  /** Must be there, and of a text not empty. */
  isNeeded?: true;
  /** Must be what the account has: the value that the case was made for. */
  known?: { as: string; codes: readonly string[]; source: Source };
  /** Codes beside the general ones that may refuse a value out of bounds, and who publishes that. */
  finer?: readonly string[];
  source: Source;
};

/** What the documents say of one action. */
export interface Reading {
  action: string;
  request: Readonly<Record<string, Member>>;
}
