import type { Batch } from '../client/actions.ts';
import type { Client } from '../client/create-client.ts';
import type { Text } from '../shared/text.ts';

/** Between two looks at a batch. Milliseconds. */
const paceMs = 2000;

/** Tells the progress of a batch until it is over. @returns the batch as it is then */
export async function followBatch(
  client: Client,
  batchId: string,
  tell: (line: Text) => void,
  pause: (ms: number) => Promise<void>,
): Promise<Batch | undefined> {
  let told = '';
  for (;;) {
    const { Batches } = await client.call('DescribeBatches', { BatchId: batchId });
    const [batch] = Batches;
    if (batch === undefined) return undefined;
    const line = progress(batch);
    if (line.en !== told) tell(line);
    told = line.en;
    if (batch.State !== 'Running') return batch;
    await pause(paceMs);
  }
}

function progress({ Total, Done, Failed, Unknown, Cancelled }: Batch): Text {
  return {
    zh: `${Done}/${Total} 完成，${Failed} 失败，${Unknown} 结果未知，${Cancelled} 取消`,
    en: `${Done} of ${Total} done, ${Failed} failed, ${Unknown} unknown, ${Cancelled} cancelled`,
  };
}
