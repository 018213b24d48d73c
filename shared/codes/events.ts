import type { Acting, Code, Generation } from './code.ts';

/** What qianma tells its users' systems about codes and about the quota of organisations. */
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

interface Origin {
  eventId: string;
  occurredAtS: number;
}

/** An event about a code as it is now. */
export function codeEvent(
  type: EventType,
  code: Code,
  origin: Origin,
  generation: Generation | null = code.current,
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
      State: code.state,
      Generation: generation?.number ?? null,
      QrCodeId: generation?.qrCodeId ?? null,
      ExpiredTime: generation?.expiresAtS ?? null,
      Reason: code.reason.code,
    },
  };
}

/** An event about the quota of an organisation. */
export function quotaEvent(
  type: 'quota.exhausted' | 'quota.restored',
  { appId, organization }: Pick<Acting, 'appId' | 'organization'>,
  origin: Origin,
): CodeEvent {
  return { ...origin, type, codeId: null, appId, organization, data: { OrganizationOpenId: organization } };
}
