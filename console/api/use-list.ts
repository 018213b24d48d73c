import { useEffect, useRef, useState } from 'preact/hooks';
import type { TextKey } from '../texts/dictionary.ts';
import type { ActionName, Answers } from './answers.ts';
import { call } from './call.ts';
import { asProblem, type CallProblem } from './problem.ts';

type ListAction = { [A in ActionName]: 'NextCursor' extends keyof Answers[A] ? A : never }[ActionName];

export interface List<Answer> {
  /** What is asked for. */
  action: ListAction;
  filter: object;
  /** The page at hand; undefined: none has come yet. */
  answer: Answer | undefined;
  /** From 1. */
  pageNumber: number;
  isLoading: boolean;
  problem: CallProblem | undefined;
  /** Undefined: there is none. */
  next: (() => void) | undefined;
  previous: (() => void) | undefined;
  /** Asks for the page at hand again. */
  reload: () => void;
}

/**
 * A list of the API, page by page. Another filter begins at its first page; an answer that comes after a later
 * question is dropped.
 */
export function useList<A extends ListAction>(action: A, filter: object, step: TextKey): List<Answers[A]> {
  const asked = JSON.stringify(filter);
  const [state, setState] = useState<{ asked: string; cursors: readonly string[] }>({ asked, cursors: [] });
  const cursors = state.asked === asked ? state.cursors : [];
  const [answer, setAnswer] = useState<Answers[A]>();
  const [isLoading, setLoading] = useState(true);
  const [problem, setProblem] = useState<CallProblem>();
  const [turn, setTurn] = useState(0);
  const known = useRef(filter);
  known.current = filter;
  const cursor = cursors.at(-1);

  useEffect(() => {
    void [asked, turn];
    const abort = new AbortController();
    setLoading(true);
    call(
      action,
      { ...known.current, ...(cursor !== undefined && { Cursor: cursor }) },
      { step, signal: abort.signal },
    )
      .then((found) => {
        setAnswer(found);
        setProblem(undefined);
        setLoading(false);
      })
      .catch((error: unknown) => {
        if (abort.signal.aborted) return;
        setProblem(asProblem(error));
        setLoading(false);
      });
    return () => abort.abort();
  }, [action, asked, cursor, step, turn]);

  const following = answer?.NextCursor ?? null;
  return {
    action,
    filter,
    answer,
    pageNumber: cursors.length + 1,
    isLoading,
    problem,
    next: following === null ? undefined : () => setState({ asked, cursors: [...cursors, following] }),
    previous: cursors.length === 0 ? undefined : () => setState({ asked, cursors: cursors.slice(0, -1) }),
    reload: () => setTurn((before) => before + 1),
  };
}
