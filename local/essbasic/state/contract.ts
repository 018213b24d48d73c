import * as z from 'zod/mini';
import { ApproverRestriction } from '../../../shared/essbasic/structs/ApproverRestriction.ts';
import { once } from '../once.ts';

const name = z.string().check(z.minLength(1), z.maxLength(64));
const count = z.int().check(z.minimum(0));

/** States of a contract as `FlowCallbackShowStatus` has them, each with its `FlowCallbackStatus`. */
export const contractStates = {
  INIT: 1,
  PART: 2,
  REJECT: 3,
  ALL: 4,
  DEADLINE: 5,
  CANCEL: 6,
  INVALID: 16,
  RELIEVED: 21,
} as const;
export type ContractState = keyof typeof contractStates;

/** States of a party as `ApproveCallbackShowStatus` has them, each with its `ApproveCallbackStatus`. */
export const partyStates = {
  PENDING: 2,
  ACCEPT: 3,
  REJECT: 4,
  DEADLINE: 5,
  CANCEL: 6,
  STOP: 9,
  RELIEVED: 15,
} as const;
export type PartyState = keyof typeof partyStates;

const namesOf = <N extends string>(states: Readonly<Record<N, number>>) => Object.keys(states) as N[]; // its own keys

/** One who has to sign. */
export const Party = once(() =>
  z.strictObject({
    RecipientId: z.string(),
    kind: z.enum(['person', 'enterprise']),
    state: z.enum(namesOf(partyStates)),
    /** Unix seconds; 0 while nothing is decided. */
    decidedAtS: count,
  }),
);
export type Party = z.infer<ReturnType<typeof Party>>;

/** A contract that a scan has started. */
export const Contract = once(() =>
  z.strictObject({
    FlowId: name,
    DocumentId: name,
    QrCodeId: name,
    AppId: name,
    ProxyOrganizationOpenId: name,
    TemplateId: z.string(),
    FlowName: z.string(),
    /** Unix seconds, as the others. */
    createdAtS: count,
    deadlineS: count,
    updatedAtS: count,
    state: z.enum(namesOf(contractStates)),
    /** In the order in which they sign. */
    parties: z.array(Party()),
    /** Who scanned, by name: notifications contain it. */
    person: z.optional(ApproverRestriction),
  }),
);
export type Contract = z.infer<ReturnType<typeof Contract>>;

/** Does it still wait for a signature? */
export const isOpen = ({ state }: Pick<Contract, 'state'>) => state === 'INIT' || state === 'PART';
