import type { RenewAtOncePorts } from '../shared/codes/renewal/renew-at-once.ts';
import { QianmaError } from '../shared/errors.ts';
import { type Config, callbackUrlVariables } from '../shared/runtime/config.ts';
import type { Event } from '../shared/runtime/event.ts';
import { upstreamVariables } from '../shared/upstream/upstream-variables.ts';
import { defined } from '../shared/world.ts';
import type { Basis } from './basis.ts';
import type { RenewalVariable } from './open-renewal.ts';

/** Variables of the environment that a renewal takes. */
export const renewalVariables = ['REGISTER_KEYS', ...callbackUrlVariables, ...upstreamVariables] as const;

/**
 * Renews on behalf of an event, whose line says what became of it. What it takes is loaded by the few events that need
 * it: the others answer sooner without it.
 *
 * @param actor who renews, for the audit trail
 */
export function renewWhenDue(
  config: Config<RenewalVariable>,
  basis: Basis,
  actor: string,
): (event: Pick<Event, 'log' | 'facts'>) => RenewAtOncePorts['renew'] {
  return ({ log, facts }) =>
    async (claim, deadlines) => {
      const { codeId } = claim.lease;
      facts.codeId = codeId;
      const warn = (error: unknown) => {
        const upstreamRequestId = error instanceof QianmaError ? error.upstreamRequestId : undefined;
        log.warn('a successor was not made', { codeId, ...defined({ upstreamRequestId }) }, error);
      };
      try {
        const { openRenewal } = await import('./open-renewal.ts');
        const result = await openRenewal(config, basis, { actor, log })(claim, deadlines);
        facts.renewal = result.kind;
        if ('failure' in result) warn(result.failure.error);
      } catch (error) {
        // The journal has what became of it, and the timer comes next: whoever waits gets what there is.
        facts.renewal = 'broken';
        warn(error);
      }
    };
}
