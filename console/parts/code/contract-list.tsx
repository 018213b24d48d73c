import { useState } from 'preact/hooks';
import { useList } from '../../api/use-list.ts';
import { say } from '../../texts/say.ts';
import { Select, TextField } from '../field.tsx';
import { ListTable } from '../list-table.tsx';
import { ProblemNote } from '../problem-note.tsx';
import { contractColumns, contractColumnsWithCode, contractStates } from './contract-columns.tsx';

const unfinished = 'unfinished';
const pageSize = 20;

/** Contracts that scans have started, of one code or of all; one of them by its FlowId. */
export function ContractList({ codeId }: { codeId?: string }) {
  const [chosen, setChosen] = useState({ state: '', flowId: '' });
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
      <ListTable
        list={list}
        exportAs="contractsTitle"
        empty={say('contractNone')}
        caption="contractsCaption"
        columns={codeId === undefined ? contractColumnsWithCode : contractColumns}
        rows={found}
        keyOf={({ FlowId }) => FlowId}
      />
    </>
  );
}
