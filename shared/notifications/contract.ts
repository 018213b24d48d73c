/** The life of one contract that a scan has started, by the notifications about it. */

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
type ContractLink = 'certain' | 'inferred';

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
  /** When it first appeared, and when it came into its state, by the messages' own times. Unix seconds. */
  readonly startedAtS: number;
  readonly stateAtS: number;
  /** When upstream ends it if not everybody has signed, as far as a message has said so. Unix seconds. */
  readonly deadlineS: number | null;
  /** Is nothing to be kept of it but that it was there? Left out: no. */
  readonly isForgotten?: boolean;
}

/** The states in which somebody still has to sign. */
export const unfinishedStates: readonly ContractState[] = ['INIT', 'PART'];

/** The event types that follow from a contract being in a state. */
type ContractEventType = 'contract.started' | 'contract.completed' | 'contract.ended';

const eventsOf: Readonly<Record<ContractState, readonly ContractEventType[]>> = {
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
export function nextState(before: ContractState, next: ContractState): ContractState {
  switch (before) {
    case 'INIT':
      return next;
    case 'PART':
      return next === 'INIT' ? before : next;
    case 'ALL':
      return next === 'RELIEVED' ? next : before;
    case 'REJECT':
    case 'DEADLINE':
    case 'CANCEL':
    case 'INVALID':
    case 'RELIEVED':
      return before;
  }
}

/** The events that are due when a contract goes from one state to another; null: nothing was known of it. */
export function eventsBetween(before: ContractState | null, after: ContractState): ContractEventType[] {
  const earlier = before === null ? [] : eventsOf[before];
  return eventsOf[after].filter((type) => !earlier.includes(type));
}
