import type { Batch } from '../api/answers.ts';
import { useList } from '../api/use-list.ts';
import { BatchTag, batchName, batchProgress } from '../parts/code/batch-state.tsx';
import { Time } from '../parts/code/time-left.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import type { Column } from '../parts/table.tsx';
import { hrefOf } from '../state/route.ts';
import { say } from '../texts/say.ts';

const pageSize = 20;

const columns: readonly Column<Batch>[] = [
  {
    title: 'auditAction',
    isHead: true,
    cell: (batch) => <a href={hrefOf(['batches', batch.BatchId])}>{batchName(batch)}</a>,
  },
  {
    title: 'state',
    isWide: true,
    cell: (batch) => (
      <>
        <BatchTag batch={batch} /> <span class="small why">{batchProgress(batch)}</span>
      </>
    ),
  },
  { title: 'auditActor', cell: ({ Actor }) => <code class="id">{Actor}</code> },
  { title: 'batchBegun', cell: ({ CreatedOn }) => <Time atS={CreatedOn} /> },
];

/** The batches, the newest first: for who wants to see again what became of many codes. */
export function BatchesPage() {
  const list = useList('DescribeBatches', { Limit: pageSize }, 'stepBatches');
  return (
    <>
      <p>
        <a href={hrefOf(['codes'])}>← {say('codeBack')}</a>
      </p>
      <h1>{say('pageBatches')}</h1>
      <ProblemNote problem={list.problem} />
      <ListTable
        list={list}
        empty={say('batchesEmpty')}
        caption="batchesCaption"
        columns={columns}
        rows={list.answer?.Batches ?? []}
        keyOf={({ BatchId }) => BatchId}
      />
    </>
  );
}
