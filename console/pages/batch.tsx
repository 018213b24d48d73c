import type { Batch } from '../api/answers.ts';
import { useList } from '../api/use-list.ts';
import { BatchProgress } from '../parts/code/batch-progress.tsx';
import { batchName } from '../parts/code/batch-state.tsx';
import { Time } from '../parts/code/time-left.tsx';
import { Facts } from '../parts/facts.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { hrefOf } from '../state/route.ts';
import { say } from '../texts/say.ts';

/** One batch, whoever began it and whenever: how far it is, and what became of each of its rows. */
export function BatchPage({ batchId }: { batchId: string }) {
  const { answer, problem } = useList('DescribeBatches', { BatchId: batchId }, 'stepBatch');
  const [batch] = answer?.Batches ?? [];
  return (
    <>
      <p>
        <a href={hrefOf(['batches'])}>← {say('pageBatches')}</a>
      </p>
      <ProblemNote problem={problem} />
      {batch === undefined ? (
        problem === undefined && <p aria-live="polite">{say('loading')}</p>
      ) : (
        <Loaded batch={batch} />
      )}
    </>
  );
}

function Loaded({ batch }: { batch: Batch }) {
  const { Actor, BatchId, CreatedOn, Organizations } = batch;
  return (
    <>
      <h1>{batchName(batch)}</h1>
      <Facts
        facts={[
          [say('batchBegun'), <Time key="begun" atS={CreatedOn} />],
          [say('auditActor'), <code key="actor">{Actor}</code>],
          [say('organization'), Organizations.join(say('comma'))],
          [say('batchId'), <code key="id">{BatchId}</code>],
        ]}
      />
      <BatchProgress begun={batch} />
    </>
  );
}
