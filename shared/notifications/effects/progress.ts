/** Writing what a message tells of a contract and of the use of a generation. */
import { counted, followCount, isQuiet } from '../../codes/count-use.ts';
import { contractEvent, origin } from '../../codes/events.ts';
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

/** One statement where no threshold is passed, which is the usual case. */
export async function writeProgress({ tx, facts, surroundings }: EffectContext, news: News): Promise<void> {
  const { located, costMessages, contract, externalId } = news;
  const isNewlyCertain = contract?.link === 'certain' && facts.contract?.link !== 'certain';
  const added = { costMessages, certainContracts: isNewlyCertain ? 1 : 0 } as const;
  const counts = located && counted(located.counts, added, located.maxFlowNum);
  const types = contract ? eventsBetween(facts.contract?.state ?? null, contract.state) : [];
  await tx.saveProgress({
    count: located && counts && { codeId: located.codeId, generation: located.generation, counts },
    contract: contract && { after: contract, isNew: facts.contract === undefined },
    events: contract
      ? types.map((type) => contractEvent(type, { ...contract, externalId }, origin(surroundings)))
      : [],
  });
  if (located && counts && !isQuiet(located.counts, counts, located)) {
    await followCount(tx, located, located.counts, surroundings);
  }
}

/** What one message tells of the state of a contract. */
export interface ToldState {
  readonly state: Contract['state'];
  readonly atS: number;
}

/** The contract after a message; the order of messages leaves no trace. */
export function after(before: Contract, { state, atS }: ToldState): Contract {
  const next = nextState(before.state, state);
  const isSame = next === before.state && state === before.state;
  const stateAtS = next !== before.state ? atS : isSame ? Math.min(before.stateAtS, atS) : before.stateAtS;
  return { ...before, state: next, stateAtS, startedAtS: Math.min(before.startedAtS, atS) };
}

/** A contract of which nothing was known, together with what was heard of it before it was known to be ours. */
export function begun(contract: Contract, { heard }: Pick<Facts, 'heard'>): Contract {
  return heard.reduce(after, contract);
}
