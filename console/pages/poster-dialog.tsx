import type { Code } from '../api/answers.ts';
import { nameOf } from '../parts/code/code-name.ts';
import { mostPosters, PosterButtons } from '../parts/code/poster-buttons.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { number, say } from '../texts/say.ts';

/** The posters of several codes as one file, a page each. Those that are cancelled have none: their links lead nowhere. */
export function PosterDialog({ codes, onClose }: { codes: readonly Code[]; onClose: () => void }) {
  const living = codes.filter(({ State }) => State !== 'Cancelled');
  const [first] = living;
  const printed = living.slice(0, mostPosters);
  return (
    <Dialog title={say('postersTitle', { count: number(printed.length) })} onClose={onClose}>
      {living.length < codes.length && (
        <p class="note warn">{say('postersCancelled', { count: number(codes.length - living.length) })}</p>
      )}
      {printed.length < living.length && (
        <p class="note warn">{say('postersMost', { most: number(mostPosters) })}</p>
      )}
      {first !== undefined && (
        <PosterButtons
          codeIds={printed.map(({ CodeId }) => CodeId)}
          name={printed.length === 1 ? nameOf(first) : say('posters')}
        />
      )}
    </Dialog>
  );
}
