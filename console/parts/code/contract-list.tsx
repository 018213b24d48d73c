import { useState } from 'preact/hooks';
import type { Contract } from '../../api/answers.ts';
import { useList } from '../../api/use-list.ts';
import { isAdmin } from '../../state/session.ts';
import { number, say } from '../../texts/say.ts';
import { Select, TextField } from '../field.tsx';
import { ListTable } from '../list-table.tsx';
import { ProblemNote } from '../problem-note.tsx';
import type { Column } from '../table.tsx';
import { contractColumns, contractColumnsWithCode, contractStates } from './contract-columns.tsx';
import { ForgetContract } from './forget-contract.tsx';
import { Tag } from './state-tag.tsx';

const unfinished = 'unfinished';
const pageSize = 20;

/** Contracts that scans have started, of one code or of all; one of them by its FlowId. */
export function ContractList({ codeId }: { codeId?: string }) {
  const [chosen, setChosen] = useState({ state: '', flowId: '' });
  const [leaving, setLeaving] = useState<string>();
  /** What is known of it no longer, by FlowId: how many notifications have lost their content. */
  const [forgotten, setForgotten] = useState<ReadonlyMap<string, number>>(new Map());
  const [newest] = [...forgotten].slice(-1);
  const filter = {
    ...(codeId !== undefined && { CodeId: codeId }),
    ...(chosen.flowId !== '' && { FlowId: chosen.flowId }),
    ...(chosen.state === unfinished && { Unfinished: true }),
    ...(chosen.state !== '' && chosen.state !== unfinished && { State: chosen.state }),
    Limit: pageSize,
  };
  const list = useList(
    'DescribeContracts',
    filter,
    chosen.flowId === '' ? 'stepContracts' : 'stepFindContract',
  );
  const found = list.answer?.Contracts ?? [];

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const data = new FormData(event.currentTarget);
    setChosen({ state: String(data.get('state')), flowId: String(data.get('flowId')).trim() });
  }

  return (
    <>
      <form class="filters" onSubmit={submit}>
        <TextField label={say('contractsFind')} name="flowId" type="search" autocomplete="off" />
        <Select
          label={say('contractsState')}
          name="state"
          value={chosen.state}
          onChange={({ currentTarget }) => setChosen({ ...chosen, state: currentTarget.value })}
          choices={[
            { value: '', text: say('all') },
            { value: unfinished, text: say('contractsUnfinished') },
            ...contractStates.map((value) => ({ value, text: say(`contract_${value}`) })),
          ]}
        />
        <button type="submit">{say('contractsFindGo')}</button>
      </form>
      <ProblemNote problem={list.problem} />
      {newest !== undefined && (
        <p class="note good" role="status">
          {say('forgottenNote', { id: newest[0], count: number(newest[1]) })}
        </p>
      )}
      <ListTable
        list={list}
        exportAs="contractsTitle"
        empty={say('contractNone')}
        caption="contractsCaption"
        columns={columnsWith(
          codeId === undefined ? contractColumnsWithCode : contractColumns,
          forgotten,
          setLeaving,
        )}
        rows={found}
        keyOf={({ FlowId }) => FlowId}
      />
      {leaving !== undefined && (
        <ForgetContract
          flowId={leaving}
          onForgotten={({ FlowId, Notifications }) => {
            setForgotten(new Map([...forgotten, [FlowId, Notifications]]));
            setLeaving(undefined);
          }}
          onClose={() => setLeaving(undefined)}
        />
      )}
    </>
  );
}

/** Of a contract that is forgotten the list shows no more than that, until it is read again without it. */
function columnsWith(
  columns: readonly Column<Contract>[],
  forgotten: ReadonlyMap<string, number>,
  onForget: (flowId: string) => void,
): readonly Column<Contract>[] {
  if (!isAdmin.value) return columns;
  return [
    ...columns.map((column) => ({
      ...column,
      cell: (row: Contract) => (forgotten.has(row.FlowId) && !column.isHead ? '–' : column.cell(row)),
    })),
    {
      title: 'forget',
      cell: ({ FlowId }) =>
        forgotten.has(FlowId) ? (
          <Tag mood="calm">{say('forgotten')}</Tag>
        ) : (
          <button type="button" aria-label={say('forgetOf', { id: FlowId })} onClick={() => onForget(FlowId)}>
            {say('forget')}
          </button>
        ),
    },
  ];
}
