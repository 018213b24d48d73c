import { useEffect, useRef, useState } from 'preact/hooks';
import type { BatchRow } from '../../api/answers.ts';
import { useList } from '../../api/use-list.ts';
import { hrefOf } from '../../state/route.ts';
import { number, saidBy, say } from '../../texts/say.ts';
import { Select } from '../field.tsx';
import { ListTable } from '../list-table.tsx';
import { ProblemNote } from '../problem-note.tsx';
import type { Column } from '../table.tsx';
import { type Mood, Tag } from './state-tag.tsx';

const moods = {
  Waiting: 'calm',
  Done: 'good',
  Failed: 'bad',
  Unknown: 'bad',
  Cancelled: 'warn',
} as const satisfies Record<BatchRow['State'], Mood>;

// The keys of an object of that type.
const states = Object.keys(moods) as readonly BatchRow['State'][];
const pageSize = 20;

export interface BatchRowsProps {
  batchId: string;
  /** How many rows are settled: with another number they are asked for again. */
  settled: number;
  names?: ReadonlyMap<string, string>;
}

/** What became of each row of a batch, and why. */
export function BatchRows({ batchId, settled, names }: BatchRowsProps) {
  const [state, setState] = useState('');
  const filter = { BatchId: batchId, ...(state !== '' && { State: state }), Limit: pageSize };
  const list = useList('DescribeBatchRows', filter, 'stepBatch');
  const seen = useRef(settled);
  useEffect(() => {
    if (seen.current === settled) return;
    seen.current = settled;
    list.reload();
  }, [settled, list.reload]);

  const columns: readonly Column<BatchRow>[] = [
    {
      title: 'columnName',
      isHead: true,
      cell: ({ Row, CodeId, ExternalId }) => {
        if (CodeId === null) return ExternalId ?? say('batchRow', { number: number(Row) });
        return <a href={hrefOf(['codes', CodeId])}>{names?.get(CodeId) ?? ExternalId ?? CodeId}</a>;
      },
    },
    {
      title: 'batchOutcome',
      isWide: true,
      cell: ({ State, Error: failure }) => (
        <>
          <Tag mood={moods[State]}>{say(`row_${State}`)}</Tag>{' '}
          {failure !== null && (
            <span class="small why">{say('failedWith', { why: saidBy(failure), code: failure.Code })}</span>
          )}
        </>
      ),
    },
  ];

  return (
    <>
      <Select
        label={say('batchOutcome')}
        value={state}
        choices={[
          { value: '', text: say('all') },
          ...states.map((value) => ({ value, text: say(`row_${value}`) })),
        ]}
        onChange={({ currentTarget }) => setState(currentTarget.value)}
      />
      <ProblemNote problem={list.problem} />
      <ListTable
        list={list}
        exportAs="batchTitle"
        caption="batchRowsCaption"
        columns={columns}
        rows={list.answer?.Rows ?? []}
        keyOf={({ Row }) => Row}
      />
    </>
  );
}
