import { useEffect, useState } from 'preact/hooks';
import type { Batch, BatchRow } from '../../api/answers.ts';
import { call } from '../../api/call.ts';
import { asProblem, type CallProblem } from '../../api/problem.ts';
import { number, saidBy, say } from '../../texts/say.ts';
import { ProblemNote } from '../problem-note.tsx';
import { type Column, Table } from '../table.tsx';

/** Between two questions. Milliseconds. */
const everyMs = 2_000;

const columns: readonly Column<BatchRow>[] = [
  { title: 'batchRow', isHead: true, cell: ({ Row, ExternalId }) => `${number(Row)} ${ExternalId ?? ''}` },
  {
    title: 'reason',
    isWide: true,
    cell: ({ Error: failure }) => (failure === null ? '–' : `${saidBy(failure)} (${failure.Code})`),
  },
];

/** How far a batch is, until it is over; then the rows that were not done, and why. */
export function BatchProgress({ begun }: { begun: Batch }) {
  const [batch, setBatch] = useState(begun);
  const [failed, setFailed] = useState<readonly BatchRow[]>([]);
  const [problem, setProblem] = useState<CallProblem>();
  const { BatchId } = begun;
  const isOver = batch.Waiting === 0;

  useEffect(() => {
    if (isOver) return undefined;
    const timer = setInterval(() => {
      call('DescribeBatches', { BatchId }, { step: 'stepBatch' }).then(
        ({ Batches: [found] }) => found !== undefined && setBatch(found),
        (error: unknown) => setProblem(asProblem(error)),
      );
    }, everyMs);
    return () => clearInterval(timer);
  }, [BatchId, isOver]);
  useEffect(() => {
    if (!isOver || batch.Done === batch.Total) return;
    call('DescribeBatchRows', { BatchId, Limit: 100 }, { step: 'stepBatch' }).then(
      ({ Rows }) => setFailed(Rows.filter(({ State }) => State !== 'Done')),
      (error: unknown) => setProblem(asProblem(error)),
    );
  }, [BatchId, batch.Done, batch.Total, isOver]);

  const { Total, Waiting, Done } = batch;
  return (
    <>
      <progress value={Total - Waiting} max={Total} aria-label={say('batchTitle')} />
      <p role="status">
        {say('batchProgress', {
          done: number(Done),
          all: number(Total),
          failed: number(Total - Waiting - Done),
        })}
      </p>
      <ProblemNote problem={problem} />
      {failed.length > 0 && (
        <Table caption="batchRowsCaption" columns={columns} rows={failed} keyOf={({ Row }) => Row} />
      )}
    </>
  );
}
