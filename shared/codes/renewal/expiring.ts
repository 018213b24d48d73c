import type { Surroundings } from '../../world.ts';
import { type Code, type Generation, isAlive } from '../code.ts';
import { type CodeEvent, codeEvent, origin } from '../events.ts';

/**
 * When the successor of a generation is made, unless its contracts run out before: a lead before its end, at most
 * half of its life. Unix seconds.
 */
export function leadS({ expiresAtS, createdAtS }: Generation, leadTimeS: number): number {
  return Math.floor(expiresAtS - Math.min(leadTimeS, (expiresAtS - createdAtS) / 2));
}

/**
 * When our users are to hear that the code is about to end, if no successor is there by then: once per generation.
 * Null: there is nothing that they could miss, or they know.
 */
export function warnAtS({
  state,
  current,
  policy,
}: Pick<Code, 'state' | 'current' | 'policy'>): number | null {
  if (current === null || current.toldExpiring || !isAlive(current)) return null;
  return state === 'Active' || state === 'Failed' ? leadS(current, policy.LeadTimeS) : null;
}

/** A code that is about to end has no successor, and why. */
export function expiringEvent(code: Code, surroundings: Surroundings): CodeEvent {
  return codeEvent('code.expiring', code, origin(surroundings), code.current, { Reason: whyAlone(code) });
}

function whyAlone({ failures, state, reason, dueAtS, policy }: Code): string {
  if (failures > 0 || state !== 'Active') return reason.code;
  if (dueAtS !== null) return 'QuotaBlocked';
  return policy.Enabled ? 'NoSuccessor' : 'RenewalOff';
}
