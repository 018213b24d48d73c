import type { Text } from '../../shared/text.ts';

/** The structs of answers that are documented once, in `structs.ts`. */
export type StructName =
  | 'ApiKey'
  | 'Attempt'
  | 'AuditEntry'
  | 'Batch'
  | 'BatchRow'
  | 'Code'
  | 'Contact'
  | 'Contract'
  | 'Contracts'
  | 'DailyUse'
  | 'Delivery'
  | 'Failure'
  | 'Forecast'
  | 'Generation'
  | 'Notice'
  | 'Notification'
  | 'Organization'
  | 'Quota'
  | 'Reason'
  | 'Rejection'
  | 'Renewal'
  | 'Replayed'
  | 'RotateSecret'
  | 'SignCode'
  | 'Subscription'
  | 'UpstreamAnswer'
  | 'UpstreamProblem'
  | 'UpstreamRequest'
  | 'UpstreamSignature'
  | 'Use';

/** Of upstream's API, in `docs/api.md`; `RenewalPolicy` in `docs/renewal.md`; `any` differs with the type of event. */
type KnownElsewhere = 'Agent' | 'Row' | 'RenewalPolicy' | 'any';
type Plain = 'string' | 'integer' | 'number' | 'boolean' | 'time';

/** A `time` is an integer, Unix seconds. With `?` it may be null, or left out of a request. */
export type MemberType = `${Plain | StructName | KnownElsewhere}${'' | '[]'}${'' | '?'}`;

export interface Member extends Text {
  readonly type: MemberType;
}

export type Members = Readonly<Record<string, Member>>;

/** What qianma itself adds to upstream's vocabulary, of one action. */
export interface ActionMembers {
  /** Members that upstream's action of this name has are in `docs/api.md`. */
  upstream: boolean;
  request: Members;
  answer: Members;
  /** What it answers instead to `DryRun: true`. */
  dryAnswer?: Members;
}

/** One line of the documents. */
export const member = (type: MemberType, zh: string, en: string): Member => ({ type, zh, en });
