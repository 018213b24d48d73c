import { Failure, mayHaveHadEffect, QianmaError, TransportError, UpstreamError } from '../../errors.ts';

/** Why a call of upstream failed, and what that says about the next one. */
export interface CallFailure {
  /**
   * `refused`: upstream answered. `never-sent`: nothing had an effect. `unknown`: it was sent, and its effect is not known.
   */
  outcome: 'refused' | 'never-sent' | 'unknown';
  kind: FailureKind;
  /** May it have had its effect all the same? An internal error of upstream says nothing about that. */
  mayHaveEffect: boolean;
  /** Upstream's code, or ours. */
  errorCode: string;
  upstreamRequestId: string | null;
  /** Of the QR code that was made all the same, where an answer that cannot be read names it. */
  qrCodeId: string | null;
  error: unknown;
}

/**
 * `quota`: the organisation has no contracts left. `paced`: too many calls, or too little time: the next run may.
 * `passing`: worth a retry. `deployment`: wrong whatever the code is. `permanent`: wrong for this very code.
 */
type FailureKind = 'quota' | 'paced' | 'passing' | 'deployment' | 'permanent';

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

/** Does a refusal leave open whether it is for the code, for its organisation, or for all? */
export function saysNothing(errorCode: string): boolean {
  return sayNothing.includes(errorCode);
}

/** @param sent has the journal noted that the request was sent? */
export function callFailure(error: unknown, sent: boolean): CallFailure {
  if (error instanceof UpstreamError) {
    const upstreamRequestId = error.upstreamRequestId ?? null;
    const kind = kindOfRefusal(error);
    const mayHaveEffect = mayHaveHadEffect(error);
    const facts = { errorCode: error.code, upstreamRequestId, qrCodeId: null, error };
    return { outcome: 'refused', kind, mayHaveEffect, ...facts };
  }
  // Of a create: something in front of upstream turned it away, or `read-answer.ts` would have called the outcome
  // unknown. Of a cancel it may also be a failing server, and a cancel that is sent again does no harm.
  if (error instanceof TransportError && error.code === 'UpstreamHttpStatus') {
    const refused = {
      outcome: 'refused',
      kind: 'passing',
      mayHaveEffect: false,
      qrCodeId: null,
    } as const;
    const upstreamRequestId = error.upstreamRequestId ?? null;
    return { ...refused, errorCode: error.code, upstreamRequestId, error };
  }
  const known = error instanceof QianmaError ? error : undefined;
  const made = known?.members['QrCodeId'];
  const facts = {
    errorCode: known?.code ?? 'InternalFailure',
    upstreamRequestId: known?.upstreamRequestId ?? null,
    qrCodeId: typeof made === 'string' ? made : null,
    error,
  };
  const harmless =
    error instanceof Failure || (error instanceof TransportError && error.stage === 'before-send');
  const outcome = !sent || harmless ? 'never-sent' : 'unknown';
  const mayHaveEffect = outcome === 'unknown';
  return { outcome, kind: kindOfTrouble(error), mayHaveEffect, ...facts };
}

function kindOfRefusal({ code, retryable }: UpstreamError): FailureKind {
  if (code === 'OperationDenied.NoQuota') return 'quota';
  if (/^RequestLimitExceeded(\.|$)/.test(code)) return 'paced';
  if (deploymentCodes.includes(code.split('.')[0] ?? '')) return 'deployment';
  return retryable || saysNothing(code) ? 'passing' : 'permanent';
}

function kindOfTrouble(error: unknown): FailureKind {
  // An answer whose members are named as wrong came as a whole, and the next one will be like it. Where that leaves
  // open what was made, sending again would only make another whose id is not known.
  if (error instanceof TransportError) return error.problems.length > 0 ? 'permanent' : 'passing';
  if (!(error instanceof Failure)) return 'deployment';
  if (error.code === 'RateLimited' || error.code === 'DeadlineExceeded') return 'paced';
  return error.retryable ? 'passing' : 'deployment';
}
