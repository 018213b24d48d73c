import type { List } from '../api/use-list.ts';
import { say } from '../texts/say.ts';

/** The ways through a list, page by page, and what its last question came to. */
export function Pager({ list }: { list: Omit<List<unknown>, 'answer'> }) {
  const { pageNumber, isLoading, next, previous, reload } = list;
  const hasSeveral = next !== undefined || previous !== undefined;
  return (
    <nav class="pager" aria-label={say('pageNumber', { number: pageNumber })}>
      {hasSeveral && (
        <button type="button" onClick={previous} disabled={previous === undefined || isLoading}>
          {say('previousPage')}
        </button>
      )}
      <span aria-live="polite">
        {isLoading ? say('loading') : hasSeveral && say('pageNumber', { number: pageNumber })}
      </span>
      {hasSeveral && (
        <button type="button" onClick={next} disabled={next === undefined || isLoading}>
          {say('nextPage')}
        </button>
      )}
      <button type="button" class="quiet" onClick={reload}>
        {say('reload')}
      </button>
    </nav>
  );
}
