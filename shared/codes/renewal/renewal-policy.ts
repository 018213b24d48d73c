import * as z from 'zod/mini';
import type { Problem } from '../../errors.ts';
import type { Text } from '../../text.ts';
import { longestLifeS, shortestLifeS } from './successor-life.ts';

/** When a code gets a successor, what it may hold, and when it is enough. */
export interface RenewalPolicy {
  readonly Enabled: boolean;
  /** Seconds before the end of a generation at which its successor is made, at most half of its life. */
  readonly LeadTimeS: number;
  /** Percent of `MaxFlowNum` at which the successor is made. */
  readonly ExhaustionPercent: number;
  /** Contracts of a successor; null: as many as the code was created with. */
  readonly MaxFlowNum: number | null;
  /** Life of a successor in seconds; null: that of the code's first generation. */
  readonly LifeS: number | null;
  /** Unix seconds: no successor is made then any more, and none lives longer. */
  readonly EndsOn: number | null;
  readonly MaxGenerations: number;
  /** Contracts of all generations together, started or not. */
  readonly TotalFlowBudget: number | null;
  /** Whether people may go on scanning what the successor replaces, until it expires. */
  readonly Predecessor: 'expire' | 'cancel';
}

/** What a careful operator would choose, where nothing is said. */
export const defaultPolicy: RenewalPolicy = {
  // A poster is not printed in order to die after seven days.
  Enabled: true,
  // A day is enough for a person to see that renewal fails, and to do something about it.
  LeadTimeS: 86_400,
  // The rest is for those who scan between the count and the successor: counting lags behind scanning.
  ExhaustionPercent: 90,
  MaxFlowNum: null,
  LifeS: null,
  EndsOn: null,
  // Two years of weekly codes: far from what is meant, near enough to end a mistake.
  MaxGenerations: 100,
  TotalFlowBudget: null,
  // Who has scanned and is still filling in must not be cut off.
  Predecessor: 'expire',
};

/** The largest number that the register keeps; upstream documents no bound of its own. */
export const mostContracts = 1_000_000_000;

const whole = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));
const orDefault = <T extends z.ZodMiniType>(schema: T) => z.optional(z.nullable(schema));

/** A policy as a person gives it: what is left out stays, null is the default. */
export const RenewalPolicyInput = z.strictObject({
  Enabled: orDefault(z.boolean()),
  LeadTimeS: orDefault(whole(60, longestLifeS)),
  ExhaustionPercent: orDefault(whole(1, 100)),
  MaxFlowNum: orDefault(whole(1, mostContracts)),
  LifeS: orDefault(whole(shortestLifeS, longestLifeS)),
  EndsOn: orDefault(whole(1, 253_402_300_799)),
  MaxGenerations: orDefault(whole(1, 10_000)),
  TotalFlowBudget: orDefault(whole(1, mostContracts)),
  Predecessor: orDefault(z.enum(['expire', 'cancel'])),
});
export type RenewalPolicyInput = z.infer<typeof RenewalPolicyInput>;

/** `input` laid over `policy`. */
export function applyPolicy(input: RenewalPolicyInput, policy: RenewalPolicy = defaultPolicy): RenewalPolicy {
  const names = Object.keys(defaultPolicy) as (keyof RenewalPolicy)[]; // the keys of a constant of that type
  const changed = names
    .filter((name) => input[name] !== undefined)
    .map((name) => [name, input[name] ?? defaultPolicy[name]]);
  return { ...policy, ...Object.fromEntries(changed) };
}

/**
 * What a schema cannot check: members that make no sense together, or now.
 *
 * @param firstMaxFlowNum contracts of the code's own first generation
 */
export function policyProblems(
  input: RenewalPolicyInput,
  policy: RenewalPolicy,
  firstMaxFlowNum: number,
  nowS: number,
): Problem[] {
  const problems: Problem[] = [];
  const { EndsOn, TotalFlowBudget } = policy;
  const flaw = (member: keyof RenewalPolicy, message: Text) =>
    problems.push({ path: `RenewalPolicy.${member}`, message });
  if (input.EndsOn && EndsOn !== null && EndsOn <= nowS)
    flaw('EndsOn', { zh: '已过去', en: 'is in the past' });
  if (TotalFlowBudget !== null && TotalFlowBudget < firstMaxFlowNum) {
    flaw('TotalFlowBudget', {
      zh: `少于第一代的 ${firstMaxFlowNum} 份合同`,
      en: `is less than the ${firstMaxFlowNum} contracts of the first generation`,
    });
  }
  return problems;
}
