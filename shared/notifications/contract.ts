/** The life of one contract that a scan has started, as notifications tell it. */

/** `FlowCallbackShowStatus` of the messages; `INIT` is also a contract that is still being filled in. */
export const contractStates = [
  'INIT',
  'PART',
  'ALL',
  'REJECT',
  'DEADLINE',
  'CANCEL',
  'INVALID',
  'RELIEVED',
] as const;
export type ContractState = (typeof contractStates)[number];

/** `inferred`: upstream does not say which QR code a contract came from; everything that it does say fits one code. */
export type ContractLink = 'certain' | 'inferred';

export interface Contract {
  readonly flowId: string;
  readonly appId: string;
  readonly organization: string;
  readonly codeId: string;
  readonly generation: number;
  readonly link: ContractLink;
  readonly state: ContractState;
  /** Has a message said that it was charged for? */
  readonly charged: boolean;
  /** When it was first told of, and when it came into its state, by the messages' own times. Unix seconds. */
  readonly startedAtS: number;
  readonly stateAtS: number;
}

/** The event types that follow from a contract being in a state. */
type ContractEventType = 'contract.started' | 'contract.completed' | 'contract.ended';

const tells: Readonly<Record<ContractState, readonly ContractEventType[]>> = {
  INIT: ['contract.started'],
  PART: ['contract.started'],
  ALL: ['contract.started', 'contract.completed'],
  REJECT: ['contract.started', 'contract.ended'],
  DEADLINE: ['contract.started', 'contract.ended'],
  CANCEL: ['contract.started', 'contract.ended'],
  INVALID: ['contract.started', 'contract.ended'],
  // What is relieved was complete before, whether that was heard or not.
  RELIEVED: ['contract.started', 'contract.completed', 'contract.ended'],
};

/**
 * The state after a message. Messages come twice and out of order: a final state stays, except that a complete
 * contract may be relieved.
 */
export function nextState(before: ContractState, told: ContractState): ContractState {
  switch (before) {
    case 'INIT':
      return told;
    case 'PART':
      return told === 'INIT' ? before : told;
    case 'ALL':
      return told === 'RELIEVED' ? told : before;
    case 'REJECT':
    case 'DEADLINE':
    case 'CANCEL':
    case 'INVALID':
    case 'RELIEVED':
      return before;
  }
}

/** What has not been told yet when a contract goes from one state to another; null: nothing was known of it. */
export function eventsBetween(before: ContractState | null, after: ContractState): ContractEventType[] {
  const told = before === null ? [] : tells[before];
  return tells[after].filter((type) => !told.includes(type));
}
