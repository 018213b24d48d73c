import type { Reason } from './reasons.ts';

/** Whether an organisation has contracts left to spend, as far as upstream's answers tell. */
export interface Organization {
  readonly appId: string;
  readonly organization: string;
  readonly quotaState: 'ok' | 'blocked';
  /** Of the present quota state. Unix seconds. */
  readonly sinceS: number;
  readonly reason: Reason;
  /** When upstream is next asked whether there is quota again. Unix seconds; null while there is. */
  readonly probeAtS: number | null;
  readonly probeFailures: number;
  /** When quota was last lacking, and when it was last there, by those who tell it. Unix seconds. */
  readonly failedAtS: number | null;
  readonly provenAtS: number | null;
}

const shortestProbePauseS = 60;
const longestProbePauseS = 6 * 3600;

/** Quota comes back when somebody buys it: soon if they are at it, else in days. Seconds until the next question. */
export function probePauseS(failures: number): number {
  return Math.min(shortestProbePauseS * 2 ** Math.min(failures, 20), longestProbePauseS);
}

/** That there was no quota: a refused create, or a scan that failed. */
export interface QuotaFailure {
  /** When it happened, by whoever tells it. Unix seconds. */
  readonly atS: number;
  readonly reason: Reason;
  /** A create that was sent to find out. */
  readonly isProbe?: boolean;
}

/**
 * The organisation after a failure for lack of quota. News travel out of order: what happened before quota was last
 * proved to be there changes nothing. Only a refused probe makes the pause longer: what was on its way together with
 * the first refusal says nothing new.
 */
export function blocked(before: Organization, failure: QuotaFailure, nowS: number): Organization {
  const { atS, reason, isProbe = false } = failure;
  if (before.provenAtS !== null && atS < before.provenAtS) return before;
  const again = before.quotaState === 'blocked';
  const isNews = before.failedAtS === null || atS > before.failedAtS;
  if (again && !isProbe && !isNews) return before;
  const failedAtS = isNews ? atS : before.failedAtS;
  // What upstream said of a scan tells more than that a probe was refused.
  const known = again && (isProbe || !isNews) ? before.reason : reason;
  if (again && !isProbe) return { ...before, failedAtS, reason: known };
  const probeFailures = again ? before.probeFailures + 1 : 0;
  return {
    ...before,
    quotaState: 'blocked',
    sinceS: again ? before.sinceS : nowS,
    reason: known,
    probeAtS: nowS + probePauseS(probeFailures),
    probeFailures,
    failedAtS,
  };
}

/** That there was quota. */
export interface QuotaProof {
  /** Unix seconds. */
  readonly atS: number;
  /** We saw it ourselves: a create was carried out. Otherwise a message says that a contract was charged for. */
  readonly isAnswer?: boolean;
}

/**
 * The organisation after a sign that there was quota. Messages have times in whole seconds: a failure of the same
 * second counts for more than what they prove.
 */
export function proven(
  before: Organization,
  { atS, isAnswer = false }: QuotaProof,
  nowS: number,
): Organization {
  const provenAtS = Math.max(atS, before.provenAtS ?? atS);
  const failedAtS = before.failedAtS ?? Number.NEGATIVE_INFINITY;
  const isLater = isAnswer ? atS >= failedAtS : atS > failedAtS;
  if (before.quotaState === 'ok' || !isLater) {
    return provenAtS === before.provenAtS ? before : { ...before, provenAtS };
  }
  return {
    ...before,
    quotaState: 'ok',
    sinceS: nowS,
    reason: { code: 'QuotaRestored' },
    probeAtS: null,
    probeFailures: 0,
    provenAtS,
  };
}
