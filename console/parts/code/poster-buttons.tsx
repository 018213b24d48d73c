import { useState } from 'preact/hooks';
import { saveAnswer } from '../../api/save-file.ts';
import { useDoing } from '../../api/use-doing.ts';
import { say } from '../../texts/say.ts';
import { Select } from '../field.tsx';
import { ProblemNote } from '../problem-note.tsx';

const papers = ['A4', 'A5', 'Card'] as const;

/** Codes of one file. */
export const mostPosters = 100;

/** The posters of codes, as a file to be printed: of {@link mostPosters} at most. */
export function PosterButtons({ codeIds, name }: { codeIds: readonly string[]; name: string }) {
  const [paper, setPaper] = useState<string>('A4');
  const { isBusy, problem, run } = useDoing();
  const save = () =>
    run(() =>
      saveAnswer(
        'poster',
        { CodeId: codeIds.join(','), Paper: paper, Format: 'pdf' },
        { step: 'stepPoster', fileName: `${name}.pdf` },
      ),
    );
  return (
    <>
      <div class="buttons start">
        <Select
          label={say('posterPaper')}
          value={paper}
          choices={papers.map((value) => ({ value, text: say(`paper_${value}`) }))}
          onChange={({ currentTarget }) => setPaper(currentTarget.value)}
        />
        <button type="button" class="at-end" disabled={isBusy} onClick={() => void save()}>
          {say('posterSave')}
        </button>
      </div>
      <ProblemNote problem={problem} />
    </>
  );
}
