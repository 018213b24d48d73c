import { useId, useState } from 'preact/hooks';
import type { Code } from '../api/answers.ts';
import { mostOfBatch } from '../api/most-of-batch.ts';
import { number, say } from '../texts/say.ts';
import { type Act, ActDialog } from './act-dialog.tsx';
import { PosterDialog } from './poster-dialog.tsx';

const ways: readonly { act: Act; text: 'pause' | 'resume' | 'renewNow' | 'cancelCode' }[] = [
  { act: 'Pause', text: 'pause' },
  { act: 'Resume', text: 'resume' },
  { act: 'RenewNow', text: 'renewNow' },
  { act: 'Cancel', text: 'cancelCode' },
];

export interface ActBarProps {
  codes: readonly Code[];
  onDone: () => void;
  /** The one code of its page, instead of some that were chosen. */
  isAlone?: boolean;
}

/** What can be done with the codes. */
export function ActBar({ codes, onDone, isAlone = false }: ActBarProps) {
  const [act, setAct] = useState<Act>();
  const [isPrinting, setPrinting] = useState(false);
  const isTooMany = codes.length > mostOfBatch;
  const why = useId();
  const offered = isAlone ? ways.filter((way) => makesSense(way.act, codes[0])) : ways;
  return (
    <div class={isAlone ? 'buttons start' : 'act-bar'}>
      {!isAlone && <strong aria-live="polite">{say('selected', { count: codes.length })}</strong>}
      {!isAlone && (
        <button type="button" onClick={() => setPrinting(true)}>
          {say('posters')}
        </button>
      )}
      {offered.map(({ act: one, text }) => (
        <button
          key={one}
          type="button"
          disabled={isTooMany}
          aria-describedby={isTooMany ? why : undefined}
          class={one === 'Cancel' ? 'danger' : undefined}
          onClick={() => setAct(one)}
        >
          {say(text)}
        </button>
      ))}
      {isTooMany && (
        <p id={why} class="small" role="status">
          {say('batchTooMany', { most: number(mostOfBatch), count: number(codes.length) })}
        </p>
      )}
      {isPrinting && <PosterDialog codes={codes} onClose={() => setPrinting(false)} />}
      {act !== undefined && (
        <ActDialog
          act={act}
          codes={codes}
          onClose={(isDone) => {
            setAct(undefined);
            if (isDone) onDone();
          }}
        />
      )}
    </div>
  );
}

function makesSense(act: Act, code: Code | undefined): boolean {
  if (act === 'Pause') return code?.State !== 'Paused';
  return act !== 'Resume' || code?.State === 'Paused';
}
