import type { CreateRequest } from '../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import type { Agent } from '../essbasic/structs/Agent.ts';
import type { Reason } from './reasons.ts';
import type { RenewalPolicy } from './renewal/renewal-policy.ts';

/**
 * What the register says of a code.
 *
 * `Creating`: journaled, upstream has not answered yet. `OutcomeUnknown`: the first create was sent and its answer
 * never came, so that a QR code may live upstream whose id is not known. `docs/renewal.md` has the other states.
 */
export type StoredState =
  | 'Creating'
  | 'Active'
  | 'Paused'
  | 'Exhausted'
  | 'Expired'
  | 'Failed'
  | 'OutcomeUnknown'
  | 'Cancelled';

/** What people see: an active code of an organisation without quota is `QuotaBlocked`. */
export type CodeState = StoredState | 'QuotaBlocked';

export const codeStates: readonly CodeState[] = [
  'Creating',
  'Active',
  'Paused',
  'QuotaBlocked',
  'Exhausted',
  'Expired',
  'Failed',
  'OutcomeUnknown',
  'Cancelled',
];

/** Members of a create request that name people: kept sealed, and sent again with each successor. */
export type SealedMembers = Pick<CreateRequest, 'Restrictions' | 'ApproverRestrictions'>;

/**
 * What each generation is asked for with. `Agent` is in the columns of the code. `Operator` is left out: upstream
 * says that it is not open for use (暂未开放), and it may hold an address of a person.
 */
export type StoredRequest = Omit<CreateRequest, 'Agent' | 'Operator' | keyof SealedMembers>;

export interface Code {
  readonly codeId: string;
  /** Public, cannot be guessed: the end of the stable link. */
  readonly slug: string;
  /** Cannot be guessed: by it a notification that comes to our own address finds its code. */
  readonly callbackToken: string;
  readonly appId: string;
  readonly organization: string;
  readonly operator: string;
  readonly templateId: string;
  readonly flowName: string;
  readonly qrCodeName: string | null;
  readonly request: StoredRequest;
  /** {@link SealedMembers} as JSON, sealed; null where no person is named. */
  readonly sealed: string | null;
  /** Contracts of one generation, and its life in seconds, as the create asked for them. */
  readonly maxFlowNum: number;
  readonly lifeS: number;
  readonly externalId: string | null;
  readonly labels: readonly string[];
  readonly note: string | null;
  readonly policy: RenewalPolicy;
  readonly state: StoredState;
  readonly reason: Reason;
  /** Counts the changes that people see, for optimistic concurrency. */
  readonly version: number;
  /** The newest generation, alive or dead; null before the first. */
  readonly current: Generation | null;
  readonly generationsMade: number;
  /** Sum of `MaxFlowNum` over all generations: the contracts that can at most have been started. */
  readonly committed: number;
  /** When renewal is next to be considered. Unix seconds; null: not before a person changes something. */
  readonly dueAtS: number | null;
  /** When `code.expiring` is due, if no successor is there by then. Unix seconds. */
  readonly warnAtS: number | null;
  /** Put off until the organisation has quota again. */
  readonly held: boolean;
  /** A person asked for a successor now. */
  readonly renewRequested: boolean;
  /** Renewals that failed since the last success. */
  readonly failures: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** `superseded`: alive upstream until it expires, but a newer one is current. */
type GenerationState = 'live' | 'superseded' | 'expired' | 'exhausted' | 'cancelled';

export interface Generation {
  readonly codeId: string;
  readonly number: number;
  readonly qrCodeId: string;
  readonly urls: GenerationUrls;
  readonly maxFlowNum: number;
  /** Contracts that are known to have been started: the larger of the two counts below. */
  readonly used: number;
  /** Notifications that a contract was charged for, each counted once. */
  readonly costMessages: number;
  /** Contracts that were certainly started with it, as notifications name them. */
  readonly certainContracts: number;
  /** The highest share of `maxFlowNum` for which there was an event. Percent. */
  readonly toldPercent: number;
  /** Was there an event that it ends, with no successor in sight? */
  readonly toldExpiring: boolean;
  readonly state: GenerationState;
  readonly createdAtS: number;
  readonly expiresAtS: number;
}

/** What upstream gave to reach a generation, under upstream's names. Any of them may be missing in its answer. */
interface GenerationUrls {
  readonly QrCodeUrl?: string;
  readonly WeixinQrCodeUrl?: string;
  readonly AppSignUrl?: string;
  readonly HttpSignUrl?: string;
}

/**
 * Where a browser is led to: the signing page, or, where upstream gave none, a picture that can be scanned. Undefined
 * where upstream gave no address at all.
 */
export function browserLink({ HttpSignUrl, WeixinQrCodeUrl, QrCodeUrl }: GenerationUrls): string | undefined {
  const isAddress = (url: string | undefined) => url !== undefined && /^https?:\/\/[\x21-\x7e]+$/.test(url);
  return [HttpSignUrl, WeixinQrCodeUrl, QrCodeUrl].find(isAddress);
}

/** Can people still start a contract with it, as far as the register knows? */
export function isAlive(generation: Generation): boolean {
  return generation.state === 'live' || generation.state === 'superseded';
}

/** The words of the tenant: what `Agent` of every call for this code is made of. */
export interface Acting {
  readonly appId: string;
  readonly organization: string;
  readonly operator: string;
}

/** The `Agent` that a call of upstream carries. */
export function agentOf({ appId, organization, operator }: Acting) {
  return {
    AppId: appId,
    ProxyOrganizationOpenId: organization,
    ProxyOperator: { OpenId: operator },
  };
}

/** Who acts, if an `Agent` says it. */
export function actingOf({ AppId, ProxyOrganizationOpenId, ProxyOperator }: Agent): Acting | undefined {
  const operator = ProxyOperator?.OpenId;
  if (!ProxyOrganizationOpenId || !operator) return undefined;
  return { appId: AppId, organization: ProxyOrganizationOpenId, operator };
}
