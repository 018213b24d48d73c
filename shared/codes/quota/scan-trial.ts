/**
 * Whether a person is led to a code whose organisation has no quota, as far as the register knows. Upstream alone knows
 * better, and only a create or a scan finds out; where no code is due nothing is created, so that it is left to scans.
 */
import type { Organization } from './organization.ts';

const shortestPauseS = 60;
const longestPauseS = 600;

/** Since when quota is lacking, and when that was last seen. */
export type QuotaLack = Pick<Organization, 'sinceS' | 'failedAtS'>;

/**
 * People are spared a scan that fails for a quarter of the age of the lack after its last failure, for a minute at least
 * and for ten at most. Then they go on: where quota is back the first contract that is started proves it, and where it is
 * not the failure of the first scan turns the others away again.
 */
export function mayTryScan({ sinceS, failedAtS }: QuotaLack, nowS: number): boolean {
  const pauseS = Math.min(Math.max((nowS - sinceS) / 4, shortestPauseS), longestPauseS);
  return nowS - (failedAtS ?? sinceS) >= pauseS;
}
