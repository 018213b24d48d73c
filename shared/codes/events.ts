import { type Surroundings, seconds } from '../world.ts';
import type { Code, Generation } from './code.ts';
import type { Organization } from './quota/organization.ts';

/** The events about codes, contracts and the quota of organisations. */
export type EventType =
  | 'code.created'
  | 'code.outcome_unknown'
  | 'code.renewed'
  | 'code.renewal_failed'
  /** Once per generation: it ends soon, and no successor is in sight. */
  | 'code.expiring'
  /** Once per generation and `Percent`: 50, 80, 100. */
  | 'code.usage_threshold'
  | 'code.exhausted'
  | 'code.expired'
  | 'code.paused'
  | 'code.resumed'
  | 'code.cancelled'
  | 'code.template_unusable'
  | 'code.template_usable'
  /** Once per block, however many scans fail of it. */
  | 'quota.exhausted'
  | 'quota.restored'
  | 'contract.started'
  | 'contract.completed'
  /** Ended without effect: `Status` says how. */
  | 'contract.ended';

export interface CodeEvent {
  readonly eventId: string;
  readonly type: EventType;
  /** Null for what concerns an organisation as a whole. */
  readonly codeId: string | null;
  readonly appId: string;
  readonly organization: string;
  /** In the vocabulary of the API. Never personal data. */
  readonly data: Readonly<Record<string, string | number | null>>;
  readonly occurredAtS: number;
}

/** What every event begins with. */
interface Origin {
  eventId: string;
  occurredAtS: number;
}

export function origin({ ids, nowMs }: Surroundings): Origin {
  return { eventId: ids.id(), occurredAtS: seconds(nowMs()) };
}

/** An event about a code as it is now. `more`: members of this type alone. */
export function codeEvent(
  type: EventType,
  code: Code,
  origin: Origin,
  generation: Generation | null = code.current,
  more: CodeEvent['data'] = {},
): CodeEvent {
  return {
    ...origin,
    type,
    codeId: code.codeId,
    appId: code.appId,
    organization: code.organization,
    data: {
      CodeId: code.codeId,
      ExternalId: code.externalId,
      QrCodeName: code.qrCodeName,
      State: code.state,
      Generation: generation?.number ?? null,
      QrCodeId: generation?.qrCodeId ?? null,
      ExpiredTime: generation?.expiresAtS ?? null,
      Reason: code.reason.code,
      ...more,
    },
  };
}

/** An event about a contract that was started with one of our codes. It leaves the name out, which may hold a person's. */
export function contractEvent(
  type: 'contract.started' | 'contract.completed' | 'contract.ended',
  contract: ContractFacts,
  origin: Origin,
): CodeEvent {
  const { flowId, codeId, appId, organization, generation, link, state } = contract;
  return {
    ...origin,
    type,
    codeId,
    appId,
    organization,
    data: {
      CodeId: codeId,
      ExternalId: contract.externalId,
      Generation: generation,
      FlowId: flowId,
      Status: state,
      Link: link === 'certain' ? 'Certain' : 'Inferred',
      HappenedOn: contract.stateAtS,
    },
  };
}

/** What an event says of a contract. */
export interface ContractFacts {
  readonly flowId: string;
  readonly codeId: string;
  readonly externalId: string | null;
  readonly appId: string;
  readonly organization: string;
  readonly generation: number;
  /** `inferred`: upstream does not say which QR code it came from; everything that it says fits this one alone. */
  readonly link: 'certain' | 'inferred';
  /** In upstream's words: `INIT`, `PART`, `ALL`, … */
  readonly state: string;
  /** When the contract came into its state, by the time of the message. Unix seconds. */
  readonly stateAtS: number;
}

/** An event about the quota of an organisation. */
export function quotaEvent(
  type: 'quota.exhausted' | 'quota.restored',
  { appId, organization, reason }: Pick<Organization, 'appId' | 'organization' | 'reason'>,
  origin: Origin,
): CodeEvent {
  // Of the reason the code alone: its facts may be upstream's own words.
  const data = { OrganizationOpenId: organization, Reason: reason.code };
  return { ...origin, type, codeId: null, appId, organization, data };
}
