import type { Batch } from '../../api/answers.ts';
import { number, say } from '../../texts/say.ts';
import { Tag } from './state-tag.tsx';

/** What the batch does, and to how many codes. */
export const batchName = ({ Operation, Total }: Batch) => say(`batch_${Operation}`, { count: number(Total) });

/** How many of its rows are done, have failed, and were called off. */
export function batchProgress({ Total, Done, Waiting, Cancelled }: Batch): string {
  const progress = say('batchProgress', {
    done: number(Done),
    all: number(Total),
    failed: number(Total - Waiting - Done - Cancelled),
  });
  return Cancelled === 0 ? progress : `${progress} ${say('batchCalledOff', { count: number(Cancelled) })}`;
}

const moods = { Finished: 'good', Cancelled: 'warn' } as const;

export function BatchTag({ batch: { State, Failed, Unknown } }: { batch: Batch }) {
  const mood = State === 'Running' ? 'calm' : Failed + Unknown > 0 ? 'bad' : moods[State];
  return <Tag mood={mood}>{say(`batchState_${State}`)}</Tag>;
}
