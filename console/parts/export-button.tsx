import { useEffect, useRef, useState } from 'preact/hooks';
import { exportList, mostRows } from '../api/export-list.ts';
import { useDoing } from '../api/use-doing.ts';
import type { List } from '../api/use-list.ts';
import type { TextKey } from '../texts/dictionary.ts';
import { number, say } from '../texts/say.ts';
import { ProblemNote } from './problem-note.tsx';

export interface ExportButtonProps {
  list: Pick<List<unknown>, 'action' | 'filter'>;
  /** What the list is of: the name of the file. */
  title: TextKey;
}

/** Saves all that a list is filtered to, not only the page at hand, and says how far it is. */
export function ExportButton({ list: { action, filter }, title }: ExportButtonProps) {
  const { isBusy, problem, run } = useDoing();
  const [told, setTold] = useState('');
  const abort = useRef<AbortController>(undefined);
  // What nobody waits for any more is not asked for.
  useEffect(() => () => abort.current?.abort(), []);

  async function save(): Promise<void> {
    const current = new AbortController();
    abort.current = current;
    setTold(say('exportRows', { count: 0 }));
    const isDone = await run(async () => {
      try {
        const { rows, isWhole } = await exportList(action, filter, {
          step: 'stepExport',
          fileName: `${say(title)} ${today()}.csv`,
          signal: current.signal,
          onRows: (count) => setTold(say('exportRows', { count: number(count) })),
        });
        setTold(say(isWhole ? 'exportDone' : 'exportBound', { count: number(rows), most: number(mostRows) }));
      } catch (error) {
        if (!current.signal.aborted) throw error;
        setTold(say('exportStopped'));
      }
    });
    if (!isDone) setTold('');
  }

  return (
    <div class="export">
      <span class="small" role="status">
        {told}
      </span>
      <button type="button" disabled={isBusy} onClick={() => void save()}>
        {say('exportGo')}
      </button>
      {isBusy && (
        <button type="button" class="quiet" onClick={() => abort.current?.abort()}>
          {say('actStop')}
        </button>
      )}
      <ProblemNote problem={problem} />
    </div>
  );
}

/** `2026-11-29`, by the clock of the place. */
const today = () => new Intl.DateTimeFormat('sv-SE').format(Date.now());
