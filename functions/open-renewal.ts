/** Renewals outside of the timer's run, for the functions that people wait for. */
import type { Claim } from '../shared/codes/renewal/ports.ts';
import { type RenewalDeadlines, renewCode } from '../shared/codes/renewal/renew-code.ts';
import { setBack } from '../shared/codes/renewal/set-back.ts';
import { type Config, callbackBaseUrl, type callbackUrlVariables } from '../shared/runtime/config.ts';
import type { Log } from '../shared/runtime/log/log.ts';
import { createSeal } from '../shared/runtime/seal.ts';
import { renewalWrites } from '../shared/store/register/register-transactions.ts';
import type { upstreamVariables } from '../shared/upstream/upstream-variables.ts';
import type { Basis } from './basis.ts';
import { noticing, openUpstream } from './open-upstream.ts';

export type RenewalVariable =
  | 'REGISTER_KEYS'
  | (typeof callbackUrlVariables)[number]
  | (typeof upstreamVariables)[number];

/** @param actor who renews, for the audit trail */
export function openRenewal(
  config: Config<RenewalVariable>,
  { db, surroundings, thawed }: Basis,
  { actor, log }: { actor: string; log: Pick<Log, 'info' | 'warn'> },
) {
  const ports = {
    register: renewalWrites(db),
    // People stand in front of the poster, as with any other interactive call.
    upstream: noticing(openUpstream(config, { db, thawed }, 'interactive'), log),
    seal: createSeal(config.REGISTER_KEYS),
    surroundings,
    actor,
    callbackBaseUrl: callbackBaseUrl(config),
  };

  /** @throws what kept the answer from being written down: then the journal knows, as far as it can be reached */
  return async (claim: Claim, deadlines: RenewalDeadlines) => {
    try {
      return await renewCode(ports, claim, deadlines);
    } catch (error) {
      await setBack(ports, claim.lease, error);
      throw error;
    }
  };
}
