import { useState } from 'preact/hooks';
import { asProblem, type CallProblem } from './problem.ts';

/** Something that a person has asked for, which takes time and may fail. */
export interface Doing {
  isBusy: boolean;
  problem: CallProblem | undefined;
  /** Runs it unless it runs already. Resolves to whether it was done. */
  run(work: () => Promise<void>): Promise<boolean>;
}

export function useDoing(): Doing {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<CallProblem>();
  return {
    isBusy,
    problem,
    async run(work) {
      if (isBusy) return false;
      setBusy(true);
      setProblem(undefined);
      try {
        await work();
        return true;
      } catch (error) {
        setProblem(asProblem(error));
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
