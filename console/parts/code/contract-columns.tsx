import type { ContractState } from '../../../shared/notifications/contract.ts';
import type { Contract } from '../../api/answers.ts';
import { hrefOf } from '../../state/route.ts';
import { number, say } from '../../texts/say.ts';
import type { Column } from '../table.tsx';
import { type Mood, Tag } from './state-tag.tsx';
import { Time } from './time-left.tsx';

const moods = {
  INIT: 'calm',
  PART: 'calm',
  ALL: 'good',
  REJECT: 'warn',
  DEADLINE: 'warn',
  CANCEL: 'warn',
  INVALID: 'bad',
  RELIEVED: 'warn',
} as const satisfies Record<ContractState, Mood>;

// The keys of an object of that type.
export const contractStates = Object.keys(moods) as readonly ContractState[];

/** A contract in a list: how far it is and what is left, without a name. */
export const contractColumns: readonly Column<Contract>[] = [
  { title: 'contractFlowId', isHead: true, cell: ({ FlowId }) => <code class="id">{FlowId}</code> },
  {
    title: 'contractsState',
    cell: ({ State, Link, Charged }) => (
      <>
        <Tag mood={moods[State]}>{say(`contract_${State}`)}</Tag>{' '}
        <span class="small why">
          {[Link === 'Inferred' && say('contractInferred'), Charged && say('contractCharged')]
            .filter((word) => word !== false)
            .join(' · ')}
        </span>
      </>
    ),
  },
  { title: 'contractsGeneration', isNumber: true, cell: ({ Generation }) => number(Generation) },
  { title: 'contractStarted', cell: ({ StartedOn }) => <Time atS={StartedOn} /> },
  {
    title: 'contractLeft',
    isNumber: true,
    cell: ({ HoursLeft }) => (HoursLeft === null ? '–' : say('contractHours', { count: number(HoursLeft) })),
  },
];

/** The same, where contracts of several codes are side by side. */
export const contractColumnsWithCode: readonly Column<Contract>[] = [
  ...contractColumns.slice(0, 1),
  {
    title: 'contractCode',
    cell: ({ CodeId, QrCodeName, ExternalId }) => (
      <a href={hrefOf(['codes', CodeId])}>{QrCodeName || ExternalId || CodeId}</a>
    ),
  },
  ...contractColumns.slice(1),
];
