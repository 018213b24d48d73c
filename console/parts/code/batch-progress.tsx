import { useEffect, useState } from 'preact/hooks';
import type { Batch } from '../../api/answers.ts';
import { call } from '../../api/call.ts';
import { asProblem, type CallProblem } from '../../api/problem.ts';
import { useDoing } from '../../api/use-doing.ts';
import { mayChange } from '../../state/session.ts';
import { say } from '../../texts/say.ts';
import { ProblemNote } from '../problem-note.tsx';
import { BatchRows } from './batch-rows.tsx';
import { batchProgress } from './batch-state.tsx';

/** Between two questions. Milliseconds. */
const everyMs = 2_000;

export interface BatchProgressProps {
  begun: Batch;
  /** What people call its codes, by their ids, where that is known. */
  names?: ReadonlyMap<string, string>;
}

/** How far a batch is, and what became of each of its rows. What is not begun yet can be called off. */
export function BatchProgress({ begun, names }: BatchProgressProps) {
  const [batch, setBatch] = useState(begun);
  const [problem, setProblem] = useState<CallProblem>();
  const stopping = useDoing();
  const { BatchId, Total } = begun;
  const { Waiting } = batch;
  const isOver = Waiting === 0;

  useEffect(() => {
    if (isOver) return undefined;
    const timer = setInterval(() => {
      call('DescribeBatches', { BatchId }, { step: 'stepBatch' }).then(
        ({ Batches: [found] }) => {
          if (found !== undefined) setBatch(found);
          setProblem(undefined);
        },
        (error: unknown) => setProblem(asProblem(error)),
      );
    }, everyMs);
    return () => clearInterval(timer);
  }, [BatchId, isOver]);

  const stop = () =>
    stopping.run(async () => setBatch(await call('CancelBatch', { BatchId }, { step: 'stepStopBatch' })));

  return (
    <>
      <progress value={Total - Waiting} max={Total} aria-label={say('batchTitle')} />
      <div class="buttons start">
        <p role="status">{batchProgress(batch)}</p>
        {!isOver && mayChange.value && (
          <button type="button" disabled={stopping.isBusy} onClick={() => void stop()}>
            {say('actStop')}
          </button>
        )}
      </div>
      {!isOver && <p class="small">{say('batchGoesOn')}</p>}
      <ProblemNote problem={stopping.problem ?? problem} />
      <BatchRows batchId={BatchId} settled={Total - Waiting} {...(names && { names })} />
    </>
  );
}
