import { type Code, isAlive } from '../code.ts';
import type { Reason } from '../reasons.ts';
import { leadS } from './expiring.ts';
import { longestLifeS, shortestLifeS } from './successor-life.ts';

export type RenewalCause = 'asked' | 'ended' | 'exhaustion' | 'expiry';

/** What decides about the renewal of a code. */
export type RenewalFacts = Pick<
  Code,
  'state' | 'policy' | 'current' | 'renewRequested' | 'maxFlowNum' | 'lifeS' | 'generationsMade' | 'committed'
>;

/** What a successor is to hold and how long it may live. */
export interface Successor {
  maxFlowNum: number;
  expiresAtS: number;
}

export type RenewalDecision =
  | { kind: 'renew'; cause: RenewalCause; successor: Successor }
  | { kind: 'wait'; untilS: number }
  /** There is no renewal before a person changes something. Undefined where the state says why. */
  | { kind: 'stop'; reason: Reason | undefined };

/**
 * Does a code get its successor now, later or never? Rules 2 and 3 of the design, without a look at the quota of the
 * organisation: that is not the code's own.
 */
export function decideRenewal(code: RenewalFacts, nowS: number): RenewalDecision {
  if (!canRenew(code)) return { kind: 'stop', reason: undefined };
  const { policy, current } = code;
  if (!policy.Enabled && !code.renewRequested) return stop({ code: 'RenewalOff' });
  const successor = successorOf(code, nowS);
  if ('code' in successor) return stop(successor);
  const renew = (cause: RenewalCause): RenewalDecision => ({ kind: 'renew', cause, successor });

  if (code.renewRequested) return renew('asked');
  if (current === null || current.state !== 'live' || current.expiresAtS <= nowS) return renew('ended');
  if (current.used * 100 >= current.maxFlowNum * policy.ExhaustionPercent) return renew('exhaustion');
  // A successor that ends when its predecessor does would add contracts, but no time.
  if (policy.EndsOn !== null && policy.EndsOn <= current.expiresAtS) return stop(endReached(policy.EndsOn));
  const dueAtS = leadS(current, policy.LeadTimeS);
  return dueAtS <= nowS ? renew('expiry') : { kind: 'wait', untilS: dueAtS };
}

/** When the timer has to look at the code next. Unix seconds; null: not before a person changes something. */
export function nextDueS(code: RenewalFacts, nowS: number): number | null {
  const decision = decideRenewal(code, nowS);
  if (decision.kind === 'stop') return null;
  return decision.kind === 'wait' ? decision.untilS : nowS;
}

function canRenew({ state, renewRequested }: RenewalFacts): boolean {
  switch (state) {
    case 'Active':
    case 'Exhausted':
    case 'Expired':
      return true;
    case 'Failed':
    case 'OutcomeUnknown':
      return renewRequested;
    case 'Creating':
    case 'Paused':
    case 'Cancelled':
      return false;
  }
}

/** What the successor gets, or why there is none. */
function successorOf({ policy, ...code }: RenewalFacts, nowS: number): Successor | Reason {
  const lifeS = Math.min(policy.LifeS ?? code.lifeS, longestLifeS);
  const expiresAtS = Math.min(nowS + lifeS, policy.EndsOn ?? Number.POSITIVE_INFINITY);
  if (policy.EndsOn !== null && policy.EndsOn < nowS + shortestLifeS) return endReached(policy.EndsOn);
  if (code.generationsMade >= policy.MaxGenerations) {
    return { code: 'MaxGenerationsReached', facts: { max: policy.MaxGenerations } };
  }
  const budget = policy.TotalFlowBudget;
  const left = budget === null ? Number.POSITIVE_INFINITY : budget - code.committed;
  if (budget !== null && left < 1) return { code: 'BudgetSpent', facts: { max: budget } };
  return { maxFlowNum: Math.min(policy.MaxFlowNum ?? code.maxFlowNum, left), expiresAtS };
}

function endReached(endsOnS: number): Reason {
  return { code: 'EndReached', facts: { until: endsOnS } };
}

function stop(reason: Reason): RenewalDecision {
  return { kind: 'stop', reason };
}

/** Is there a generation that people can scan? */
export function isUsable({ current }: Pick<Code, 'current'>, nowS: number): boolean {
  return current !== null && isAlive(current) && current.expiresAtS > nowS;
}
