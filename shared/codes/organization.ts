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
}

const shortestProbePauseS = 60;
const longestProbePauseS = 6 * 3600;

/** Quota comes back when somebody buys it: soon if they are at it, else in days. Seconds until the next question. */
export function probePauseS(failures: number): number {
  return Math.min(shortestProbePauseS * 2 ** Math.min(failures, 20), longestProbePauseS);
}

/**
 * Upstream has just refused a code for lack of quota. Only a refused probe makes the pause longer: what was on its way
 * together with the first refusal says nothing new.
 */
export function blocked(
  before: Organization | undefined,
  tenant: Pick<Organization, 'appId' | 'organization'>,
  nowS: number,
  isProbe: boolean,
): Organization {
  const again = before?.quotaState === 'blocked';
  if (again && !isProbe) return before;
  const probeFailures = again ? before.probeFailures + 1 : 0;
  return {
    appId: tenant.appId,
    organization: tenant.organization,
    quotaState: 'blocked',
    sinceS: again ? before.sinceS : nowS,
    reason: { code: 'QuotaBlocked' },
    probeAtS: nowS + probePauseS(probeFailures),
    probeFailures,
  };
}

/** Upstream has just made a code again. */
export function unblocked(before: Organization, nowS: number): Organization {
  return {
    ...before,
    quotaState: 'ok',
    sinceS: nowS,
    reason: { code: 'QuotaRestored' },
    probeAtS: null,
    probeFailures: 0,
  };
}
