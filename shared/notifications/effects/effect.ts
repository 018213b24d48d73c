import type { ReasonCode } from '../../codes/reasons.ts';
import type { Surroundings } from '../../world.ts';
import type { NotificationRoute } from '../notification.ts';
import type { Facts, NotificationTransaction, Settlement, Verdict } from '../ports.ts';
import type { MessageContent } from '../read-message.ts';

/** What an effect knows. */
export interface EffectContext {
  readonly tx: NotificationTransaction;
  readonly msgType: string;
  readonly route: NotificationRoute;
  readonly content: MessageContent;
  readonly facts: Facts;
  readonly surroundings: Surroundings;
}

/**
 * What follows from a type of message. It happens once for each message, in one transaction with storing it, and
 * whatever the order in which messages come, the same is true at the end.
 */
export interface Effect {
  /** What is written down when the message is stored, before its effect: in the usual case it stands. */
  readonly presumed: { readonly located: Verdict; readonly otherwise: Verdict };
  /** Does the message say nothing but that its code was used once? Then it may be stored and counted in one go. */
  isUseAlone?(content: MessageContent): boolean;
  apply(context: EffectContext): Promise<Settlement>;
}

export function applied(code: ReasonCode): Verdict {
  return { outcome: 'applied', reason: { code } };
}

/**
 * Nothing is known of what the message is about. A person may scan before the answer to the create is written down:
 * then the address that the message came to is one of ours, and its generation is still to come.
 */
export function unlocated({ route }: Pick<EffectContext, 'route'>, code: ReasonCode): Verdict {
  if (route.kind === 'code') return { outcome: 'pending', reason: { code: 'GenerationAwaited' } };
  return kept(code);
}

export function kept(code: ReasonCode): Verdict {
  return { outcome: 'kept', reason: { code } };
}
