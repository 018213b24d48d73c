/** How much a code was used, how sure that is, and what became of the contracts. */

import type { Code, Generation } from '../code.ts';
import { hasOwnCallback } from '../life/callback-url.ts';
import { type Reason, shownReason } from '../reasons.ts';
import type { CodeRecord, ContractCount } from './ports.ts';

/** Of the newest generation, in the vocabulary of the API. */
export function describedUse({ code, contracts }: Pick<CodeRecord, 'code' | 'contracts'>) {
  const { current } = code;
  const inferred = inferredOf(contracts, current?.number);
  return {
    Used: current?.used ?? 0,
    MaxFlowNum: current?.maxFlowNum ?? code.maxFlowNum,
    /** Messages that a contract was charged for, each once. */
    CostMessages: current?.costMessages ?? 0,
    /** Contracts whose ids are known and that were certainly started with this generation. */
    CertainContracts: current?.certainContracts ?? 0,
    /** Contracts that can have come from no other code, by what upstream posts. */
    InferredContracts: inferred,
    ...sureness(code, current, inferred),
  };
}

/** Contracts of all generations by their state in upstream's words, certain and inferred ones apart. */
export function describedContracts({ contracts }: Pick<CodeRecord, 'contracts'>) {
  return { Certain: byState(contracts, 'certain'), Inferred: byState(contracts, 'inferred') };
}

/** `Counted`: two counts say the same, or one is all there is. `AtLeast`: it may be more. `Unknown`: nothing was heard. */
function sureness(code: Code, current: Generation | null, inferred: number) {
  const [Sure, reason] = judged(code, current, inferred);
  return { Sure, Reason: shownReason(reason) };
}

type Sureness = 'Counted' | 'AtLeast' | 'Unknown';

function judged(code: Code, current: Generation | null, inferred: number): [Sureness, Reason] {
  const { used = 0, costMessages = 0, certainContracts = 0 } = current ?? {};
  if (inferred > used) return ['AtLeast', { code: 'UseMayBeMore', facts: { count: inferred } }];
  if (certainContracts > costMessages) return ['AtLeast', { code: 'UseByContracts' }];
  if (hasOwnCallback(code.request)) return ['AtLeast', { code: 'UseElsewhere' }];
  if (costMessages === 0) return ['Unknown', { code: 'UseUnheard' }];
  return ['Counted', { code: certainContracts === costMessages ? 'UseConfirmed' : 'UseByCost' }];
}

function inferredOf(contracts: readonly ContractCount[], generation: number | undefined): number {
  return contracts
    .filter((contract) => contract.link === 'inferred' && contract.generation === generation)
    .reduce((sum, { count }) => sum + count, 0);
}

function byState(contracts: readonly ContractCount[], link: ContractCount['link']): Record<string, number> {
  const states: Record<string, number> = {};
  for (const contract of contracts) {
    if (contract.link === link) states[contract.state] = (states[contract.state] ?? 0) + contract.count;
  }
  return states;
}
