/** Writing what a message says of a contract and of the use of a generation. */

import { contractEvent, origin } from '../../codes/events.ts';
import { counted, followCount, isQuiet } from '../../codes/quota/count-use.ts';
import { type Contract, eventsBetween, nextState } from '../contract.ts';
import type { Facts, Located } from '../ports.ts';
import type { EffectContext } from './effect.ts';

export interface News {
  /** Locked; undefined: the contract is linked to its code by inference, and nothing is counted. */
  readonly located: Located | undefined;
  readonly costMessages: 0 | 1;
  /** As it will be; undefined: the message names none. */
  readonly contract: Contract | undefined;
  /** Of the code of the contract. */
  readonly externalId: string | null;
}

/**
 * One statement where no threshold is passed, which is the usual case.
 *
 * @returns the code whose successor is due by it, if one is
 */
export async function writeProgress(
  { tx, facts, content, surroundings }: EffectContext,
  news: News,
): Promise<{ madeDue?: string }> {
  const { located, costMessages, contract, externalId } = news;
  const isNewlyCertain = contract?.link === 'certain' && facts.contract?.link !== 'certain';
  const added = { costMessages, certainContracts: isNewlyCertain ? 1 : 0 } as const;
  const counts = located && counted(located.counts, added, located.maxFlowNum);
  const isTold = contract !== undefined && contract.isForgotten !== true;
  const types = isTold ? eventsBetween(facts.contract?.state ?? null, contract.state) : [];
  await tx.saveProgress({
    count: located &&
      counts && {
        codeId: located.codeId,
        generation: located.generation,
        counts,
        atS: content.occurrence.atS,
      },
    contract: contract && { after: contract, isNew: facts.contract === undefined },
    events: contract
      ? types.map((type) => contractEvent(type, { ...contract, externalId }, origin(surroundings)))
      : [],
  });
  if (!located || !counts || isQuiet(located.counts, counts, located)) return {};
  const isDue = await followCount(tx, located, located.counts, surroundings);
  return isDue ? { madeDue: located.codeId } : {};
}

/** What one message says of the state of a contract. */
export interface ToldState {
  readonly state: Contract['state'];
  readonly atS: number;
  /** Left out: the message says nothing of it. */
  readonly deadlineS?: number | null;
}

/** The contract after a message; the order of messages leaves no trace. */
export function after(before: Contract, { state, atS, deadlineS }: ToldState): Contract {
  const next = nextState(before.state, state);
  const isSame = next === before.state && state === before.state;
  const stateAtS = next !== before.state ? atS : isSame ? Math.min(before.stateAtS, atS) : before.stateAtS;
  const startedAtS = Math.min(before.startedAtS, atS);
  return {
    ...before,
    state: next,
    stateAtS,
    startedAtS,
    deadlineS: later(before.deadlineS, deadlineS ?? null),
  };
}

/** A deadline can be put off: of two that were told the later one holds, in whatever order they come. */
function later(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

/** A contract of which nothing was known, together with what was heard of it before it was known to be ours. */
export function begun(contract: Contract, { heard }: Pick<Facts, 'heard'>): Contract {
  return heard.reduce(after, contract);
}
