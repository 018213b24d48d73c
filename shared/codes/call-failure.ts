import { Failure, QianmaError, TransportError, UpstreamError } from '../errors.ts';

/** Why a call of upstream failed, and what that says about the next one. */
export interface CallFailure {
  /**
   * `refused`: upstream answered. `never-sent`: nothing had an effect. `unknown`: it was sent, and nobody knows.
   */
  outcome: 'refused' | 'never-sent' | 'unknown';
  kind: FailureKind;
  /** May it have had its effect all the same? An internal error of upstream says nothing about that. */
  mayHaveEffect: boolean;
  /** Upstream's code, or ours. */
  errorCode: string;
  upstreamRequestId: string | null;
  error: unknown;
}

/**
 * `quota`: the organisation has no contracts left. `paced`: too many calls, or too little time: the next run may.
 * `passing`: worth a retry. `deployment`: wrong whatever the code is. `permanent`: wrong for this very code.
 */
export type FailureKind = 'quota' | 'paced' | 'passing' | 'deployment' | 'permanent';

/**
 * Refusals that say nothing about the code they were given for: a wrong key or a blocked address must not make ten
 * thousand codes `Failed`.
 */
const deploymentCodes = [
  'ActionOffline',
  'AuthFailure',
  'InvalidAction',
  'InvalidRequest',
  'IpInBlacklist',
  'IpNotInWhitelist',
  'NoSuchProduct',
  'NoSuchVersion',
  'UnsupportedOperation',
  'UnsupportedProtocol',
  'UnsupportedRegion',
];

/** Says as little as "the operation failed": assumed to pass, since being wrong about that costs a call an hour. */
const sayNothing = ['FailedOperation', 'UnauthorizedOperation', 'LimitExceeded'];

/** @param sent has the journal noted that the request was sent? */
export function callFailure(error: unknown, sent: boolean): CallFailure {
  if (error instanceof UpstreamError) {
    const upstreamRequestId = error.upstreamRequestId ?? null;
    const kind = kindOfRefusal(error);
    const mayHaveEffect = /^InternalError(\.|$)/.test(error.code);
    return { outcome: 'refused', kind, mayHaveEffect, errorCode: error.code, upstreamRequestId, error };
  }
  // Of a create: something in front of upstream turned it away, or `read-answer.ts` would have called the outcome
  // unknown. Of a cancel it may also be a failing server, and a cancel that is sent again does no harm.
  if (error instanceof TransportError && error.code === 'UpstreamHttpStatus') {
    const refused = {
      outcome: 'refused',
      kind: 'passing',
      mayHaveEffect: false,
      upstreamRequestId: null,
    } as const;
    return { ...refused, errorCode: error.code, error };
  }
  const known = error instanceof QianmaError;
  const errorCode = known ? error.code : 'InternalFailure';
  const harmless =
    error instanceof Failure || (error instanceof TransportError && error.stage === 'before-send');
  const outcome = !sent || harmless ? 'never-sent' : 'unknown';
  const mayHaveEffect = outcome === 'unknown';
  return { outcome, kind: kindOfTrouble(error), mayHaveEffect, errorCode, upstreamRequestId: null, error };
}

function kindOfRefusal({ code, retryable }: UpstreamError): FailureKind {
  if (code === 'OperationDenied.NoQuota') return 'quota';
  if (/^RequestLimitExceeded(\.|$)/.test(code)) return 'paced';
  if (deploymentCodes.includes(code.split('.')[0] ?? '')) return 'deployment';
  return retryable || sayNothing.includes(code) ? 'passing' : 'permanent';
}

function kindOfTrouble(error: unknown): FailureKind {
  if (error instanceof TransportError) return 'passing';
  if (!(error instanceof Failure)) return 'deployment';
  if (error.code === 'RateLimited' || error.code === 'DeadlineExceeded') return 'paced';
  return error.retryable ? 'passing' : 'deployment';
}
