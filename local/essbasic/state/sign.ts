import { type Contract, type ContractState, isOpen, type PartyState } from './contract.ts';

/** What can be done to a contract, in the words of the control plane. */
const contractActs = {
  /** The next party signs. */
  sign: { operate: 'sign', state: undefined, own: 'ACCEPT', others: undefined },
  reject: { operate: 'reject', state: 'REJECT', own: 'REJECT', others: 'STOP' },
  expire: { operate: 'deadline', state: 'DEADLINE', own: 'DEADLINE', others: 'DEADLINE' },
  cancel: { operate: 'cancel', state: 'CANCEL', own: 'CANCEL', others: 'CANCEL' },
  invalidate: { operate: 'invalid', state: 'INVALID', own: 'STOP', others: 'STOP' },
  /** The one thing that can happen to a contract after all have signed. */
  relieve: { operate: 'relieve', state: 'RELIEVED', own: 'RELIEVED', others: 'RELIEVED' },
} as const satisfies Record<string, ActRule>;

interface ActRule {
  /** `Operate` of the notification; those of `invalidate` and `relieve` are in no document. */
  operate: string;
  /** What the contract becomes; a signature decides that by itself. */
  state: ContractState | undefined;
  /** What becomes of the party whose turn it is, and of the others that have not decided. */
  own: PartyState;
  others: PartyState | undefined;
}

export type ContractAct = keyof typeof contractActs;

export const contractActNames = Object.keys(contractActs) as ContractAct[]; // its own keys

/** One message about a contract: `Operate`, and the party that acted where one did. */
export interface FlowNews {
  operate: string;
  RecipientId: string;
}

/**
 * Does something to a contract.
 *
 * @returns the messages about it, in order: a last signature has two, `sign` and `finish`; undefined
 * where the state does not allow it.
 */
export function actOnContract(contract: Contract, act: ContractAct, atS: number): FlowNews[] | undefined {
  const allowed = act === 'relieve' ? contract.state === 'ALL' : isOpen(contract);
  if (!allowed) return undefined;
  const { operate, state, own, others } = contractActs[act];
  const undecided = contract.parties.filter((party) => act === 'relieve' || party.state === 'PENDING');
  const [first, ...rest] = undecided;
  const decide = (party: Contract['parties'][number], to: PartyState) => {
    party.state = to;
    party.decidedAtS = atS;
  };
  if (first !== undefined) decide(first, own);
  if (others !== undefined) for (const party of rest) decide(party, others);
  contract.updatedAtS = Math.max(atS, contract.updatedAtS);
  contract.state = state ?? (rest.length === 0 ? 'ALL' : 'PART');

  const actor = act === 'sign' || act === 'reject' ? (first?.RecipientId ?? '') : '';
  const news = [{ operate, RecipientId: actor }];
  return contract.state === 'ALL' ? [...news, { operate: 'finish', RecipientId: '' }] : news;
}
