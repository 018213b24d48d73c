import { grownPauseS } from '../../world.ts';
import type { Reason } from '../reasons.ts';

/** Whether an organisation has contracts left to spend, by upstream's answers. */
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
  /** When quota was last lacking, and when it was last there, by the times of the messages. Unix seconds. */
  readonly failedAtS: number | null;
  readonly provenAtS: number | null;
}

const shortestProbePauseS = 60;
const longestProbePauseS = 6 * 3600;

/** Quota comes back when a person buys it: in minutes, or in days. Seconds until the next question. */
export function probePauseS(failures: number): number {
  return grownPauseS(failures, shortestProbePauseS, longestProbePauseS);
}

/** That there was no quota: a refused create, or a scan that failed. */
export interface QuotaFailure {
  /** When it happened, by the time of its source. Unix seconds. */
  readonly atS: number;
  /** Its message does not say when it happened: `atS` is when it came, at the latest. */
  readonly isUntimed?: boolean;
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
  // What upstream said of a scan says more than that it refused a probe.
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

/** For so long after the end of a block, a failure that does not say when it was may be one of that block. Seconds. */
const stragglersS = 1_800;

/**
 * May a failure belong to the last block, which has been told and is over? If quota is lacking again, those who go on
 * scanning say so later as well.
 */
export function mayBeStraggler(
  { quotaState, failedAtS, sinceS }: Organization,
  { atS, isUntimed = false }: QuotaFailure,
): boolean {
  return isUntimed && quotaState === 'ok' && failedAtS !== null && atS - stragglersS <= sinceS;
}

/** A sign of quota that may be an old one: upstream is asked now, and not at the end of the pause. */
export function hinted(before: Organization, nowS: number): Organization {
  return before.probeAtS === null || before.probeAtS <= nowS ? before : { ...before, probeAtS: nowS };
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
